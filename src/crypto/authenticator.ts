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

import { fromHex } from '../core/bytes.ts';
import type { RejectionCode } from '../core/errors.ts';
import { LockstepError } from '../core/errors.ts';
import type { AuthSetting, Chain } from '../core/genesis.ts';
import type { ReplicaId } from '../core/ids.ts';
import type { Signer, SuiteName, Verifier, VerifyItem } from './interface.ts';
import type { Identity } from './keys.ts';
import { createSigner } from './signing.ts';
import { LENGTHS } from './suites/suite.ts';

export interface AuthenticatorOptions {
  readonly chain: Chain;
  readonly auth: AuthSetting;
  /** Own keys; they must be those of `chain.genesis.validators[self]`. */
  readonly identity: Identity;
  readonly self: ReplicaId;
  /** Every validator's keys are prepared in it for good. */
  readonly verifier: Verifier;
}

export interface Authenticator {
  /** The signature over a message's body; empty where the session authenticates it. */
  sign(body: Uint8Array, always: boolean): Uint8Array;
  /** What must hold for a message to be its sender's (none under `channel` for a vote), or why it cannot be. */
  claims(
    from: ReplicaId,
    body: Uint8Array,
    signature: Uint8Array,
    always: boolean,
  ): VerifyItem[] | RejectionCode;
  /** Signatures in one message that is signed: two where both suites sign. */
  readonly signaturesEach: number;
  /** Length in bytes of a signature under the setting. */
  signatureBytes(always: boolean): number;
}

const EMPTY = new Uint8Array(0);

const MESSAGE_LABEL = new TextEncoder().encode('lockstep/msg/1\0');

/**
 * What is signed: `lockstep/msg/1\0` ‖ chain id ‖ body. A transaction's input has a label of its own, so that a signature
 * for one kind or one chain is worth nothing to another.
 */
export function messageInput(chainId: Uint8Array, body: Uint8Array): Uint8Array {
  const out = new Uint8Array(MESSAGE_LABEL.length + chainId.length + body.length);
  out.set(MESSAGE_LABEL, 0);
  out.set(chainId, MESSAGE_LABEL.length);
  out.set(body, MESSAGE_LABEL.length + chainId.length);
  return out;
}

function suitesOf(auth: AuthSetting, always: boolean): readonly SuiteName[] {
  switch (auth) {
    case 'channel':
      return always ? ['ml-dsa-87'] : [];
    case 'ed25519':
      return ['ed25519'];
    case 'ml-dsa-87':
      return ['ml-dsa-87'];
    case 'hybrid':
      return ['ed25519', 'ml-dsa-87'];
  }
}

type PublicKeys = Readonly<Record<SuiteName, Uint8Array>>;

function validatorKeys(chain: Chain): PublicKeys[] {
  return chain.genesis.validators.map((validator) => {
    const ed25519 = fromHex(validator.ed25519);
    const mlDsa87 = fromHex(validator.mlDsa87);
    if (ed25519?.length !== LENGTHS.ed25519.publicKey || mlDsa87?.length !== LENGTHS['ml-dsa-87'].publicKey) {
      throw new LockstepError('bad-genesis', `validator ${validator.name} has a public key that is none`);
    }
    return { ed25519, 'ml-dsa-87': mlDsa87 };
  });
}

async function ownSigner(suite: SuiteName, secretKey: Uint8Array, known: Uint8Array): Promise<Signer> {
  const signer = await createSigner(suite, secretKey);
  if (!signer.publicKey.every((byte, i) => byte === known[i])) {
    throw new LockstepError(
      'bad-key',
      `our ${suite} key is not the one that the genesis gives for this validator`,
    );
  }
  return signer;
}

/** Throws `LockstepError`: `bad-genesis` for keys that are none, `bad-key` where ours are not this validator's. */
export async function createAuthenticator(options: AuthenticatorOptions): Promise<Authenticator> {
  const { chain, auth, identity, self, verifier } = options;
  const keys = validatorKeys(chain);
  const own = keys[self];
  if (own === undefined) {
    throw new LockstepError('bad-genesis', `the genesis has no validator ${self}`);
  }
  const signers: Record<SuiteName, Signer> = {
    ed25519: await ownSigner('ed25519', identity.ed25519.secretKey, own.ed25519),
    'ml-dsa-87': await ownSigner('ml-dsa-87', identity.mlDsa87.secretKey, own['ml-dsa-87']),
  };
  const suites = { vote: suitesOf(auth, false), always: suitesOf(auth, true) };
  const bytesOf = (list: readonly SuiteName[]) =>
    list.reduce((sum, suite) => sum + LENGTHS[suite].signature, 0);
  const lengths = { vote: bytesOf(suites.vote), always: bytesOf(suites.always) };
  for (const suite of suites.always) for (const key of keys) verifier.prepare(suite, key[suite]);

  return {
    signaturesEach: suites.always.length,
    signatureBytes: (always) => (always ? lengths.always : lengths.vote),

    sign(body, always) {
      const list = always ? suites.always : suites.vote;
      if (list.length === 0) return EMPTY;
      const input = messageInput(chain.id, body);
      if (list.length === 1) return signers[list[0]!].sign(input);
      const out = new Uint8Array(lengths.always);
      let at = 0;
      for (const suite of list) {
        out.set(signers[suite].sign(input), at);
        at += LENGTHS[suite].signature;
      }
      return out;
    },

    claims(from, body, signature, always) {
      const sender = keys[from];
      if (sender === undefined) return 'stranger';
      if (signature.length !== (always ? lengths.always : lengths.vote)) return 'signature-length';
      const list = always ? suites.always : suites.vote;
      if (list.length === 0) return [];
      const message = messageInput(chain.id, body);
      let at = 0;
      return list.map((suite): VerifyItem => {
        const end = at + LENGTHS[suite].signature;
        const part = signature.subarray(at, end);
        at = end;
        return { suite, publicKey: sender[suite], message, signature: part };
      });
    },
  };
}
