/** How many threads a pool has when nobody says. */
/**
 * The cores that are this process's share, less one for the main thread, at most eight. `processes`: how many
 * validators share the machine.
 *
 * A validator alone on two cores gets one thread: transactions are judged on the second core while the first
 * orders them. Four validators on two cores get none each: a thread would only take turns with the main threads,
 * and every hand-off would wake a core that is busy already.
 */
export declare function defaultThreads(processes?: number, cores?: number): number;
//# sourceMappingURL=threads.d.ts.map