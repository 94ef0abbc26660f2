/**
 * Answers kept on this replica alone, beside those in the state: a client that retries at once finds its own, however
 * many transactions it has under way. They are for replies; no ledger header depends on them.
 */
import type { Digest } from '../core/ids.ts';
import type { ExecutedTransaction } from './executor.ts';
export declare class RecentResults {
    private readonly byDigest;
    /** Oldest at `from`. A queue of its own, because the first key of a map that was deleted from is slow to find. */
    private queue;
    private from;
    private bytes;
    get(digest: Digest): ExecutedTransaction | undefined;
    /** A transaction that just executed: each does so once. */
    add(executed: ExecutedTransaction): void;
    clear(): void;
}
//# sourceMappingURL=recent-results.d.ts.map