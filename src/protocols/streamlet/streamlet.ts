/** Streamlet as a pure machine: what comes in, and which part of the protocol it belongs to. */

import type { ReplicaId } from '../../core/ids.ts';
import type {
  Attested,
  Effects,
  Machine,
  MachineConfig,
  MachineEvent,
  MachineStatus,
  Protocol,
} from '../../core/machine.ts';
import { sameBlock } from './block.ts';
import { onConnected, onFetch, onFetched, onStatus, onTick } from './catchup.ts';
import { onBoundary, onCheckpoint, onExecutedCheckpoint, onInstalled, onRolledBack } from './checkpoints.ts';
import { contradiction } from './contradiction.ts';
import {
  type Checkpoint,
  type Fetch,
  type Fetched,
  messages,
  type Proposal,
  records,
  type Status,
  type StreamletMessage,
  type StreamletRecord,
  type Tail,
  type Vote,
} from './messages.ts';
import { liveRecords, restore } from './restore.ts';
import { advance, arm, roundMs, TAIL } from './rounds.ts';
import { RULES, type Rules } from './rules.ts';
import { State } from './state.ts';
import { hasTurn, leads, onProposal, onVote, propose } from './vote.ts';

type Out = Effects<StreamletMessage, StreamletRecord>;

/** One replica's machine. `protected`: what stands around it may look at its state, as experiments do. */
export class Streamlet implements Machine<StreamletMessage, StreamletRecord> {
  protected readonly s: State;

  constructor(
    config: MachineConfig,
    log: Iterable<StreamletRecord>,
    nowMs: number,
    out: Out,
    rules: Rules = RULES,
  ) {
    this.s = new State(config, rules, nowMs);
    this.begin(nowMs, out);
    restore(this.s, log);
    arm(this.s);
  }

  step(event: MachineEvent<StreamletMessage>, nowMs: number, out: Out): void {
    this.begin(nowMs, out);
    const s = this.s;
    switch (event.kind) {
      case 'message':
        this.receive(event.attested);
        break;
      case 'propose':
        // Whether there was time for it was asked when it was put together.
        if (hasTurn(s) && s.hasRoom) propose(s, event.batch);
        break;
      case 'timer':
        if (event.timer === TAIL) {
          if (leads(s, nowMs) && s.unfinished) propose(s, undefined);
        } else onTick(s);
        break;
      case 'demand':
        s.demandSinceMs = event.oldestMs;
        break;
      case 'connected':
        onConnected(s, event.peer);
        break;
      case 'disconnected':
        // A round is hardly longer than what could be saved of it, and a path may flap.
        break;
      case 'checkpoint':
        onExecutedCheckpoint(s, event);
        break;
      case 'installed':
        onInstalled(s, event);
        break;
      case 'rolled-back':
        onRolledBack(s);
        break;
      case 'boundary':
        onBoundary(s, event.sequence);
        break;
    }
    advance(s);
    arm(s);
  }

  private begin(nowMs: number, out: Out): void {
    this.s.nowMs = nowMs;
    this.s.out = out;
  }

  private receive(attested: Attested<StreamletMessage>): void {
    const s = this.s;
    const { from, message } = attested;
    if (message.epoch !== s.config.epoch) return s.reject(from, 'epoch-mismatch');
    switch (message.type) {
      case 'proposal':
      case 'tail':
        return onProposal(s, attested as Attested<Proposal | Tail>);
      case 'vote':
        return onVote(s, attested as Attested<Vote>);
      case 'checkpoint':
        return onCheckpoint(s, attested as Attested<Checkpoint>);
      case 'status':
        return from === s.self ? undefined : onStatus(s, attested as Attested<Status>);
      case 'fetch':
        return onFetch(s, attested as Attested<Fetch>);
      case 'fetched':
        return onFetched(s, attested as Attested<Fetched>);
    }
  }

  relevant(message: StreamletMessage, from: ReplicaId): boolean {
    const s = this.s;
    switch (message.type) {
      case 'proposal':
      case 'tail': {
        if (message.round < s.round) return false;
        const earlier = s.proposals.get(message.round);
        return earlier === undefined || !sameBlock(earlier.message, message);
      }
      case 'vote': {
        if (s.settled(message.round) || s.notarised.has(message.round)) return false;
        const earlier = s.votes.get(message.round)?.[from];
        return earlier === undefined || !sameBlock(earlier.message, message);
      }
      case 'checkpoint':
        return (
          message.sequence > s.stable &&
          s.checkpointVotes.get(message.sequence)?.[from]?.message.digest !== message.digest
        );
      case 'fetched':
        return s.wanted.has(message.round);
      default:
        return true;
    }
  }

  proposable(nowMs: number): boolean {
    return leads(this.s, nowMs) && this.s.hasRoom;
  }

  status(): MachineStatus {
    const s = this.s;
    return {
      view: s.round,
      active: true,
      primary: s.leader,
      lowWatermark: s.stable,
      highWatermark: s.high,
      delivered: s.delivered,
      behind: s.behind,
      // One block a round: what came before it does not hold it back.
      inFlight: 0,
      timeoutMs: roundMs(s),
    };
  }

  liveRecords(): StreamletRecord[] {
    return liveRecords(this.s);
  }
}

/** Chan & Shi's Streamlet, in its partially synchronous form (AFT 2020, §3). */
export const streamlet: Protocol<StreamletMessage, StreamletRecord> = {
  name: 'streamlet',
  byzantine: true,
  parameters: {
    roundMs: {
      kind: 'integer',
      min: 0,
      max: 60_000,
      unit: 'ms',
      default: 0,
      doc: "Length of a round (the paper's epoch): at least two message delays and what checking takes. 0: derived from what leaders measured in the last final blocks.",
    },
  },
  refuses: ({ auth }) =>
    auth === 'channel'
      ? "streamlet echoes votes to replicas that did not hear them first-hand, so a vote needs a signature of its own and a session's key is not enough; set auth to ed25519, ml-dsa-87 or hybrid"
      : undefined,
  messages,
  records,
  contradiction,
  attestedRecord: (attested) => ({ type: 'attested', attested }),
  create: (config, log, nowMs, out) => new Streamlet(config, log, nowMs, out),
};
