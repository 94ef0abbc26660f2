/** What validators count of their own work, before and after a stretch of load. */
import type { LocalCluster } from '../cluster.ts';
import type { CommitCosts } from './row.ts';
type Counters = Readonly<Record<string, number>>;
export declare function readCounters(cluster: LocalCluster): Promise<Counters[]>;
/**
 * Per slot. Validators are not read at one instant, so each one's work is set against the slots that itself executed in
 * between.
 */
export declare function costsBetween(before: readonly Counters[], after: readonly Counters[]): CommitCosts;
export {};
//# sourceMappingURL=counters.d.ts.map