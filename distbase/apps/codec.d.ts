/** What a client needs of an application: its objects as bytes and back. Browser-safe. */
import { LockstepError } from '../core/errors.ts';
import type { AppResult } from './results.ts';
export interface AppCodec {
    readonly name: string;
    /** A command's payload, e.g. of `{ op: 'put', key: 'a', value: 1 }`. Throws `bad-request` with what to change. */
    encodeCommand(command: unknown): Uint8Array;
    /** A read's payload: the same bytes whether it is ordered or not. Throws `bad-request`. */
    encodeQuery(query: unknown): Uint8Array;
    /** The object of a result's bytes. Throws nothing: bytes that are no result are `{ ok: false, code: 'bad-result' }`. */
    decodeResult(bytes: Uint8Array): AppResult;
}
export declare function badRequest(message: string): LockstepError;
/** A request as an object with an `op` that is one of `ops` and no field but `op` and those of its op. */
export declare function requestOf(app: string, request: unknown, ops: Readonly<Record<string, readonly string[]>>): Record<string, unknown> & {
    op: string;
};
/** A client id of 64 hex digits as 32 bytes. */
export declare function accountBytes(value: unknown, field: string): Uint8Array;
//# sourceMappingURL=codec.d.ts.map