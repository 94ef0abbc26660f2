/** The cluster that a script acts on: declared first, built at the first thing that happens. */
import type { ReplicaId } from '../../core/ids.ts';
import type { PbftMessage, PbftRecord } from '../../protocols/pbft/messages.ts';
import type { PbftParts } from '../bug-kit.ts';
import { Cluster, type ClusterOptions } from '../cluster.ts';
import { type SimNode } from '../node.ts';
import { Journal } from './journal.ts';
import { type Making } from './liars.ts';
import { type Filter } from './sieve.ts';
export type PbftNode = SimNode<PbftMessage, PbftRecord>;
type Options = ClusterOptions<PbftMessage, PbftRecord>;
export type Declared = Partial<Pick<Options, 'checkpointInterval' | 'window' | 'maxBatch' | 'pipeline' | 'fastPath' | 'timeoutFloorMs' | 'timeoutCeilingMs' | 'clientRetryMs' | 'driftMs' | 'seed'>>;
export declare class ScriptWorld {
    #private;
    readonly journal: Journal;
    readonly filters: Filter[];
    n: number;
    declared: Declared;
    readonly liars: Map<number, Making[]>;
    readonly twins: ReplicaId[];
    constructor(parts?: PbftParts);
    /** Whether something happened already, so that nothing can be declared any more. */
    get built(): boolean;
    get faulty(): number;
    get mayBeFaulty(): number;
    get cluster(): Cluster<PbftMessage, PbftRecord>;
    /** Honest replicas that are up, or those of these. */
    honest(ids?: readonly number[]): PbftNode[];
    /** Mends the network, without a word to those who are down. */
    mend(): void;
}
export {};
//# sourceMappingURL=world.d.ts.map