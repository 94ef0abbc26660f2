/**
 * From a peer's frame to checked events. In order: shape, author, whether it still matters, signatures (its own
 * and those inside it), and for a proposal its transactions. What fails is counted and forgotten.
 */

import { MESSAGE_ITEM, type MessageCodec } from '../codec/message-codec.ts';
import type { Batch } from '../core/batch.ts';
import type { RejectionCode } from '../core/errors.ts';
import type { ReplicaId } from '../core/ids.ts';
import type { AnyMessage, Attested, Certificate, Machine } from '../core/machine.ts';
import type { MessageSchema } from '../core/schema.ts';
import type { Stopwatch } from '../core/stopwatch.ts';
import type { Telemetry } from '../core/telemetry.ts';
import type { Authenticator } from '../crypto/authenticator.ts';
import type { Verifier, VerifyItem } from '../crypto/interface.ts';
import type { Surety } from './surety.ts';
import type { Watch } from './watch/watch.ts';

/** A check that costs less than this is made at once; a hand-off to the pool costs about as much. */
const INLINE_US = 40;

export interface InboundOptions {
  readonly self: ReplicaId;
  readonly codec: MessageCodec;
  readonly authenticator: Authenticator;
  readonly verifier: Verifier;
  readonly telemetry: Telemetry;
  readonly stopwatch: Stopwatch;
  readonly machine: () => Machine<AnyMessage, AnyMessage>;
  readonly watch: Watch;
  /** Where sessions vouch for votes: who is asked to sign them all the same. */
  readonly surety: Surety | undefined;
  /** Whether this is the id of somebody without a place in the set, whose messages count for nothing. */
  readonly isGuest: (id: ReplicaId) => boolean;
  /** A message of another epoch came, or one of a guest: its sender may have to catch up, or we. */
  readonly otherEpoch: (from: ReplicaId, epoch: unknown) => void;
  /** The items of the replica layer itself, whose kinds are above 0. */
  readonly other: (from: ReplicaId, item: readonly unknown[]) => void;
  /** Says why a proposed batch is refused, gives the transactions' signatures that are still to be checked. */
  readonly inspect: (batch: Batch) => VerifyItem[] | RejectionCode;
  /** A checked message, for the machine. */
  readonly deliver: (attested: Attested) => void;
}

interface Pending {
  readonly attested: Attested;
  readonly claims: readonly VerifyItem[];
}

export class Inbound {
  private readonly options: InboundOptions;
  private readonly pooled: boolean;

  /** Certificates of what the machine knows for certified are not checked again. */
  private readonly known = (certificate: Certificate): boolean =>
    this.options.machine().certified?.(certificate) === true;

  constructor(options: InboundOptions) {
    this.options = options;
    this.pooled = options.verifier.stats().threads > 0;
  }

  frame(from: ReplicaId, items: readonly unknown[]): void {
    const waiting: Pending[] = [];
    const guest = this.options.isGuest(from);
    this.options.watch.frame();
    for (const item of items) {
      if (Array.isArray(item) && item[0] !== MESSAGE_ITEM) {
        this.options.other(from, item);
        continue;
      }
      // A guest's word counts for nothing, and is no fault: it may not know yet that it has no place.
      const code = guest ? 'epoch-mismatch' : this.take(from, item, waiting);
      if (code === 'epoch-mismatch') this.options.otherEpoch(from, (item as readonly unknown[])[1]);
      if (code !== undefined) this.reject(from, code);
    }
    if (waiting.length > 0) this.checkTogether(from, waiting);
  }

  private reject(peer: ReplicaId, code: RejectionCode): void {
    this.options.telemetry.rejections.add(code);
    this.options.watch.rejected(peer, code);
  }

