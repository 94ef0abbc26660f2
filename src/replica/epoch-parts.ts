/** What is made anew for each epoch: codecs, signatures, who is watched, and what comes in by which rules. */

import { createMessageCodec, type MessageCodec } from '../codec/message-codec.ts';
import { createRecordCodec } from '../codec/record-codec.ts';
import type { Batch } from '../core/batch.ts';
import type { RejectionCode } from '../core/errors.ts';
import type { ReplicaId } from '../core/ids.ts';
import type { Attested } from '../core/machine.ts';
import type { MemberId, ValidatorSet } from '../core/membership.ts';
import { maxFaulty, quorumSize } from '../core/quorum.ts';
import type { Stopwatch } from '../core/stopwatch.ts';
import type { Authenticator } from '../crypto/authenticator.ts';
import type { VerifyItem } from '../crypto/interface.ts';
import type { BatchDigests } from './batch-digest.ts';
import type { EpochExchange } from './epoch-exchange.ts';
import { Inbound } from './inbound.ts';
import type { Outbox } from './outbox.ts';
import type { ReplicaOptions } from './ports.ts';
import type { Seats } from './seats.ts';
import { Surety } from './surety.ts';
import type { Turns } from './turns.ts';
import { Voice } from './voice.ts';
import type { Evidence } from './watch/evidence.ts';
import { Watch } from './watch/watch.ts';

/** Of whom signatures are asked where sessions vouch for votes. */
const SUSPECT: ReadonlySet<string> = new Set(['suspicious', 'quarantined']);

export interface EpochPartsOptions {
  readonly replica: ReplicaOptions;
  readonly set: ValidatorSet;
  /** Our place in the set; its size where we have none. */
  readonly place: ReplicaId;
  readonly digests: BatchDigests;
  readonly stopwatch: Stopwatch;
  readonly outbox: Outbox;
  readonly turns: Turns;
  readonly seats: Seats;
  readonly exchange: EpochExchange;
  /** Whose connection is open now, by place. */
  readonly connected: readonly boolean[];
  /** Whether this is the present epoch still: a check on another thread may end in the next one. */
  readonly present: () => boolean;
  readonly inspect: (batch: Batch) => VerifyItem[] | RejectionCode;
  readonly other: (from: ReplicaId, item: readonly unknown[]) => void;
  readonly onEvidence: (evidence: Evidence) => void;
}

export class EpochParts {
  readonly authenticator: Authenticator;
  readonly watch: Watch;
  readonly surety: Surety | undefined;
  readonly voice: Voice;
  readonly inbound: Inbound;
  private readonly o: EpochPartsOptions;
  private readonly members: readonly MemberId[];

  constructor(options: EpochPartsOptions) {
    this.o = options;
    const { replica, set, place, digests, stopwatch, outbox } = options;
    const { chain, protocol, telemetry } = replica;
    const n = set.members.length;
    this.members = set.members.map(({ id }) => id);
    const codecOptions = {
      n,
      epoch: set.epoch,
      batchDigest: digests.batchDigest,
      limits: chain.genesis.parameters,
    };
    const codec = createMessageCodec(protocol.messages, codecOptions);
    this.authenticator = replica.authenticator.forEpoch(
      set.epoch,
      set.members,
      place < n ? place : undefined,
    );
    this.watch = this.makeWatch(n, codec);
    this.surety = this.makeSurety(n);
    this.voice = new Voice({
      self: place,
      n,
      protocol,
      codec,
      recordCodec: createRecordCodec(protocol.records, codec, codecOptions),
      authenticator: this.authenticator,
      outbox,
      telemetry,
      stopwatch,
      watch: this.watch,
      surety: this.surety,
    });
    this.inbound = this.makeInbound(codec);
  }

  /** What was seen of those who were there before goes on. */
  inherit(before: EpochParts): void {
    this.watch.inherit(
      before.watch,
      this.members.map((id) => before.members.indexOf(id)),
    );
  }

  start(): void {
    this.watch.start();
    this.surety?.start();
  }

  stop(): void {
    this.watch.stop();
    this.surety?.stop();
  }

  private makeInbound(codec: MessageCodec): Inbound {
    const { replica, place, stopwatch, seats, exchange, turns, inspect, other, present } = this.o;
    const { verifier, telemetry } = replica;
    return new Inbound({
      self: place,
      watch: this.watch,
      surety: this.surety,
      codec,
      authenticator: this.authenticator,
      verifier,
      telemetry,
      stopwatch,
      machine: () => turns.machine,
      isGuest: (id) => seats.isGuest(id),
      otherEpoch: (from, epoch) => {
        if (typeof epoch === 'number') exchange.heard(seats.memberOf(from), epoch);
      },
      other,
      inspect,
      deliver: (attested: Attested) => {
        if (present()) turns.event({ kind: 'message', attested });
      },
    });
  }

  private makeWatch(n: number, codec: MessageCodec): Watch {
    const { replica, set, place, connected, outbox, turns, onEvidence } = this.o;
    const { chain, clock, protocol, verifier } = replica;
    const { authenticator } = this;
    const { auth, parameters, protocolParameters } = chain.genesis;
    const setting = { n, auth, parameters: protocolParameters ?? {} };
    return new Watch({
      self: place,
      n,
      epoch: set.epoch,
      clock,
      codec,
      contradicts: (first, second) => protocol.contradiction?.(first, second),
      claims: ({ from, envelope }, { signed }) =>
        authenticator.claims(from, envelope.body, envelope.signature, signed === 'always'),
      holds: (claim) => verifier.verifySync(claim),
      broadcast: (item) => {
        outbox.send(undefined, item);
        turns.endTurn();
      },
      compare: (attested) => turns.event({ kind: 'exhibit', attested }),
      onEvidence,
      disputed: (peer) => this.surety?.dispute(peer),
      ...(protocol.quorum?.(setting) ?? { faulty: maxFaulty(n), quorum: quorumSize(n) }),
      window: parameters.window,
      commitsSpared: parameters.fastPath,
      primaryOf: (view) => protocol.proposer?.(view, n),
      connected,
      reputation: replica.reputation,
    });
  }

  private makeSurety(n: number): Surety | undefined {
    const { replica, place, outbox, turns } = this.o;
    if (replica.chain.genesis.auth !== 'channel') return undefined;
    return new Surety({
      n,
      clock: replica.clock,
      suspects: () =>
        Array.from({ length: n }, (_, peer) => peer).filter(
          (peer) => peer !== place && SUSPECT.has(this.watch.report(peer).judgement.health),
        ),
      send: (to, item) => {
        outbox.send(to, item);
        turns.endTurn();
      },
      refused: (peer) => {
        replica.telemetry.rejections.add('unsigned');
        this.watch.rejected(peer, 'unsigned');
      },
    });
  }
}
