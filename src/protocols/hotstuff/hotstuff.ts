/** HotStuff as a pure machine: what comes in, and which part of the protocol it belongs to. */

import type { ReplicaId } from '../../core/ids.ts';
import type {
  Attested,
  Certificate,
  Effects,
  Machine,
  MachineConfig,
  MachineEvent,
  MachineStatus,
  Protocol,
} from '../../core/machine.ts';
import { slotsBehind, timeoutMs } from '../../core/pacing.ts';
import {
  onAncestor,
  onAsk,
  onCommitted,
  onConnected,
  onDisconnected,
  onFetch,
  onFetched,
  onStatus,
  onTick,
} from './catchup.ts';
import { sameHeader } from './chain.ts';
import { onBoundary, onCheckpoint, onExecutedCheckpoint, onInstalled, onRolledBack } from './checkpoints.ts';
import { contradiction } from './contradiction.ts';
import {
  type Ancestor,
  type Ask,
  type Block,
  type Checkpoint,
  type Committed,
  type Fetch,
  type Fetched,
  type HotstuffMessage,
  type HotstuffRecord,
  messages,
  type NewView,
  records,
  type Status,
  type Timeout,
  type Vote,
} from './messages.ts';
import { arm, WAIT_TIMER } from './pacemaker.ts';
import { liveRecords, restore } from './restore.ts';
import type { Rules } from './rules.ts';
import { State } from './state.ts';
import { THREE_CHAIN } from './three-chain.ts';
import { TWO_CHAIN } from './two-chain.ts';
import { onNewView, onTimeout } from './views.ts';
import { extend, mayExtend, mayPropose, onBlock, onVote, propose, voteForNext } from './voting.ts';

type Out = Effects<HotstuffMessage, HotstuffRecord>;

/** The rule set that the genesis names. */
export function rulesOf({ parameters }: MachineConfig): Rules {
  return parameters.commit === 'three-chain' ? THREE_CHAIN : TWO_CHAIN;
}

/** One replica's machine. `protected`: what stands around it may look at its state, as experiments do. */
export class Hotstuff implements Machine<HotstuffMessage, HotstuffRecord> {
  protected readonly s: State;

  constructor(
    config: MachineConfig,
    log: Iterable<HotstuffRecord>,
    nowMs: number,
    out: Out,
    rules: Rules = rulesOf(config),
  ) {
    this.s = new State(config, rules);
    this.begin(nowMs, out);
    restore(this.s, log);
    // Others may have gone on meanwhile, and may lack what we said last.
    this.s.send(undefined, this.s.ownStatus());
    this.s.lastProgressMs = nowMs;
    arm(this.s);
  }

