/**
 * What a validator records of itself while it is profiled (`LOCKSTEP_PROFILE=1`): a timeline of parts, and for every
 * message that it sent, which event of the machine made it and when it was with whose socket. It sits around the
 * validator's own parts, so that one that is not profiled runs none of this.
 */

import { PerformanceObserver, performance } from 'node:perf_hooks';
import type { ReplicaId, Sequence } from '../../core/ids.ts';
import type { AnyMessage, Effects, Machine, MachineEvent, Protocol } from '../../core/machine.ts';
import { CLIENTS, Timeline } from '../../core/stopwatch.ts';
import type { Verifier } from '../../crypto/interface.ts';
import { encodeTimeline, machineClock, type TimelineText } from '../../load/timeline.ts';
import type { ProfileFigures } from '../../ops/status.ts';
import type { Clock } from '../../replica/ports.ts';
import type { VoteLog } from '../../storage/interface.ts';
import type { SocketTransport } from '../../transport/transport.ts';

/** Changes of part kept: 9 bytes each, a few hundred per slot. */
const KEPT_CHANGES = 1 << 20;
/** Messages kept, a few per slot. */
const KEPT_OUTPUTS = 1 << 15;
/** Slots whose last message is remembered. */
const KEPT_SLOTS = 4096;

/** What made the machine speak: a slot's message, a batch to propose, or neither (a timer, nothing known of the slot). */
export interface Cause {
  readonly kind: 'message' | 'propose' | 'none';
  readonly from: ReplicaId;
  readonly type: string;
  readonly sequence: Sequence;
  /** When the callback began that brought it, µs of the machine's clock. */
  readonly arrivedUs: number;
}

/** Something that the machine said in a step; `type` is the message's, or `reply` for the result of a slot. */
export interface Output {
  readonly type: string;
  readonly sequence: Sequence;
  readonly cause: Cause;
  /** When it was with each receiver's socket, by id, and after them the clients'; null where it was not sent. */
  sentUs: (number | null)[];
}

/** Answers `GET /profile`. */
export interface ProcessTrace {
  readonly id: ReplicaId;
  readonly timeline: TimelineText;
  readonly outputs: readonly Output[];
}

const NO_CAUSE: Cause = { kind: 'none', from: -1, type: '', sequence: -1, arrivedUs: 0 };

const sequenceOf = (message: AnyMessage): Sequence => {
  const { sequence } = message as { sequence?: unknown };
  return typeof sequence === 'number' ? sequence : -1;
};

export class Recorder {
  readonly timeline: Timeline;
  private readonly id: ReplicaId;
  private readonly n: number;
  private readonly clockUs = machineClock();
  private readonly outputs: Output[] = [];
  private next = 0;
  private pending: Output[] = [];
  private readonly lastMessage = new Map<Sequence, Cause>();

  constructor(id: ReplicaId, n: number) {
    this.id = id;
    this.n = n;
    this.timeline = new Timeline(this.clockUs, KEPT_CHANGES);
    const offsetUs = this.clockUs() - 1000 * performance.now();
    new PerformanceObserver((list) => {
      for (const { startTime, duration } of list.getEntries()) {
        const fromUs = 1000 * startTime + offsetUs;
        this.timeline.paused(fromUs, fromUs + 1000 * duration);
      }
    }).observe({ entryTypes: ['gc'] });
  }

  figures(): ProfileFigures {
    const { user, system } = process.cpuUsage();
    const preempted = process.resourceUsage().involuntaryContextSwitches;
    return { atUs: this.clockUs(), parts: this.timeline.totals(), cpuUs: user + system, preempted };
  }

  trace(): ProcessTrace {
    const { outputs, next } = this;
    return {
      id: this.id,
      timeline: encodeTimeline(this.timeline.data()),
      outputs: [...outputs.slice(next), ...outputs.slice(0, next)],
    };
  }

  // ------------------------------------------------------------------- around the validator's parts

  verifier(inner: Verifier): Verifier {
    const { timeline } = this;
    const pooled = inner.stats().threads > 0;
    const resumed = (): void => {
      if (pooled) timeline.awaited();
      timeline.begin('driver');
      // Whoever waits for the verdicts was queued after us, and before this.
      queueMicrotask(() => timeline.leave());
    };
    return {
      verify(items, priority) {
        timeline.enter('verify');
        const verdicts = inner.verify(items, priority);
        timeline.leave();
        if (pooled) timeline.awaits('verify');
        verdicts.then(resumed, resumed);
        return verdicts;
      },
      verifySync(item) {
        timeline.enter('verify');
        const holds = inner.verifySync(item);
        timeline.leave();
        return holds;
      },
      costUs: (item) => inner.costUs(item),
      prepare: (suite, key) => inner.prepare(suite, key),
      stats: () => inner.stats(),
      close: () => inner.close(),
    };
  }

