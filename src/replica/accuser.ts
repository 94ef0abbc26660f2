/**
 * Has evidence ordered that this validator holds: once somebody is convicted, nobody has to say more, so that validators take
 * turns, by their places. Where nothing is ordered (no quorum, a restart amid it), it says so again, ever more rarely, until
 * the case is closed; what an earlier life of the process found and left open is in the store and taken up again.
 */

import { encodeAccusation, type SignedMessage } from '../codec/accusation-codec.ts';
import { encodeTransaction } from '../codec/transaction.ts';
import type { Chain } from '../core/genesis.ts';
import type { Sequence } from '../core/ids.ts';
import { MAX_EXPIRY_SPAN } from '../core/limits.ts';
import type { MemberId } from '../core/membership.ts';
import type { Signer } from '../crypto/interface.ts';
import type { Clock } from './ports.ts';

/** Between the turns of two validators, ms: a commit, and some. */
const TURN_MS = 300;
/** Between two attempts, ms: at first, and at most, as the pause doubles. */
const AGAIN_MS = 5_000;
const AGAIN_MOST_MS = 300_000;
/** Pieces of evidence per member that are tried in turn: one may be of keys that it has no more, which convicts nobody. */
const PIECES = 4;

export interface AccuserOptions {
  readonly chain: Chain;
  readonly clock: Clock;
  /** For the transaction, which anybody may send. */
  readonly signer: Signer;
  /** Our turn: our place in the set. */
  readonly turn: () => number;
  /** Whether this member is in the set and not convicted. */
  readonly open: (member: MemberId) => boolean;
  readonly sequence: () => Sequence;
  /** A nonce that we have not used. */
  readonly nonce: () => number;
  /** To all, ourselves among them. */
  readonly submit: (transaction: Uint8Array) => void;
}

/** A member that is to be convicted: what it is accused with, as payloads of transactions, and what waits. */
interface Case {
  readonly payloads: Uint8Array[];
  cancel: () => void;
}

/** The two messages of a piece of evidence, signed. */
export interface SignedPair {
  readonly first: SignedMessage;
  readonly second: SignedMessage;
}

export class Accuser {
  readonly #o: AccuserOptions;
  /** Those that are under way; at most one per member. */
  readonly #cases = new Map<MemberId, Case>();

  constructor(options: AccuserOptions) {
    this.#o = options;
  }

  /** Evidence that others would believe: one piece of it is enough, and the rest are for where it does not do. */
  take(member: MemberId, { first, second }: SignedPair): void {
    const portable = first.signature.length > 0 && second.signature.length > 0;
    if (!portable || !this.#o.open(member)) return;
    const payload = encodeAccusation({
      member,
      first: { body: first.body, signature: first.signature },
      second: { body: second.body, signature: second.signature },
    });
    const { maxTransactionBytes } = this.#o.chain.genesis.parameters;
    // What is too long for a transaction stays a file.
    if (payload.length + 256 > maxTransactionBytes) return;
    const known = this.#cases.get(member);
    if (known === undefined) {
      const fresh: Case = { payloads: [payload], cancel: () => {} };
      this.#cases.set(member, fresh);
      this.#wait(member, fresh, TURN_MS * (1 + this.#o.turn()), 0);
    } else if (known.payloads.length < PIECES) known.payloads.push(payload);
  }

  stop(): void {
    for (const { cancel } of this.#cases.values()) cancel();
    this.#cases.clear();
  }

  #wait(member: MemberId, one: Case, delayMs: number, attempt: number): void {
    const { clock, open, submit } = this.#o;
    one.cancel = clock.after(delayMs, () => {
      if (!open(member)) return void this.#cases.delete(member);
      submit(this.#sign(one.payloads[attempt % one.payloads.length]!));
      this.#wait(member, one, Math.min(AGAIN_MOST_MS, AGAIN_MS * 2 ** attempt), attempt + 1);
    });
  }

  #sign(payload: Uint8Array): Uint8Array {
    const { chain, signer, nonce, sequence } = this.#o;
    const { publicKey } = signer;
    const expiry = sequence() + MAX_EXPIRY_SPAN / 2;
    return encodeTransaction(
      { suite: 'ed25519', kind: 'evidence', nonce: nonce(), expiry, publicKey, payload },
      (input) => signer.sign(input),
      chain.id,
    );
  }
}
