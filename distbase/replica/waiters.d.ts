/** Who is to be told when a transaction has executed. */
import type { Digest } from '../core/ids.ts';
import type { ClientSession } from '../transport/interface.ts';
/** Bounded by the mempool: whoever waits, waits for a transaction that is in it or in flight. */
export declare class Waiters {
    private readonly sessions;
    add(digest: Digest, session: ClientSession): void;
    /** Gives the sessions and forgets them. */
    take(digest: Digest): readonly ClientSession[];
    forget(digest: Digest): void;
    get size(): number;
}
//# sourceMappingURL=waiters.d.ts.map