/**
 * The key-value store's requests and results. Browser-safe.
 *
 * | request                                    | payload                                        | result            |
 * | ------------------------------------------ | ---------------------------------------------- | ----------------- |
 * | `{ op: 'put', key, value }`                | `[0, key, value]`                              | `{}`              |
 * | `{ op: 'get', key }`                       | `[1, key]`                                     | `{ found, value }` |
 * | `{ op: 'delete', key }`                    | `[2, key]`                                     | `{ existed }`     |
 * | `{ op: 'cas', key, expected, value }`      | `[3, key, expected or empty, value]`           | `{}`              |
 * | `{ op: 'size' }`                           | `[4]`                                          | `{ entries, bytes }` |
 *
 * A key is text or bytes. A value is text, bytes, or anything that JSON has; its first byte says which: 0 bytes,
 * 1 UTF-8, 2 JSON text. So stored values are never empty, and an empty `expected` means that there is none: it
 * stands for `expected: null`, or no `expected` at all. `value: null` reads back as `{ found: true, value: null }`.
 */
import { type AppCodec } from './codec.ts';
export declare const KV_OP: {
    readonly put: 0;
    readonly get: 1;
    readonly delete: 2;
    readonly cas: 3;
    readonly size: 4;
};
/** The second element of a result that is `true`. */
export declare const KV_RESULT: {
    readonly done: 0;
    readonly value: 1;
    readonly none: 2;
    readonly deleted: 3;
    readonly size: 4;
};
/** Longest key in bytes: proofs of absence carry a neighbour's key whole. */
export declare const MAX_KEY_BYTES = 1024;
/** A value as it is stored. */
export declare function encodeKvValue(value: unknown, field?: string): Uint8Array;
/** The value of stored bytes; what is in none of the forms comes back as the bytes themselves. */
export declare function decodeKvValue(bytes: Uint8Array): unknown;
export declare const kvCodec: AppCodec;
//# sourceMappingURL=kv-codec.d.ts.map