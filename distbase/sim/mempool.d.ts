/** Transactions that wait at one replica, oldest first. */
import type { Clients } from './symbolic.ts';
export declare class Mempool {
    #private;
    constructor(clients: Clients);
    get size(): number;
    /** Transactions that wait and are in no proposal of ours. */
    get unproposed(): number;
    /** When the oldest one arrived, in ms; −1 where none waits. */
    get oldestMs(): number;
    add(transaction: Uint8Array, nowMs: number): void;
    /** Removes what was executed. */
    remove(id: number): void;
    /** The oldest ones that are in no proposal yet; they count as proposed from now on. */
    take(max: number): Uint8Array[];
    /** It is in a proposal of somebody else's. */
    pending(id: number): void;
    forgetProposals(): void;
    /** Everything that waits, oldest first, at most `max`. */
    contents(max: number): Uint8Array[];
}
//# sourceMappingURL=mempool.d.ts.map