/** Transactions as lines of a table. */
import type { TransactionLine } from '../replica/history.ts';
import type { Alignment } from './output.ts';
export declare const LINE_HEAD: string[];
export declare const LINE_ALIGN: readonly Alignment[];
export declare function lineRow({ sequence, index, digest, client, nonce, kind, bytes, ok, }: TransactionLine): string[];
/** 64 hex digits, in lower case. Throws `bad-flag`. */
export declare function digestWord(word: string | undefined, what: string): string;
//# sourceMappingURL=history-table.d.ts.map