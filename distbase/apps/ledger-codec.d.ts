/**
 * The ledger's requests and results. Browser-safe.
 *
 * | request                                   | payload                | result                  |
 * | ----------------------------------------- | ---------------------- | ----------------------- |
 * | `{ op: 'transfer', to, amount, memo? }`   | `[0, to, amount, memo]` | `{ balance }`: the sender's afterwards |
 * | `{ op: 'balance', account }`              | `[1, account]`         | `{ balance }`           |
 * | `{ op: 'supply' }`                        | `[2]`                  | `{ supply, accounts }`  |
 *
 * `to` and `account` are client ids in hex. Amounts are integers in the ledger's smallest unit, at most 2⁵³ − 1,
 * so that a plain number holds every one of them exactly. A memo is text of up to 256 bytes that the ledger orders
 * and does not keep.
 */
import { type AppCodec } from './codec.ts';
export declare const LEDGER_OP: {
    readonly transfer: 0;
    readonly balance: 1;
    readonly supply: 2;
};
/** The second element of a result that is `true`. */
export declare const LEDGER_RESULT: {
    readonly balance: 0;
    readonly supply: 1;
};
/** A line of text: what a payment is for. */
export declare const MAX_MEMO_BYTES = 256;
export declare const ledgerCodec: AppCodec;
//# sourceMappingURL=ledger-codec.d.ts.map