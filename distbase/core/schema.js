/**
 * The shape of a message, said once by the protocol that owns it. The codec derives the encoder, the decoder and
 * every check from it, so that a field cannot be sent without being checked on arrival.
 *
 * On the wire a message is a positional array `[tag, from, ...fields]`; fields are in the order of `fields`.
 */
export const uint = (max = Number.MAX_SAFE_INTEGER) => ({ kind: 'uint', max });
export const bool = { kind: 'bool' };
export const digest = { kind: 'digest' };
export const bytes = (max) => ({ kind: 'bytes', max });
export const list = (of, max) => ({ kind: 'list', of, max });
export const record = (fields) => ({ kind: 'record', fields });
export const certificate = (of) => ({ kind: 'certificate', of });
export const attested = (...types) => ({ kind: 'attested', types });
//# sourceMappingURL=schema.js.map