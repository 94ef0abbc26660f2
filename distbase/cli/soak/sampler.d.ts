/** What a long load leaves behind on each validator, looked at again and again: disk, heap, event loop. */
import type { ReplicaId } from '../../core/ids.ts';
import { type LocalCluster } from '../cluster.ts';
/** One look at one validator. */
export interface SoakSample {
    /** Since the load began. */
    readonly seconds: number;
    /** Settled by then. */
    readonly transactions: number;
    readonly validator: ReplicaId;
    readonly sequence: number;
    /** Of the home's `data`: vote log, snapshots and store together, and each. */
    readonly diskBytes: number;
    readonly logBytes: number;
    readonly snapshotBytes: number;
    readonly storeBytes: number;
    readonly heapBytes: number;
    readonly residentBytes: number;
    /** Of it what maps no file: the store's pages that were read lately stay in memory as long as nobody else wants it. */
    readonly anonymousBytes: number;
    readonly lagP99Ms: number;
    readonly lagMaxMs: number;
}
/** Undefined where a validator does not answer in time. */
export declare function lookAt(cluster: LocalCluster, validator: ReplicaId, seconds: number, transactions: number): Promise<SoakSample | undefined>;
//# sourceMappingURL=sampler.d.ts.map