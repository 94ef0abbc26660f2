/**
 * Has evidence ordered that this validator holds: once somebody is convicted, nobody has to say more, so that validators take
 * turns, by their places, and each says so again only for a while.
 */

import { encodeAccusation } from '../codec/accusation-codec.ts';
import { encodeTransaction } from '../codec/transaction.ts';
import type { Chain } from '../core/genesis.ts';
import type { Sequence } from '../core/ids.ts';
import { MAX_EXPIRY_SPAN } from '../core/limits.ts';
import type { MemberId } from '../core/membership.ts';
import type { Signer } from '../crypto/interface.ts';
import type { Clock } from './ports.ts';
import type { Evidence } from './watch/evidence.ts';

/** Between the turns of two validators, ms: a commit, and some. */
const TURN_MS = 300;
/** Between two attempts, ms, and how many there are. */
const AGAIN_MS = 5_000;
const ATTEMPTS = 12;

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

export class Accuser {
  readonly #o: AccuserOptions;
  /** Whose case is under way. */
  readonly #cases = new Map<MemberId, () => void>();

  constructor(options: AccuserOptions) {
    this.#o = options;
  }

  /** Evidence that others would believe. One piece of it per member is enough. */
  take(member: MemberId, { first, second }: Pick<Evidence, 'first' | 'second'>): void {
    const portable = first.envelope.signature.length > 0 && second.envelope.signature.length > 0;
    if (!portable || this.#cases.has(member) || !this.#o.open(member)) return;
    const payload = encodeAccusation({ member, first: first.envelope, second: second.envelope });
    const { maxTransactionBytes } = this.#o.chain.genesis.parameters;
    // What is too long for a transaction stays a file.
    if (payload.length + 256 > maxTransactionBytes) return;
    this.#wait(member, payload, TURN_MS * (1 + this.#o.turn()), ATTEMPTS);
  }

  stop(): void {
    for (const cancel of this.#cases.values()) cancel();
    this.#cases.clear();
  }

  #wait(member: MemberId, payload: Uint8Array, delayMs: number, attempts: number): void {
    const { clock, open, submit } = this.#o;
    const cancel = clock.after(delayMs, () => {
      if (attempts === 0 || !open(member)) return void this.#cases.delete(member);
      submit(this.#sign(payload));
      this.#wait(member, payload, AGAIN_MS, attempts - 1);
    });
    this.#cases.set(member, cancel);
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
