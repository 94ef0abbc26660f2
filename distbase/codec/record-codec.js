/**
 * A protocol's log records as bytes: `[tag, ...fields]`, and with a batch `[tag, ...fields, timeMs, [transaction, …]]`.
 * The log is this replica's own, but a disk may lie: decoding is as strict as for a message.
 */
import { invariant } from '../core/assert.js';
import { batchBytesAtMost, readBatch, writeBatch } from './batches.js';
import { FieldsCodec } from './fields.js';
import { Reader } from './msgpack-reader.js';
import { Writer } from './msgpack-writer.js';
/** Above this a record is written into a buffer of its own at once. */
const LARGE_RECORD_BYTES = 16 << 10;
/** `messages` is the codec of the same protocol's messages, which records may contain. */
export function createRecordCodec(schema, messages, options) {
    const byType = new Map();
    const byTag = [];
    for (const [type, record] of Object.entries(schema)) {
        invariant(Number.isInteger(record.tag) && record.tag >= 0 && record.tag < 128, `tag of ${type} is one byte`);
        invariant(byTag[record.tag] === undefined, `tag ${record.tag} stands for one type`);
        const codec = { type, schema: record, fields: new FieldsCodec(record.fields, messages.port) };
        byType.set(type, codec);
        byTag[record.tag] = codec;
    }
    const shared = new Writer();
    const arity = (codec) => 1 + codec.fields.names.length + (codec.schema.batch === true ? 2 : 0);
    return {
        encodeRecord: (record) => {
            const codec = byType.get(record.type);
            invariant(codec !== undefined, `the schema has a record ${record.type}`);
            const { batch } = record;
            const size = batch === undefined ? 0 : batchBytesAtMost(batch);
            const large = size > LARGE_RECORD_BYTES;
            const writer = large ? new Writer(size + 1024) : shared.reset();
            writer.array(arity(codec));
            writer.uint(codec.schema.tag);
            codec.fields.write(writer, record);
            if (codec.schema.batch === true) {
                invariant(batch !== undefined, `a ${record.type} has its batch`);
                writeBatch(writer, batch);
            }
            return large ? writer.view() : writer.take();
        },
        decodeRecord: (bytes) => {
            const reader = new Reader(bytes);
            const length = reader.array(Number.MAX_SAFE_INTEGER);
            const tag = reader.uint();
            if (reader.code !== undefined)
                return reader.code;
            const codec = byTag[tag];
            if (codec === undefined)
                return 'body-unknown-type';
            if (length !== arity(codec))
                return 'body-malformed';
            const record = { type: codec.type };
            codec.fields.readInto(reader, record);
            if (codec.schema.batch === true) {
                const batch = readBatch(reader, options.limits, options.batchDigest);
                const digest = record.digest;
                if (batch !== undefined && typeof digest === 'string' && digest !== batch.digest)
                    return 'digest-mismatch';
                record.batch = batch;
            }
            if (reader.code !== undefined)
                return reader.code;
            return reader.done ? record : 'body-trailing';
        },
    };
}
//# sourceMappingURL=record-codec.js.map