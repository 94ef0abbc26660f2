/**
 * Who signed a protocol message, under the chain's authentication setting:
 *
 * | setting     | votes                  | what is always signed |
 * | ----------- | ---------------------- | --------------------- |
 * | `channel`   | nothing (session MAC)  | ML-DSA-87             |
 * | `ed25519`   | Ed25519                | Ed25519               |
 * | `ml-dsa-87` | ML-DSA-87              | ML-DSA-87             |
 * | `hybrid`    | Ed25519 ‖ ML-DSA-87    | Ed25519 ‖ ML-DSA-87   |
 *
 * Checking is left to the caller: `claims` lists what must hold, so that many messages share one batch.
 */
import type { RejectionCode } from '../core/errors.ts';
import type { AuthSetting, Chain, ValidatorInfo } from '../core/genesis.ts';
import type { Epoch, ReplicaId } from '../core/ids.ts';
import type { Verifier, VerifyItem } from './interface.ts';
import type { Identity } from './keys.ts';
export interface AuthenticatorOptions {
    readonly chain: Chain;
    readonly auth: AuthSetting;
    /** Own keys; those of `chain.genesis.validators[self]`, where we are in it. */
    readonly identity: Identity;
    /** Undefined: not in the genesis set; there is nothing to sign before `forEpoch`. */
    readonly self: ReplicaId | undefined;
    /** Every validator's keys are prepared in it for good. */
    readonly verifier: Verifier;
}
export interface Authenticator {
    /** The signature over a message's body; empty where the session authenticates it. */
    sign(body: Uint8Array, always: boolean): Uint8Array;
    /** What must hold for a message to be its sender's (none under `channel` for a vote), or why it cannot be. */
    claims(from: ReplicaId, body: Uint8Array, signature: Uint8Array, always: boolean): VerifyItem[] | RejectionCode;
    /** Signatures in one message that is signed: two where both suites sign. */
    readonly signaturesEach: number;
    /** Length in bytes of a signature under the setting. */
    signatureBytes(always: boolean): number;
    /**
     * The same keys in another epoch's set: what is signed names the epoch, so that a message of one epoch is none in
     * another. `self`: our place in it, undefined where we have none. Throws `bad-key` where that place is another's.
     */
    forEpoch(epoch: Epoch, validators: readonly ValidatorInfo[], self: ReplicaId | undefined): Authenticator;
    /** Our signature over any bytes with a label of their own, by the suites of what is always signed. */
    signInput(input: Uint8Array): Uint8Array;
}
/** What stands before a body where it is signed; of one epoch always the same. */
export declare function messagePrefix(chainId: Uint8Array, epoch: Epoch): Uint8Array;
/**
 * What is signed: `lockstep/msg/2\0` ‖ chain id ‖ epoch (8 bytes) ‖ body. A transaction's input has a label of its own,
 * so that a signature for one kind, one chain or one epoch is worth nothing to another.
 */
export declare function messageInput(prefix: Uint8Array, body: Uint8Array): Uint8Array;
/**
 * What must hold for `signature` over `input` to be this validator's, under the suites that are always signed; undefined
 * where its length is wrong. For what no epoch's authenticator judges: approvals, and certificates of older epochs.
 */
export declare function signatureClaims(auth: AuthSetting, validator: ValidatorInfo, input: Uint8Array, signature: Uint8Array): VerifyItem[] | undefined;
/** Throws `LockstepError`: `bad-genesis` for keys that are none, `bad-key` where ours are not this validator's. */
export declare function createAuthenticator(options: AuthenticatorOptions): Promise<Authenticator>;
//# sourceMappingURL=authenticator.d.ts.map