  private take(peer: ReplicaId, item: unknown, waiting: Pending[]): RejectionCode | undefined {
    const { codec, self, telemetry, machine, stopwatch } = this.options;
    telemetry.messagesReceived++;
    stopwatch.enter('codec');
    const attested = codec.decodeItem(item);
    stopwatch.leave();
    if (typeof attested === 'string') return attested;
    const { from, message } = attested;
    const { signed, role } = codec.schemaOf(message);
    const always = signed === 'always';
    // What is skipped below was said all the same.
    if (from === peer) {
      this.options.watch.heard(from, message, role);
      const { surety } = this.options;
      if (surety?.watching && signed === 'vote') surety.heard(from, attested.envelope.signature.length > 0);
    }
    // Our own words come back only from a mirror; a vote comes first-hand; what is always signed may be forwarded.
    if (from === self || (from !== peer && !always)) return 'sender-mismatch';
    if (!machine().relevant(message, from)) {
      telemetry.messagesSkipped++;
      if (from === peer && isWord(codec.schemaOf(message))) this.options.watch.words(attested, false);
      return undefined;
    }
    const claims = this.claims(attested, signed);
    if (typeof claims === 'string') return claims;
    telemetry.signaturesChecked += claims.length;
    if (this.pooled && this.cost(claims) > INLINE_US) {
      waiting.push({ attested, claims });
      return undefined;
    }
    for (const claim of claims) {
      if (this.options.verifier.verifySync(claim)) continue;
      this.options.watch.refused(from, message, role);
      return 'signature-invalid';
    }
    return this.proceed(peer, attested);
  }

  private claims(attested: Attested, signed: MessageSchema['signed']): VerifyItem[] | RejectionCode {
    const { codec, authenticator } = this.options;
    const { from, envelope, message } = attested;
    let claims: VerifyItem[] | RejectionCode;
    if (signed === 'session') claims = envelope.signature.length === 0 ? [] : 'signature-length';
    else claims = authenticator.claims(from, envelope.body, envelope.signature, signed === 'always');
    if (typeof claims === 'string') return claims;
    for (const inner of codec.nested(message, this.known)) {
      const more = authenticator.claims(inner.from, inner.envelope.body, inner.envelope.signature, true);
      if (typeof more === 'string') return more;
      claims.push(...more);
    }
    return claims;
  }

  private cost(claims: readonly VerifyItem[]): number {
    let us = 0;
    for (const claim of claims) us += this.options.verifier.costUs(claim);
    return us;
  }

  /** All claims of a frame in one batch on the pool. */
  private checkTogether(peer: ReplicaId, waiting: readonly Pending[]): void {
    const { verifier, telemetry, codec, watch } = this.options;
    const claims = waiting.flatMap((pending) => pending.claims);
    telemetry.verifyBatch.observe(claims.length);
    verifier.verify(claims, 'vote').then(
      (verdicts) => {
        let at = 0;
        for (const { attested, claims: own } of waiting) {
          const good = verdicts.subarray(at, at + own.length).every(holds);
          at += own.length;
          const code = good ? this.proceed(peer, attested) : 'signature-invalid';
          if (!good) watch.refused(attested.from, attested.message, codec.schemaOf(attested.message).role);
          if (code !== undefined) this.reject(peer, code);
        }
      },
      () => telemetry.rejections.add('overloaded'),
    );
  }

  /** What is signed in every setting is compared with what its author signs elsewhere, as is what a message holds. */
  private witness(attested: Attested): void {
    const { codec, watch } = this.options;
    const schema = codec.schemaOf(attested.message);
    if (isWord(schema)) watch.words(attested, true);
    if (schema.role !== 'new-view') return;
    for (const inner of codec.nested(attested.message)) {
      if (isWord(codec.schemaOf(inner.message))) watch.words(inner, true);
    }
  }

  /** The message is its author's; a proposal's transactions are looked at before anybody votes on them. */
  private proceed(peer: ReplicaId, attested: Attested): RejectionCode | undefined {
    const { codec, inspect, deliver, verifier, telemetry } = this.options;
    const { batch } = attested.message as { batch?: Batch };
    this.witness(attested);
    if (batch === undefined || codec.schemaOf(attested.message).vouched === true) {
      deliver(attested);
      return undefined;
    }
    const unchecked = inspect(batch);
    if (typeof unchecked === 'string') return unchecked;
    if (unchecked.length === 0) {
      deliver(attested);
      return undefined;
    }
    telemetry.verifyBatch.observe(unchecked.length);
    verifier.verify(unchecked, 'vote').then(
      (verdicts) => {
        if (verdicts.every(holds)) deliver(attested);
        else this.reject(peer, 'batch-invalid');
      },
      () => telemetry.rejections.add('overloaded'),
    );
    return undefined;
  }
}

const holds = (verdict: number): boolean => verdict === 1;

/** Checkpoints and view changes: signed in every setting, and no votes, which the protocols compare by themselves. */
function isWord({ signed, role }: MessageSchema): boolean {
  return signed === 'always' && role !== 'vote' && role !== 'proposal' && role !== 'new-view';
}
