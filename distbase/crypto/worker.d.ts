/** A thread of the pool. Its handler runs one task: judges the items of a region and writes verdicts into it. */
import { type KernelModules } from './suites/load.ts';
/** What the main thread gives to every thread at its start. */
export interface WorkerSetup {
    readonly regions: readonly SharedArrayBuffer[];
    readonly slab: SharedArrayBuffer;
    readonly keyTable: SharedArrayBuffer;
    readonly cache: number;
    /** Compiled once by the main thread, so that threads share the machine code too. */
    readonly modules: KernelModules;
}
/** A region's number; a memory of its own for an item too large for any; or nothing: to hear that the thread is warm. */
export type Task = number | SharedArrayBuffer | undefined;
/** Piscina's handler. */
export default function run(task: Task): void;
//# sourceMappingURL=worker.d.ts.map