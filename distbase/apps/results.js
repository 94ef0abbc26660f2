/**
 * What a command answers, as bytes: `[true, …]` where it took effect, the application's own values following, or
 * `[false, code, message]` where it changed nothing. Browser-safe.
 */
import { Reader } from '../codec/msgpack-reader.js';
import { Writer } from '../codec/msgpack-writer.js';
const MAX_CODE_BYTES = 64;
/** Longer messages are cut: they are for a person. */
const MAX_MESSAGE_BYTES = 1024;
const MAX_RESULT_FIELDS = 16;
/** Why a command changed nothing, as the same code and message on every replica. */
export class CommandError extends Error {
    name = 'CommandError';
    code;
    constructor(code, message) {
        super(message);
        this.code = code;
    }
}
const writer = new Writer(256);
/** `[true, …]` with what `write` writes: as many values as `fields` says. */
export function okResult(fields, write) {
    writer.reset();
    writer.array(1 + fields);
    writer.bool(true);
    write?.(writer);
    return writer.take();
}
/** `[false, code, message]`. */
export function errorResult(code, message) {
    writer.reset();
    writer.array(3);
    writer.bool(false);
    writer.str(code);
    writer.str(message.slice(0, MAX_MESSAGE_BYTES / 4));
    return writer.take();
}
/** Whether a result says that the command changed nothing: msgpack's `false` after the array's head. */
export function isErrorResult(result) {
    return result[1] === 0xc2;
}
/**
 * Reads a result; `read` takes the fields after `true`. Bytes that are no result give the code `bad-result`: they
 * came from replicas, of which some lie.
 */
export function readResult(bytes, read) {
    const reader = new Reader(bytes);
    const length = reader.array(MAX_RESULT_FIELDS);
    let result;
    if (reader.bool()) {
        result = { ...read(reader, length - 1), ok: true };
    }
    else {
        result = { ok: false, code: reader.str(MAX_CODE_BYTES), message: reader.str(MAX_MESSAGE_BYTES) };
        if (length !== 3)
            reader.fail();
    }
    if (reader.code === undefined && reader.done)
        return result;
    return { ok: false, code: 'bad-result', message: 'the validators answered with bytes that are no result' };
}
//# sourceMappingURL=results.js.map