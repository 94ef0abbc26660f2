/**
 * A protocol's messages on the wire, derived from its schema, both ways. Every rule of the schema is checked on
 * arrival: tag, arity, ranges, lengths, no byte left over, one encoding per message.
 *
 * - body: `[tag, from, ...fields]`, what a signature covers;
 * - item of a frame: `[0, epoch, body, signature]`, and `[0, epoch, body, signature, timeMs, [transaction, …]]` with a
 *   batch; the epoch stands there for what no signature binds to it;
 * - a signed message inside another: the item without its kind and epoch;
 * - a certificate: `[[...fields], bitmap, [signature, …]]`, bit i of byte ⌊i / 8⌋ for replica i.
 *
 * Aliasing: bytes in decoded messages are views into the buffer that was decoded. The transport gives every frame
 * a buffer of its own, so they stay valid; keeping one of them keeps its frame.
 */
import { invariant } from '../core/assert.js';
import { MAX_PEER_FRAME_BYTES, MAX_SIGNATURE_BYTES } from '../core/limits.js';
import { batchBytesAtMost, makeBatch, readBatch, writeBatch, } from './batches.js';
import { FieldsCodec } from './fields.js';
import { Reader } from './msgpack-reader.js';
import { Writer } from './msgpack-writer.js';
/** The kind of a peer item that carries a protocol message; the kinds above it are the replica layer's. */
export const MESSAGE_ITEM = 0;
/** Above this an item is written into a buffer of its own at once, instead of copied out of the shared one. */
const LARGE_ITEM_BYTES = 16 << 10;
const NONE = [];
/** Compiles a protocol's schema. Throws `InvariantError` for a schema that contradicts itself. */
export function createMessageCodec(schema, options) {
    return new Codec(schema, options);
}
class Codec {
    port;
    byType = new Map();
    byTag = [];
    options;
    writer = new Writer();
    reader = new Reader();
    constructor(schema, options) {
        this.options = options;
        this.port = {
            read: (reader, types) => this.readNested(reader, types),
            write: (writer, attested) => this.writeAttested(writer, attested),
            readCertificate: (reader, of) => this.readCertificate(reader, of),
            writeCertificate: (writer, certificate) => this.writeCertificate(writer, certificate),
        };
        for (const [type, message] of Object.entries(schema)) {
            const { tag, batch, fields } = message;
            invariant(Number.isInteger(tag) && tag >= 0 && tag < 128, `tag of ${type} is one byte`);
            invariant(this.byTag[tag] === undefined, `tag ${tag} stands for one type`);
            invariant(!batch || fields.digest?.kind === 'digest', `${type} binds its batch by its field digest`);
            const codec = { type, schema: message, fields: new FieldsCodec(fields, this.port) };
            this.byType.set(type, codec);
            this.byTag[tag] = codec;
        }
        for (const type of this.byType.keys())
            checkNesting(schema, type, []);
    }
    encodeBody(message, from) {
        const codec = this.codecOf(message);
        invariant(from >= 0 && from < this.options.n, 'an author is one of the set');
        const writer = this.writer.reset();
        writer.array(2 + codec.fields.names.length);
        writer.uint(codec.schema.tag);
        writer.uint(from);
        codec.fields.write(writer, message);
        return writer.take();
    }
    decodeBody(body) {
        return this.readBody(this.reader.reset(body));
    }
    encodeItem(attested) {
        const { batch } = attested.message;
        const { body, signature } = attested.envelope;
        const size = 32 + body.length + signature.length + (batch === undefined ? 0 : batchBytesAtMost(batch));
        const large = size > LARGE_ITEM_BYTES;
        const writer = large ? new Writer(size) : this.writer.reset();
        const hasBatch = this.codecOf(attested.message).schema.batch === true;
        writer.array(hasBatch ? 6 : 4);
        writer.uint(MESSAGE_ITEM);
        writer.uint(this.options.epoch ?? 0);
        this.writeParts(writer, attested, hasBatch);
        return large ? writer.view() : writer.take();
    }
    decodeItem(item) {
        if (!Array.isArray(item) || item[0] !== MESSAGE_ITEM)
            return 'frame-kind';
        const [, epoch, body, signature] = item;
        if (epoch !== (this.options.epoch ?? 0))
            return typeof epoch === 'number' ? 'epoch-mismatch' : 'body-malformed';
        if (!(body instanceof Uint8Array && signature instanceof Uint8Array))
            return 'body-malformed';
        if (signature.length > MAX_SIGNATURE_BYTES)
            return 'signature-length';
        const decoded = this.readBody(this.reader.reset(body));
        if (typeof decoded === 'string')
            return decoded;
        const { from, message } = decoded;
        const hasBatch = this.codecOf(message).schema.batch === true;
        if (item.length !== (hasBatch ? 6 : 4))
            return 'batch-malformed';
        if (hasBatch) {
            const batch = makeBatch(item[4], item[5], this.options.limits, this.options.batchDigest);
            const code = attach(message, batch);
            if (code !== undefined)
                return code;
        }
        return { from, message, envelope: { body, signature } };
    }
    nested(message, known) {
        if (!this.codecOf(message).fields.nests)
            return NONE;
        const inside = { attested: [], certificates: [] };
        this.collect(message, inside);
        for (const certificate of inside.certificates) {
            if (known?.(certificate) !== true)
                this.unfold(certificate, inside.attested);
        }
        return inside.attested;
    }
    schemaOf(message) {
        return this.codecOf(message).schema;
    }
    collect(message, out) {
        const { fields } = this.codecOf(message);
        if (!fields.nests)
            return;
        const { attested } = out;
        const first = attested.length;
        fields.collect(message, out);
        for (let i = first, end = attested.length; i < end; i++)
            this.collect(attested[i].message, out);
    }
    unfold({ message, signers, signatures }, out) {
        for (const [i, from] of signers.entries()) {
            out.push({
                from,
                message,
                envelope: { body: this.encodeBody(message, from), signature: signatures[i] },
            });
        }
    }
    readCertificate(reader, of) {
        const { fields } = this.byType.get(of);
        const { n } = this.options;
        reader.tuple(3);
        reader.tuple(fields.names.length);
        const message = { type: of };
        fields.readInto(reader, message);
        const bitmap = reader.bin((n + 7) >> 3);
        if (reader.code !== undefined)
            return undefined;
        const signers = [];
        for (let id = 0; id < 8 * bitmap.length; id++)
            if ((bitmap[id >> 3] & (1 << (id & 7))) !== 0)
                signers.push(id);
        // One encoding: as many bytes as n takes, and no bit for a replica that there is not.
        if (bitmap.length !== (n + 7) >> 3 || (signers.at(-1) ?? 0) >= n)
            return refuse(reader, 'body-malformed');
        const count = reader.array(signers.length);
        if (reader.code === undefined && count !== signers.length)
            return refuse(reader, 'body-malformed');
        const signatures = [];
        for (let i = 0; i < count && reader.code === undefined; i++)
            signatures.push(reader.bin(MAX_SIGNATURE_BYTES));
        return reader.code === undefined ? { message, signers, signatures } : undefined;
    }
    writeCertificate(writer, { message, signers, signatures }) {
        const { fields } = this.codecOf(message);
        const bitmap = new Uint8Array((this.options.n + 7) >> 3);
        for (const id of signers)
            bitmap[id >> 3] |= 1 << (id & 7);
        writer.array(3);
        writer.array(fields.names.length);
        fields.write(writer, message);
        writer.bin(bitmap);
        writer.array(signatures.length);
        for (const signature of signatures)
            writer.bin(signature);
    }
    codecOf(message) {
        const codec = this.byType.get(message.type);
        invariant(codec !== undefined, `the schema has a message ${message.type}`);
        return codec;
    }
    readBody(reader) {
        const length = reader.array(Number.MAX_SAFE_INTEGER);
        const tag = reader.uint();
        if (reader.code !== undefined)
            return reader.code;
        const codec = this.byTag[tag];
        if (codec === undefined)
            return 'body-unknown-type';
        if (length !== 2 + codec.fields.names.length)
            return 'body-malformed';
        const from = reader.uint();
        const message = { type: codec.type };
        codec.fields.readInto(reader, message);
        if (reader.code !== undefined)
            return reader.code;
        if (!reader.done)
            return 'body-trailing';
        return from < this.options.n ? { from, message } : 'stranger';
    }
    readNested(reader, types) {
        const length = reader.array(4);
        const body = reader.bin(MAX_PEER_FRAME_BYTES);
        const signature = reader.bin(MAX_SIGNATURE_BYTES);
        if (reader.code !== undefined)
            return undefined;
        // A reader of its own: the outer one stands in the middle of its bytes.
        const decoded = this.readBody(new Reader(body));
        if (typeof decoded === 'string')
            return refuse(reader, decoded);
        const { from, message } = decoded;
        if (!types.has(message.type))
            return refuse(reader, 'body-unknown-type');
        const hasBatch = this.codecOf(message).schema.batch === true;
        if (length !== (hasBatch ? 4 : 2))
            return refuse(reader, 'body-malformed');
        if (hasBatch) {
            const batch = readBatch(reader, this.options.limits, this.options.batchDigest);
            const code = reader.code ?? attach(message, batch);
            if (code !== undefined)
                return refuse(reader, code);
        }
        return { from, message, envelope: { body, signature } };
    }
    writeAttested(writer, attested) {
        const hasBatch = this.codecOf(attested.message).schema.batch === true;
        writer.array(hasBatch ? 4 : 2);
        this.writeParts(writer, attested, hasBatch);
    }
    writeParts(writer, attested, hasBatch) {
        const envelope = attested.envelope;
        writer.bin(envelope.body);
        writer.bin(envelope.signature);
        if (!hasBatch)
            return;
        const { batch } = attested.message;
        invariant(batch !== undefined, `a ${attested.message.type} has its batch`);
        writeBatch(writer, batch);
    }
}
/** Gives a message its batch, where that is the one that the signed body names. */
function attach(message, batch) {
    if (batch === undefined)
        return 'batch-malformed';
    const target = message;
    if (batch.digest !== target.digest)
        return 'digest-mismatch';
    target.batch = batch;
    return undefined;
}
function refuse(reader, code) {
    reader.fail(code);
    return undefined;
}
/** What a certificate is of stands alone: each signature covers nothing but plain fields. */
function checkCertified(schema, of) {
    const fields = Object.values(schema[of]?.fields ?? {});
    const plain = fields.every(({ kind }) => kind === 'uint' || kind === 'bool' || kind === 'digest');
    invariant(fields.length > 0 && plain && schema[of].batch !== true, `a certificate of ${of} can be`);
}
/** Messages nest by the schema alone, so that its depth bounds the recursion: no type may contain itself. */
function checkNesting(schema, type, above) {
    invariant(!above.includes(type), `${type} does not contain itself`);
    const message = schema[type];
    invariant(message !== undefined, `the schema has the nested type ${type}`);
    const visit = (field) => {
        if (field.kind === 'list')
            visit(field.of);
        else if (field.kind === 'record')
            Object.values(field.fields).forEach(visit);
        else if (field.kind === 'certificate')
            checkCertified(schema, field.of);
        else if (field.kind === 'attested')
            for (const inner of field.types)
                checkNesting(schema, inner, [...above, type]);
    };
    Object.values(message.fields).forEach(visit);
}
//# sourceMappingURL=message-codec.js.map