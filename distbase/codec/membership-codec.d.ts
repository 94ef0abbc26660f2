/**
 * Changes of the validator set as bytes, and the set itself as it stands in the state. msgpack in the one form that the
 * reader takes, so that equal sets are equal bytes.
 *
 * - a change: `[1, epoch, name, url, ed25519, mlDsa87]` add, `[2, epoch, name]` remove,
 *   `[3, epoch, name, url, ed25519, mlDsa87]` rotate, `[4, epoch, name, token]` rejoin;
 * - a change transaction's payload: `[change, [[member, signature], …]]`, the change as `bin`;
 * - what is signed to approve one: ascii `lockstep/change/1` 00 ‖ chain id ‖ change.
 */
import type { RejectionCode } from '../core/errors.ts';
import type { Epoch } from '../core/ids.ts';
import type { MemberId, Membership } from '../core/membership.ts';
/** The epoch in which a change was proposed is part of it: an approval of old is worth nothing in another epoch. */
export type SetChange = {
    readonly kind: 'add' | 'rotate';
    readonly epoch: Epoch;
    readonly name: string;
    readonly url: string;
    readonly ed25519: string;
    readonly mlDsa87: string;
} | {
    readonly kind: 'remove';
    readonly epoch: Epoch;
    readonly name: string;
} | {
    readonly kind: 'rejoin';
    readonly epoch: Epoch;
    readonly name: string;
    readonly token: string;
};
export interface Approval {
    readonly member: MemberId;
    readonly signature: Uint8Array;
}
export interface ApprovedChange {
    readonly change: SetChange;
    /** The bytes that were signed. */
    readonly bytes: Uint8Array;
    readonly approvals: readonly Approval[];
}
/** What an approval signs. */
export declare function approvalInput(chainId: Uint8Array, change: Uint8Array): Uint8Array;
export declare function encodeChange(change: SetChange): Uint8Array;
/** The change, or undefined where the bytes are none. */
export declare function decodeChange(bytes: Uint8Array): SetChange | undefined;
/** The payload of a change transaction. */
export declare function encodeApproved(change: Uint8Array, approvals: readonly Approval[]): Uint8Array;
/** Throws nothing: undefined where the payload is no change. */
export declare function decodeApproved(payload: Uint8Array): ApprovedChange | undefined;
/** The whole membership, as it is hashed into a checkpoint and travels with a snapshot. */
export declare function encodeMembership({ current, nextId, pending, convicted }: Membership): Uint8Array;
export declare function decodeMembership(bytes: Uint8Array): Membership | RejectionCode;
//# sourceMappingURL=membership-codec.d.ts.map