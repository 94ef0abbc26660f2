/**
 * What a command answers, as bytes: `[true, …]` where it took effect, the application's own values following, or
 * `[false, code, message]` where it changed nothing. Browser-safe.
 */
import { Reader } from '../codec/msgpack-reader.ts';
import { Writer } from '../codec/msgpack-writer.ts';
/** Why a command changed nothing, as the same code and message on every replica. */
export declare class CommandError extends Error {
    readonly name = "CommandError";
    readonly code: string;
    constructor(code: string, message: string);
}
/** A decoded result. `fields` are the application's. */
export type AppResult = {
    readonly ok: true;
    readonly [field: string]: unknown;
} | {
    readonly ok: false;
    readonly code: string;
    readonly message: string;
};
/** `[true, …]` with what `write` writes: as many values as `fields` says. */
export declare function okResult(fields: number, write?: (writer: Writer) => void): Uint8Array;
/** `[false, code, message]`. */
export declare function errorResult(code: string, message: string): Uint8Array;
/** Whether a result says that the command changed nothing: msgpack's `false` after the array's head. */
export declare function isErrorResult(result: Uint8Array): boolean;
/**
 * Reads a result; `read` takes the fields after `true`. Bytes that are no result give the code `bad-result`: they
 * came from replicas, of which some lie.
 */
export declare function readResult(bytes: Uint8Array, read: (reader: Reader, fields: number) => Record<string, unknown>): AppResult;
//# sourceMappingURL=results.d.ts.map