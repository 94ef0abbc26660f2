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
import type { RejectionCode } from '../core/errors.ts';
import type { Epoch, ReplicaId } from '../core/ids.ts';
import type { AnyMessage, Attested, Certificate } from '../core/machine.ts';
import type { MessageSchema, ProtocolSchema } from '../core/schema.ts';
import { type BatchDigest, type BatchLimits } from './batches.ts';
import { type AttestedPort } from './fields.ts';
/** The kind of a peer item that carries a protocol message; the kinds above it are the replica layer's. */
export declare const MESSAGE_ITEM = 0;
export interface MessageCodecOptions {
    /** Replicas in the set: 0 ≤ from < n. */
    readonly n: number;
    /** The epoch of that set. Default 0. */
    readonly epoch?: Epoch;
    readonly batchDigest: BatchDigest;
    readonly limits: BatchLimits;
}
export interface MessageCodec<M extends AnyMessage = AnyMessage> {
    /** What is signed. Throws `InvariantError` where a message of our own breaks its schema. */
    encodeBody(message: M, from: ReplicaId): Uint8Array;
    /** A body without its batch; for whole messages see `decodeItem`. */
    decodeBody(body: Uint8Array): {
        from: ReplicaId;
        message: M;
    } | RejectionCode;
    /** An item for `Transport.send`; encode once, send to many. */
    encodeItem(attested: Attested<M>): Uint8Array;
    /** An item as `decodeFrame` gives it. */
    decodeItem(item: unknown): Attested<M> | RejectionCode;
    /**
     * The signed messages inside a message, at any depth, outermost first; then each signature of the certificates inside
     * as the message that it covers, but for certificates that are `known`.
     */
    nested(message: M, known?: (certificate: Certificate<M>) => boolean): Attested<M>[];
    /** The schema of a message's type. */
    schemaOf(message: M): MessageSchema;
    /** How records read and write signed messages; for `createRecordCodec`. */
    readonly port: AttestedPort;
}
/** Compiles a protocol's schema. Throws `InvariantError` for a schema that contradicts itself. */
export declare function createMessageCodec<M extends AnyMessage>(schema: ProtocolSchema, options: MessageCodecOptions): MessageCodec<M>;
//# sourceMappingURL=message-codec.d.ts.map