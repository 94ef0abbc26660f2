/** What a client needs of an application: its objects as bytes and back. Browser-safe. */
import { fromHex } from '../core/bytes.js';
import { LockstepError } from '../core/errors.js';
export function badRequest(message) {
    return new LockstepError('bad-request', message);
}
/** A request as an object with an `op` that is one of `ops` and no field but `op` and those of its op. */
export function requestOf(app, request, ops) {
    if (typeof request !== 'object' || request === null)
        throw badRequest(`${app} takes an object with an 'op'`);
    const op = request.op;
    const fields = typeof op === 'string' && Object.hasOwn(ops, op) ? ops[op] : undefined;
    if (fields === undefined) {
        throw badRequest(`${app} has no operation ${JSON.stringify(op)} here; it has ${Object.keys(ops).join(', ')}`);
    }
    for (const name of Object.keys(request)) {
        if (name !== 'op' && !fields.includes(name))
            throw badRequest(`'${op}' has no field '${name}'`);
    }
    return request;
}
/** A client id of 64 hex digits as 32 bytes. */
export function accountBytes(value, field) {
    const bytes = typeof value === 'string' ? fromHex(value) : undefined;
    if (bytes?.length !== 32)
        throw badRequest(`'${field}' must be a client id of 64 hex digits`);
    return bytes;
}
//# sourceMappingURL=codec.js.map