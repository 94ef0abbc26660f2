/**
 * What clients and validators say to each other: items of a frame, each a positional array that begins with its
 * kind. Runs in a browser as well. Bytes in decoded messages are views into the frame.
 *
 * | from      | item                                    | meaning                                          |
 * | --------- | --------------------------------------- | ------------------------------------------------ |
 * | client    | `[1, transaction]`                      | order and execute this                           |
 * | client    | `[2, requestId, query]`                 | read from the present state, not ordered         |
 * | client    | `[3, requestId]`                        | the validator's status                           |
 * | client    | `[4, requestId, query]`                 | the same as 2, if a lease makes it linearizable  |
 * | client    | `[5, above]`                            | what proves the validator sets above this epoch  |
 * | validator | `[1, digest, sequence, result, epoch]`  | executed at this sequence, with this result; the |
 * |           |                                         | epoch of the set whose word this is              |
 * | validator | `[2, digest, code, message]`            | not taken, and why                               |
 * | validator | `[3, requestId, sequence, result]`      | the answer to 2, and the sequence that it saw    |
 * | validator | `[4, requestId, json]`                  | the answer to 3                                  |
 * | validator | `[6, proof]`                            | one of them, oldest first                        |
 * | validator | `[5, requestId, leader]`                | no lease for 4 here; who may have one, plus 1, or 0 |
 */
import type { RejectionCode } from '../core/errors.ts';
import type { Digest, Epoch, ReplicaId, Sequence } from '../core/ids.ts';
export type ClientRequest = {
    readonly kind: 'submit';
    readonly transaction: Uint8Array;
} | {
    readonly kind: 'query';
    readonly requestId: number;
    readonly payload: Uint8Array;
} | {
    readonly kind: 'status';
    readonly requestId: number;
} | {
    readonly kind: 'lease-query';
    readonly requestId: number;
    readonly payload: Uint8Array;
} | {
    readonly kind: 'epochs';
    readonly above: Epoch;
};
export type ClientReply = {
    readonly kind: 'reply';
    /** Digest of the transaction. */
    readonly transaction: Digest;
    readonly sequence: Sequence;
    readonly result: Uint8Array;
    /** The replier's epoch: answers are counted within one set. */
    readonly epoch: Epoch;
} | {
    readonly kind: 'refusal';
    readonly transaction: Digest;
    readonly code: string;
    readonly message: string;
} | {
    readonly kind: 'answer';
    readonly requestId: number;
    readonly sequence: Sequence;
    readonly result: Uint8Array;
} | {
    readonly kind: 'status';
    readonly requestId: number;
    readonly json: string;
} | {
    readonly kind: 'epoch';
    readonly proof: Uint8Array;
} | {
    readonly kind: 'no-lease';
    readonly requestId: number;
    /** Who leads, as far as this validator knows. */
    readonly leader: ReplicaId | undefined;
};
/** An item for a client's frame. */
export declare function encodeClientRequest(request: ClientRequest): Uint8Array;
/** An item as `decodeFrame` gives it with `CLIENT_FRAME_LIMITS`; `maxTransactionBytes` is the genesis's. */
export declare function decodeClientRequest(item: unknown, limits: {
    readonly maxTransactionBytes: number;
}): ClientRequest | RejectionCode;
/** An item for a validator's frame to a client. A refusal's message is cut to its limit. */
export declare function encodeClientReply(reply: ClientReply): Uint8Array;
/** An item as `decodeFrame` gives it with `VALIDATOR_FRAME_LIMITS`. */
export declare function decodeClientReply(item: unknown): ClientReply | RejectionCode;
//# sourceMappingURL=client-messages.d.ts.map