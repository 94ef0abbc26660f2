/**
 * A protocol's log records as bytes: `[tag, ...fields]`, and with a batch `[tag, ...fields, timeMs, [transaction, …]]`.
 * The log is this replica's own, but a disk may lie: decoding is as strict as for a message.
 */
import type { RejectionCode } from '../core/errors.ts';
import type { AnyMessage } from '../core/machine.ts';
import type { ProtocolSchema } from '../core/schema.ts';
import type { MessageCodec, MessageCodecOptions } from './message-codec.ts';
export interface RecordCodec<R extends AnyMessage = AnyMessage> {
    /** Throws `InvariantError` where a record of our own breaks its schema. */
    encodeRecord(record: R): Uint8Array;
    /** Bytes in the record are views into the input. */
    decodeRecord(bytes: Uint8Array): R | RejectionCode;
}
/** `messages` is the codec of the same protocol's messages, which records may contain. */
export declare function createRecordCodec<R extends AnyMessage, M extends AnyMessage>(schema: ProtocolSchema, messages: MessageCodec<M>, options: Pick<MessageCodecOptions, 'batchDigest' | 'limits'>): RecordCodec<R>;
//# sourceMappingURL=record-codec.d.ts.map