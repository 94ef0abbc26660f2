/**
 * How validators that are in different epochs find each other again. Items between connected members, whatever epoch
 * either is in:
 *
 * - `[16, epoch, voting]` hello: where its sender stands, and whether it votes there;
 * - `[17, proof, …]` the proofs of the epochs above the one that was told, oldest first.
 *
 * Whoever hears of a lower epoch answers with proofs; whoever hears of a higher one says hello, and gets them. Both at a
 * pace: a liar that claims epoch 0 for ever costs us a few proofs per pause.
 */

import type { WireValue } from '../codec/value.ts';
import { encodeValue } from '../codec/value.ts';
import type { RejectionCode } from '../core/errors.ts';
import type { Epoch } from '../core/ids.ts';
import type { MemberId } from '../core/membership.ts';
import type { EpochChain } from '../proofs/epochs.ts';
import type { Item } from '../transport/interface.ts';
import type { Clock } from './ports.ts';

export const HELLO_ITEM = 16;
export const PROOFS_ITEM = 17;

/** Proofs in one answer: some 40 KiB each at four validators, and 5 MiB at a hundred. */
const PROOFS_PER_ANSWER = 4;

/** Most proofs taken at once. */
const MAX_PROOFS = 16;

/** Least time between two answers to one member, and between two questions of ours to it, ms. */
const ANSWER_PAUSE_MS = 50;

export interface ExchangeOptions {
  readonly epochs: EpochChain;
  readonly clock: Clock;
  readonly send: (to: MemberId, item: Item) => void;
  /** Whether we vote in the epoch that we are in. */
  readonly voting: () => boolean;
  /** A later epoch is proven. */
  readonly advanced: () => void;
  /** Somebody who does not vote said hello: it may lack what the others certified last. */
  readonly guest: (from: MemberId) => void;
}

interface Known {
  answeredMs: number;
  askedMs: number;
  /** It is in our epoch and says that it has no vote there. */
  mute: boolean;
}

export class EpochExchange {
  private readonly o: ExchangeOptions;
  private readonly known = new Map<MemberId, Known>();

  constructor(options: ExchangeOptions) {
    this.o = options;
  }

  /** Says where we stand. */
  hello(to: MemberId): void {
    this.o.send(to, encodeValue([HELLO_ITEM, this.o.epochs.latest.epoch, this.o.voting()]));
  }

  /** A message of this epoch came from a member, which is not ours. */
  heard(from: MemberId, epoch: Epoch): void {
    const { epoch: ours } = this.o.epochs.latest;
    if (epoch < ours) this.answer(from, epoch);
    else if (epoch > ours) this.ask(from);
  }

  onHello(from: MemberId, item: readonly unknown[]): RejectionCode | undefined {
    const [, epoch, voting] = item;
    if (item.length !== 3 || typeof epoch !== 'number' || typeof voting !== 'boolean')
      return 'body-malformed';
    this.of(from).mute = !voting;
    this.heard(from, epoch);
    if (!voting) this.o.guest(from);
    return undefined;
  }

  onProofs(item: readonly unknown[]): RejectionCode | undefined {
    const { epochs } = this.o;
    if (item.length > 1 + MAX_PROOFS) return 'body-malformed';
    let added = false;
    for (const proof of item.slice(1)) {
      if (!(proof instanceof Uint8Array)) return 'body-malformed';
      const verdict = epochs.add(proof);
      if (verdict === 'bad') return 'bad-claim';
      added ||= verdict === 'added';
    }
    if (added) this.o.advanced();
    return undefined;
  }

  /** Gives a member the proofs above an epoch at once. */
  tell(to: MemberId, above: Epoch): void {
    const proofs = this.o.epochs.after(above, PROOFS_PER_ANSWER);
    if (proofs.length === 0) return;
    const item: WireValue[] = [PROOFS_ITEM, ...proofs.map(({ bytes }) => bytes)];
    this.o.send(to, encodeValue(item));
  }

  /** Members of these that said that they have no vote. */
  mute(members: readonly MemberId[]): MemberId[] {
    return members.filter((id) => this.known.get(id)?.mute === true);
  }

  /** In a new epoch all are believed to vote until they say otherwise. */
  begin(): void {
    for (const known of this.known.values()) known.mute = false;
  }

  forget(member: MemberId): void {
    this.known.delete(member);
  }

  private answer(to: MemberId, above: Epoch): void {
    const known = this.of(to);
    const nowMs = this.o.clock.nowMs();
    if (nowMs - known.answeredMs < ANSWER_PAUSE_MS) return;
    known.answeredMs = nowMs;
    this.tell(to, above);
  }

  private ask(from: MemberId): void {
    const known = this.of(from);
    const nowMs = this.o.clock.nowMs();
    if (nowMs - known.askedMs < ANSWER_PAUSE_MS) return;
    known.askedMs = nowMs;
    this.hello(from);
  }

  private of(member: MemberId): Known {
    let known = this.known.get(member);
    if (known === undefined) {
      known = { answeredMs: Number.NEGATIVE_INFINITY, askedMs: Number.NEGATIVE_INFINITY, mute: false };
      this.known.set(member, known);
    }
    return known;
  }
}
