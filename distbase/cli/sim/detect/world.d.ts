/**
 * Production drivers with real signatures on a simulated network, one of them a liar or none, and what the others say of
 * each other in the end. The network loses nothing while a connection stands, as TCP does; a crash ends connections, and
 * the others are told.
 */
import type { ReplicaId } from '../../../core/ids.ts';
import { type LinkRule } from '../../../sim/network.ts';
import type { RealSetting } from '../../../sim/real/chain.ts';
import type { Misbehaviour } from './tactics.ts';
/** A run lasts so long in virtual time, ms, with a transaction about every so often. */
export declare const RUN_MS = 9000;
/** Networks of the runs without a liar: none of them is anybody's fault. */
export declare const NETWORKS: Readonly<Record<string, LinkRule>>;
export interface Finding {
    readonly by: ReplicaId;
    readonly of: ReplicaId;
    readonly kind: string;
    readonly atMs: number;
}
export interface DetectResult {
    readonly seed: number;
    readonly commits: number;
    readonly liar: ReplicaId | undefined;
    /** The first time that each honest one found anybody at anything; clients are number n. */
    readonly findings: readonly Finding[];
    /** Honest validators that hold evidence which an outsider with the genesis took for proof. */
    readonly proven: readonly ReplicaId[];
    /** Evidence that does not hold, or convicts somebody honest. */
    readonly wrong: readonly string[];
    /** Honest ones in whose eyes an honest one is suspicious or quarantined. */
    readonly suspected: readonly string[];
    readonly broken: string | undefined;
}
/** What goes wrong: a liar, or crashes and cut lines, or nothing but the network. */
export type Mix = Misbehaviour | 'honest' | 'crash';
/** One run. `done`: whether all has been found that is looked for, so that the rest of the run is spared. */
export declare function runDetection(setting: RealSetting, seed: number, mix: Mix): Promise<DetectResult>;
//# sourceMappingURL=world.d.ts.map