/**
 * The verifier with threads: a bounded queue of two priorities before a piscina pool, items in shared memory. See
 * `README.md` for what runs where and why. A file longer than most, since queue, tasks and failures share a state.
 */
import { Piscina } from 'piscina';
import type { Priority, SuiteName, Verifier, VerifierStats, VerifyItem } from './interface.ts';
import { type Bench } from './judge.ts';
import type { KernelModules } from './suites/load.ts';
import type { Task as WorkerTask } from './worker.ts';
export interface PoolOptions {
    /** At least 1. */
    readonly threads: number;
    readonly cache: number;
    /** Judges on the calling thread. */
    readonly bench: Bench;
    readonly modules: KernelModules;
}
export declare class PoolVerifier implements Verifier {
    #private;
    /** For tests, which kill its threads. */
    readonly piscina: Piscina<WorkerTask, void>;
    constructor(options: PoolOptions);
    /** Resolves once every thread has loaded and warmed its kernels. */
    ready(): Promise<void>;
    /**
     * Items and their arrays must stay as they are until the promise resolves. Where the queue is full the calling
     * thread judges: that slows whoever floods it, and bounds what waits.
     */
    verify(items: readonly VerifyItem[], priority?: Priority): Promise<Uint8Array>;
    /** `verify` without the choice: everything goes to the threads. For measuring them. */
    verifyPooled(items: readonly VerifyItem[], priority?: Priority): Promise<Uint8Array>;
    share(bytes: Uint8Array): Uint8Array | undefined;
    verifySync(item: VerifyItem): boolean;
    costUs(item: VerifyItem): number;
    prepare(suite: SuiteName, publicKey: Uint8Array): void;
    stats(): VerifierStats;
    close(): Promise<void>;
}
//# sourceMappingURL=pool.d.ts.map