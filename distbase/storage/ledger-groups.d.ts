/** Groups of writes as they go from the validator's thread to the store's: one array of bytes, and what is where in it. */
import type { LedgerOp } from './ledger.ts';
import { type ExecutedSlot } from './slot-record.ts';
/** What waits to be written. A slot is put into bytes only when its group is made up. */
export type Waiting = {
    readonly kind: 'slot';
    readonly slot: ExecutedSlot;
    readonly bytes: number;
} | {
    readonly kind: 'other';
    readonly op: Exclude<LedgerOp, {
        kind: 'slot';
    }>;
};
export interface Group {
    /** Those with bytes have them in `bytes`, one after another. */
    readonly parts: readonly {
        readonly kind: LedgerOp['kind'];
        readonly number: number;
        readonly length: number;
    }[];
    readonly bytes: Uint8Array;
}
export declare function waitingSlot(slot: ExecutedSlot): Waiting;
export declare function waitingBytes(waiting: Waiting): number;
/** In memory of its own, which can be handed to another thread. */
export declare function makeGroup(waiting: readonly Waiting[]): Group;
/** The operations of a group; their bytes are views of it. Checksums are computed here, on the store's thread. */
export declare function opsOf({ parts, bytes }: Group): LedgerOp[];
//# sourceMappingURL=ledger-groups.d.ts.map