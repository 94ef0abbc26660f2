/**
 * Evidence on its way into the ledger: the payload of a transaction of the kind `evidence`. msgpack,
 * `[member, [body, signature], [body, signature]]`: whom it convicts, and two messages of its that contradict each other.
 */
import type { MemberId } from '../core/membership.ts';
/** A signed message, as it was sent. */
export interface SignedMessage {
    readonly body: Uint8Array;
    readonly signature: Uint8Array;
}
export interface Accusation {
    readonly member: MemberId;
    readonly first: SignedMessage;
    readonly second: SignedMessage;
}
export declare function encodeAccusation({ member, first, second }: Accusation): Uint8Array;
/** Undefined where the payload is none. Views into it. */
export declare function decodeAccusation(payload: Uint8Array): Accusation | undefined;
//# sourceMappingURL=accusation-codec.d.ts.map