  voteLog(inner: VoteLog): VoteLog {
    const { timeline } = this;
    return {
      get bytes() {
        return inner.bytes;
      },
      get appended() {
        return inner.appended;
      },
      get durable() {
        return inner.durable;
      },
      get onDurable() {
        return inner.onDurable;
      },
      set onDurable(told) {
        inner.onDurable = (error) => {
          timeline.begin('driver');
          told(error);
          timeline.leave();
        };
      },
      append: (record) => inner.append(record),
      flush(needed) {
        timeline.enter('storage');
        inner.flush(needed);
        timeline.leave();
      },
      tend: () => inner.tend(),
      replace(records) {
        timeline.enter('storage');
        inner.replace(records);
        timeline.leave();
      },
      close: () => inner.close(),
    };
  }

  clock(inner: Clock): Clock {
    const { timeline } = this;
    const timed = (callback: () => void) => () => {
      timeline.begin('driver');
      callback();
      timeline.leave();
    };
    return {
      nowMs: () => inner.nowMs(),
      wallMs: () => inner.wallMs(),
      after: (delayMs, callback) => inner.after(delayMs, timed(callback)),
      endOfTurn: (callback) => inner.endOfTurn(timed(callback)),
    };
  }

  transport(inner: SocketTransport): SocketTransport {
    return {
      get port() {
        return inner.port;
      },
      start: (handlers) => inner.start(handlers),
      send: (to, item) => inner.send(to, item),
      broadcast: (item) => inner.broadcast(item),
      flush: () => {
        const fromUs = this.clockUs();
        inner.flush();
        this.left(fromUs);
      },
      route: (path, handler) => inner.route(path, handler),
      setPeers: (self, peers) => inner.setPeers(self, peers),
      bans: () => inner.bans(),
      setThrottled: (ids) => inner.setThrottled(ids),
      setBlocked: (peer, blocked) => inner.setBlocked(peer, blocked),
      stats: () => inner.stats(),
      stop: () => inner.stop(),
    };
  }

  protocol(inner: Protocol<AnyMessage, AnyMessage>): Protocol<AnyMessage, AnyMessage> {
    return {
      ...inner,
      ...(inner.proposer && { proposer: inner.proposer }),
      ...(inner.contradiction && { contradiction: inner.contradiction }),
      attestedRecord: (attested) => inner.attestedRecord(attested),
      create: (config, records, nowMs, out) => this.machine(inner.create(config, records, nowMs, out)),
    };
  }

  private machine(inner: Machine<AnyMessage, AnyMessage>): Machine<AnyMessage, AnyMessage> {
    const { timeline } = this;
    return {
      step: (event, nowMs, out) => {
        const before = out.length;
        timeline.enter('step');
        inner.step(event, nowMs, out);
        timeline.leave();
        this.said(event, out, before);
      },
      relevant(message, from) {
        timeline.enter('step');
        const matters = inner.relevant(message, from);
        timeline.leave();
        return matters;
      },
      proposable: (nowMs) => inner.proposable(nowMs),
      drives: () => inner.drives?.() ?? false,
      certified: (certificate) => inner.certified?.(certificate) ?? false,
      status: () => inner.status(),
      liveRecords: () => inner.liveRecords(),
    };
  }

  // ------------------------------------------------------------------------------ who said what, why

  private said(event: MachineEvent<AnyMessage>, out: Effects<AnyMessage, AnyMessage>, from: number): void {
    const cause = this.causeOf(event);
    for (let i = from; i < out.length; i++) {
      const effect = out[i]!;
      if (effect.kind === 'send' && effect.to === undefined) {
        this.output(effect.message.type, sequenceOf(effect.message), cause);
      } else if (effect.kind === 'deliver') this.output('reply', effect.sequence, cause);
    }
  }

  private causeOf(event: MachineEvent<AnyMessage>): Cause {
    const { timeline, lastMessage } = this;
    if (event.kind === 'propose') {
      return { ...NO_CAUSE, kind: 'propose', arrivedUs: timeline.clientsHeardUs };
    }
    if (event.kind !== 'message' || event.attested.from === this.id) return NO_CAUSE;
    const { from, message } = event.attested;
    const sequence = sequenceOf(message);
    // A status: it may loosen a vote that was held back, but what the vote follows from came before.
    if (sequence < 0) return NO_CAUSE;
    const cause: Cause = { kind: 'message', from, type: message.type, sequence, arrivedUs: timeline.begunUs };
    lastMessage.set(sequence, cause);
    if (lastMessage.size > KEPT_SLOTS) lastMessage.delete(lastMessage.keys().next().value!);
    return cause;
  }

  private output(type: string, sequence: Sequence, cause: Cause): void {
    // After a timer or a question: what the slot had stood at until then.
    const known = cause.kind === 'none' ? (this.lastMessage.get(sequence) ?? cause) : cause;
    const output: Output = { type, sequence, cause: known, sentUs: [] };
    this.pending.push(output);
    this.outputs[this.next] = output;
    this.next = (this.next + 1) % KEPT_OUTPUTS;
  }

  /** All that was said in this turn is with the sockets. */
  private left(fromUs: number): void {
    if (this.pending.length === 0) return;
    const { sentUs } = this.timeline;
    const at = (to: number): number | null => {
      const us = sentUs.get(to) ?? 0;
      return us >= fromUs ? us : null;
    };
    const times = Array.from({ length: this.n + 1 }, (_, to) => at(to === this.n ? CLIENTS : to));
    for (const output of this.pending) output.sentUs = times;
    this.pending = [];
  }
}