  step(event: MachineEvent<HotstuffMessage>, nowMs: number, out: Out): void {
    this.begin(nowMs, out);
    const s = this.s;
    switch (event.kind) {
      case 'message':
        this.handle(event.attested);
        break;
      case 'propose':
        if (mayPropose(s)) propose(s, event.batch);
        break;
      case 'idle':
        if (mayExtend(s)) extend(s);
        break;
      case 'timer':
        if (event.timer === WAIT_TIMER) s.waiting = false;
        else onTick(s);
        break;
      case 'demand':
        s.demandSinceMs = event.oldestMs;
        break;
      case 'connected':
        onConnected(s, event.peer);
        break;
      case 'disconnected':
        onDisconnected(s, event.peer);
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
    voteForNext(s);
    arm(s);
  }

  private begin(nowMs: number, out: Out): void {
    this.s.nowMs = nowMs;
    this.s.out = out;
  }

  private handle(attested: Attested<HotstuffMessage>): void {
    const s = this.s;
    const { from, message } = attested;
    if (message.epoch !== s.config.epoch) return s.reject(from, 'epoch-mismatch');
    switch (message.type) {
      case 'block':
        return onBlock(s, attested as Attested<Block>);
      case 'vote':
        return onVote(s, attested as Attested<Vote>);
      case 'timeout':
        return onTimeout(s, attested as Attested<Timeout>);
      case 'new-view':
        return onNewView(s, attested as Attested<NewView>);
      case 'checkpoint':
        return onCheckpoint(s, attested as Attested<Checkpoint>);
      case 'status':
        return from === s.self ? undefined : onStatus(s, attested as Attested<Status>);
      case 'committed':
        return onCommitted(s, attested as Attested<Committed>);
      case 'fetch':
        return onFetch(s, attested as Attested<Fetch>);
      case 'fetched':
        return onFetched(s, attested as Attested<Fetched>);
      case 'ask':
        return onAsk(s, attested as Attested<Ask>);
      case 'ancestor':
        return onAncestor(s, attested as Attested<Ancestor>);
    }
  }

  relevant(message: HotstuffMessage, from: ReplicaId): boolean {
    const s = this.s;
    switch (message.type) {
      case 'block': {
        const { round, sequence, digest } = message.vote.message;
        if (sequence <= s.delivered || s.slots.get(sequence)?.batches.has(digest) === true) {
          return this.wantsVote(message.vote.message, from);
        }
        return s.rounds.viewOf(round) >= s.view;
      }
      case 'vote':
        return this.wantsVote(message, from);
      case 'timeout':
        return message.view >= s.view && message.view > (s.timeouts[from]?.message.view ?? -1);
      case 'checkpoint':
        return (
          message.sequence > s.stable &&
          s.checkpointVotes.get(message.sequence)?.[from]?.message.digest !== message.digest
        );
      case 'committed':
        return message.sequence > s.delivered;
      case 'fetched':
        return s.wants(message.sequence, message.digest);
      default:
        return true;
    }
  }

  /** A vote beside its sender's earlier one may be evidence: that is always wanted. */
  private wantsVote(vote: Vote, from: ReplicaId): boolean {
    const s = this.s;
    if (s.certified.has(vote.round) || vote.round <= s.committed.round) return false;
    const earlier = s.votes.get(vote.round)?.[from];
    return earlier === undefined || !sameHeader(earlier.message, vote);
  }

  certified({ message }: Certificate<HotstuffMessage>): boolean {
    const s = this.s;
    if (message.epoch !== s.config.epoch) return false;
    // What it says of a view that is over, or of a block below one that is certified, is not used.
    if (message.type === 'timeout') return message.view < s.view;
    if (message.type !== 'vote') return false;
    const known = s.certified.get(message.round);
    return known !== undefined ? sameHeader(known, message) : message.round <= s.committed.round;
  }

  proposable(): boolean {
    return mayPropose(this.s);
  }

  drives(): boolean {
    return mayExtend(this.s);
  }

  status(): MachineStatus {
    const s = this.s;
    return {
      view: s.standing,
      active: !s.left,
      primary: s.rounds.leaderOf(s.standing),
      lowWatermark: s.stable,
      highWatermark: s.highWatermark,
      delivered: s.delivered,
      behind: slotsBehind(s),
      inFlight: s.isLeader && !s.left ? Math.max(0, s.highestSeen - s.delivered) : 0,
      timeoutMs: timeoutMs(s),
    };
  }

  liveRecords(): HotstuffRecord[] {
    return liveRecords(this.s);
  }
}

/** HotStuff, event-driven and chained (Yin et al., PODC 2019), by the rules of three chains or of two (HotStuff-2). */
export const hotstuff: Protocol<HotstuffMessage, HotstuffRecord> = {
  name: 'hotstuff',
  byzantine: true,
  parameters: {
    commit: {
      kind: 'choice',
      of: ['two-chain', 'three-chain'],
      default: 'two-chain',
      doc: 'Certified blocks in a row that commit the first: two (HotStuff-2) or three (HotStuff).',
    },
    leader: {
      kind: 'choice',
      of: ['stable', 'rotating'],
      default: 'stable',
      doc: 'Whether the leader stays until it times out, or changes with every block.',
    },
  },
  refuses: ({ auth }) =>
    auth === 'channel'
      ? 'protocol hotstuff needs signed votes, since a certificate is shown to others, and auth is channel; choose ed25519, ml-dsa-87 or hybrid'
      : undefined,
  messages,
  records,
  contradiction,
  attestedRecord: (attested) => ({ type: 'attested', attested }),
  create: (config, log, nowMs, out) => new Hotstuff(config, log, nowMs, out),
};
