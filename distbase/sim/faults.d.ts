/** Faults of networks and hosts: what each kind does to a cluster. Longer than most files, as a list of kinds. */
import type { ReplicaId } from '../core/ids.ts';
import type { AnyMessage } from '../core/machine.ts';
import type { SeededRandom } from '../core/random.ts';
import type { Cluster } from './cluster.ts';
import { type LinkRule } from './network.ts';
/** Kinds of faults that a schedule may draw. */
export type FaultKind = 'crash' | 'crashAll' | 'partition' | 'oneWay' | 'isolate' | 'flap' | 'lossy' | 'slow' | 'mend' | 'isolatePrimary' | 'cutLink' | 'pause' | 'busy' | 'disk' | 'slowDisk' | 'clock' | 'join' | 'leave' | 'rotate';
/** A network in which everything happens to some packets. */
export declare function roughRule(random: SeededRandom): LinkRule;
/** What a fault may use. */
export interface Striking<M extends AnyMessage, R extends AnyMessage> {
    readonly cluster: Cluster<M, R>;
    readonly random: SeededRandom;
    /** The mean time between two faults, in virtual ms. */
    readonly pauseMs: number;
    /** Whether this replica may lose its log: it counts as faulty from then on. */
    mayRetire(id: ReplicaId): boolean;
    restartLater(id: ReplicaId, delayMs: number): void;
}
/** One fault strikes now; its victim and its extent are drawn. */
export declare function strike<M extends AnyMessage, R extends AnyMessage>(striking: Striking<M, R>, kind: FaultKind): void;
//# sourceMappingURL=faults.d.ts.map