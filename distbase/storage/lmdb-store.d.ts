/**
 * The store as a validator has it: LMDB on a thread of its own, so that neither a slow disk nor a page fault holds up
 * the event loop. The validator's thread only puts slots into bytes, some of them at a time, and hands those over.
 *
 * Longer than most: the queue, the hand-over and the waiting for it are one mechanism.
 */
import type { LedgerStore } from './interface.ts';
export interface StoreOptions {
    /** A folder; made where it does not exist. */
    readonly path: string;
    /** 32 bytes: `Chain.id`. */
    readonly chainId: Uint8Array;
    /** Certified checkpoints kept, and the slots since the oldest of them; Infinity: all; 0: no slots. */
    readonly retain: number;
}
/**
 * Opens a home's store, or makes an empty one. Throws `home-in-use`, `wrong-chain`, `too-new`, `store-damaged`,
 * `store-unavailable`, `storage-failed`.
 */
export declare function openStore(options: StoreOptions): Promise<LedgerStore>;
//# sourceMappingURL=lmdb-store.d.ts.map