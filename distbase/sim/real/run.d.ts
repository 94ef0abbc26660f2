/**
 * Scenarios with nothing symbolic but the network, the disk and the clock: the production driver with codec, kernels,
 * signatures, execution, checkpoints and state transfer. A thousand times dearer than the others, hence sampled. The
 * same seed gives the same run; ML-DSA-87 signs with fresh randomness, which changes bytes and nothing else. The world
 * and its run are one file, longer than most, since neither is of use without the other.
 */
import type { Failure } from '../run.ts';
import type { RealSetting } from './chain.ts';
export interface RealResult {
    readonly seed: number;
    readonly commits: number;
    readonly faults: number;
    readonly events: number;
    readonly virtualMs: number;
    readonly views: number;
    /** Losses of power, and answers to clients; those of the same transaction count anew. */
    readonly cuts: number;
    readonly acknowledged: number;
    /** States that were fetched, pieces of them that did not hold, and returns to a certified checkpoint. */
    readonly transfers: number;
    readonly falsePieces: number;
    readonly rollbacks: number;
    readonly traceHash: string;
    readonly failure: Failure | undefined;
}
/** All that may go wrong; or the power alone, again and again, of one replica, of some, or of all. */
export type FaultMix = 'all' | 'power';
/** One scenario. A violation is in the result. */
export declare function runRealScenario(setting: RealSetting, seed: number, mix?: FaultMix): Promise<RealResult>;
//# sourceMappingURL=run.d.ts.map