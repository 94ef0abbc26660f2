/** How many threads a pool has when nobody says. */
import { availableParallelism } from 'node:os';
/** More than this many kernels outrun what one main thread can decode and order. */
const MOST_THREADS = 8;
/**
 * The cores that are this process's share, less one for the main thread, at most eight. `processes`: how many
 * validators share the machine.
 *
 * A validator alone on two cores gets one thread: transactions are judged on the second core while the first
 * orders them. Four validators on two cores get none each: a thread would only take turns with the main threads,
 * and every hand-off would wake a core that is busy already.
 */
export function defaultThreads(processes = 1, cores = availableParallelism()) {
    return Math.max(0, Math.min(MOST_THREADS, Math.floor(cores / processes) - 1));
}
//# sourceMappingURL=threads.js.map