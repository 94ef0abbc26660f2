/**
 * One simulated replica: drives a machine as the production driver does, with virtual time for the clock, tokens for
 * signatures, and an array for the vote log. It runs over 150 lines because the effects have to be handled in one
 * place, in order, with a possible crash between any two.
 */

import type { Batch } from '../core/batch.ts';
import type { Digest, Epoch, ReplicaId, Sequence, View } from '../core/ids.ts';
import type {
  AnyMessage,
  Attested,
  Effect,
  Effects,
  Machine,
  MachineConfig,
  MachineEvent,
  Protocol,
} from '../core/machine.ts';
import { seatOf, type ValidatorSet } from '../core/membership.ts';
import type { SeededRandom } from '../core/random.ts';
import type { Disk } from './disk.ts';
import { certifiersOf, EpochChain, type EpochProof } from './epochs.ts';
import { Host } from './host.ts';
import { authentic, type Ledger, type LedgerEntry } from './ledger.ts';
import { Mempool } from './mempool.ts';
import type { Network } from './network.ts';
import { type Hooks, Violation } from './observer.ts';
import type { DriverParts } from './parts.ts';
import type { Fireable, Scheduler } from './scheduler.ts';
import { type Clients, type SymbolicVerifier, sign } from './symbolic.ts';
import type { Trace } from './trace.ts';

/** Tags of what is addressed to a node. */
export const TAG = {
  message: 0,
  submission: 1,
  stateRequest: 2,
  stateReply: 3,
  timer: 4,
  transferRetry: 5,
  connected: 6,
  resume: 7,
  disconnected: 8,
  saved: 13,
  epochQuestion: 9,
  epochProofs: 10,
  epochGrace: 11,
  epochPoll: 12,
} as const;

/** What all nodes of one run share. */
export interface World<M extends AnyMessage, R extends AnyMessage> {
  readonly protocol: Protocol<M, R>;
  readonly scheduler: Scheduler;
  readonly network: Network;
  readonly clients: Clients;
  readonly verifier: SymbolicVerifier;
  readonly hooks: Hooks<M, R>;
  readonly trace: Trace;
  readonly parts: DriverParts;
  /** Transactions per batch, and slots that a primary keeps in flight. */
  readonly maxBatch: number;
  readonly pipeline: number;
  /** Addresses of each replica on the network: more than one where it has a twin. */
  readonly ports: readonly (readonly number[])[];
  /** How far a batch's time may be from a replica's own, in ms. */
  readonly driftMs: number;
  /** How long a state transfer waits for an answer before it asks another replica, in ms. */
  readonly transferRetryMs: number;
  /** The state before the first slot; with validator sets in it, they can change. */
  readonly genesis: LedgerEntry;
}

/** Stands between a node and its machine; an adversary returns a machine that lies. */
export type Wrap<M extends AnyMessage, R extends AnyMessage> = (machine: Machine<M, R>) => Machine<M, R>;

/**
 * Asked before every effect, and before every single packet of a broadcast (with its receiver); true: the replica
 * crashes there and then.
 */
export type Tripwire<M extends AnyMessage, R> = (effect: Effect<M, R>, to: ReplicaId | undefined) => boolean;

/** Where a replica runs, and in whose hands it is. */
export interface Placement<M extends AnyMessage, R extends AnyMessage> {
  /** Its address on the network. */
  readonly port: number;
  readonly wrap?: Wrap<M, R> | undefined;
  /** Where sets change: the same for each epoch, with its number there and how many they are. */
  readonly wrapAt?: ((self: ReplicaId, n: number) => Wrap<M, R>) | undefined;
  /** False: checkers do not look at it. Default: whether it is not wrapped. */
  readonly honest?: boolean;
}

interface Timer {
  readonly name: string;
  live: boolean;
}

interface StateQuery {
  /** An address. */
  readonly from: number;
  readonly sequence: Sequence;
  readonly digest: Digest;
}

/** A relayed mempool is bounded, as every answer to a peer is. */
const MAX_RELAYED = 1024;

/** The driver compacts its log by size; here after some checkpoints and not after others, so that runs see both. */
const COMPACT_CHANCE = 0.5;

/** How long an epoch that others have ended may still end here by what is on its way, and least time between questions, ms. */
const EPOCH_GRACE_MS = 200;
const EPOCH_PAUSE_MS = 50;

interface EpochQuestion {
  /** An address. */
  readonly from: number;
  readonly above: Epoch;
}

export class SimNode<M extends AnyMessage, R extends AnyMessage> implements Fireable {
  /** Its number in the genesis; where sets change, its member number. */
  readonly id: ReplicaId;
  readonly port: number;
  /** The present epoch's. */
  config: MachineConfig;
  /** Where sets change: the one that it follows. */
  set: ValidatorSet | undefined;
  /** It runs, and is in no set. */
  standby = false;
  readonly host = new Host();
  readonly disk: Disk<R>;
  readonly ledger: Ledger;
  /** False: checkers do not look at it. */
  readonly honest: boolean;
  /** Undefined while the replica is down. */
  machine: Machine<M, R> | undefined;
  mempool: Mempool;
  tripwire: Tripwire<M, R> | undefined;
  /** Its log was found damaged: what it promised is forgotten, so it takes no part any more. */
  retired = false;
  /** What it gives to who asks for its state, where that is not the truth. */
  corrupt: ((state: LedgerEntry) => LedgerEntry) | undefined;
  /** Messages that `relevant` spared, and those whose signature did not hold. */
  skipped = 0;
  forged = 0;

  readonly #world: World<M, R>;
  readonly #random: SeededRandom;
  readonly #wrap: Wrap<M, R> | undefined;
  readonly #events: MachineEvent<M>[] = [];
  /** What came while the host was busy: tags and payloads in turn. */
  readonly #inbox: unknown[] = [];
  #resumes = false;
  readonly #timers = new Map<string, Timer>();
  /** States at checkpoints that are not certified yet. */
  readonly #pending = new Map<Sequence, LedgerEntry>();
  #transfer: { sequence: Sequence; digest: Digest } | undefined;
  #demandMs = -1;
  #running = false;
  /** The last checkpoint at which its state was not the certified one. */
  #divergedAt: Sequence = -1;
  /** A checkpoint for which execution goes back once the step is over: slots that it delivers execute first. */
  #goesBackFor: Sequence = -1;
  readonly #wrapAt: Placement<M, R>['wrapAt'];
  readonly #epochs: EpochChain | undefined;
  /** The checkpoint at which this epoch began, as long as its state is missing: what is delivered above it waits. */
  #lacking: Sequence | undefined;
  readonly #held = new Map<Sequence, { view: View; batch: Batch }>();
  /** A later epoch may have begun. */
  #due = false;
  #grace: 'none' | 'running' | 'over' = 'none';
  #askedMs = Number.NEGATIVE_INFINITY;
  readonly #answeredMs = new Map<number, number>();
  /** The log is due to be replaced by what still matters of it. */
  #compact = false;
  /** Certified states on their way to a disk that is slow. */
  #unsaved: LedgerEntry[] = [];

  constructor(
    world: World<M, R>,
    config: MachineConfig,
    random: SeededRandom,
    { port, wrap, wrapAt, honest = wrap === undefined }: Placement<M, R>,
  ) {
    this.id = config.self;
    this.port = port;
    this.config = config;
    this.honest = honest;
    this.disk = world.parts.disk();
    this.ledger = world.parts.ledger(world.clients);
    this.mempool = new Mempool(world.clients);
    this.#world = world;
    this.#random = random;
    this.#wrap = wrap;
    this.#wrapAt = wrapAt;
    const { genesis, verifier, protocol } = world;
    const certifiers = (n: number): number => certifiersOf(protocol, n, config.parameters);
    this.#epochs =
      genesis.sets && new EpochChain(genesis.sets.membership.current, verifier, certifiers, this.disk.proofs);
  }

  get up(): boolean {
    return this.machine !== undefined;
  }

  /** Whether a query that comes now would be answered from this state as if it were ordered. */
  get readable(): boolean {
    if (this.host.busyUntilMs > this.#world.scheduler.nowMs || this.#lacking !== undefined) return false;
    if (this.machine?.readable?.(this.#nowMs) !== true) return false;
    // What is delivered and not executed would be missing from the answer: after a rollback, all of it at first.
    return this.ledger.tip.sequence >= this.machine.status().delivered;
  }

  /** Starts, or starts again: the machine reads its log, the state comes from the newest snapshot. */
  start(): void {
    if (this.machine !== undefined || this.retired || this.standby) return;
    const records = this.disk.open();
    if (records === undefined) return this.#retire();
    const state = this.disk.snapshots.at(-1) ?? this.#world.genesis;
    this.ledger.restore(state);
    if (this.#epochs !== undefined) return this.#startEpochs(state, records, this.#epochs);
    this.config = { ...this.config, restoredSequence: state.sequence, restoredDigest: state.digest };
    this.#create(this.config, this.#wrap, records);
  }

  #create(config: MachineConfig, wrap: Wrap<M, R> | undefined, records: readonly R[]): void {
    const out: Effects<M, R> = [];
    try {
      const machine = this.#world.protocol.create(config, records, this.#nowMs, out);
      this.machine = wrap === undefined ? machine : wrap(machine);
    } catch (cause) {
      return this.#broke(cause, 'start');
    }
    if (this.honest) {
      for (const observer of this.#world.hooks.restarted)
        observer.restarted!(this.id, this.machine!, records);
    }
    this.#running = true;
    this.#apply(out);
    this.#running = false;
    this.#run();
  }

  #retire(): void {
    this.retired = true;
    this.#world.trace.note(`${this.id} finds its log damaged and takes no part any more`);
  }

  /** The replica's own monotonic clock. */
  get #nowMs(): number {
    return this.host.clockMs(this.#world.scheduler.nowMs);
  }

  /** Loses everything but the disk. */
  crash(): void {
    if (this.machine === undefined) return;
    this.machine = undefined;
    this.disk.crash(this.#random);
    for (const timer of this.#timers.values()) timer.live = false;
    this.#timers.clear();
    this.#events.length = 0;
    this.#inbox.length = 0;
    this.host.busyUntilMs = 0;
    this.#pending.clear();
    this.#transfer = undefined;
    this.#demandMs = -1;
    this.#compact = false;
    this.#unsaved = [];
    this.#divergedAt = -1;
    this.#goesBackFor = -1;
    this.#due = false;
    this.#grace = 'none';
    this.mempool = new Mempool(this.#world.clients);
    if (this.honest) for (const observer of this.#world.hooks.crashed) observer.crashed!(this.id);
  }

  /** Hands the machine an event, and does what it asks for until nothing is left to do. */
  feed(event: MachineEvent<M>): void {
    if (this.machine === undefined) return;
    this.#events.push(event);
    if (!this.#running) this.#run();
  }

  fire(tag: number, payload: unknown): void {
    if (tag === TAG.resume) return this.#resume();
    if (tag === TAG.saved) return this.#saved(payload as LedgerEntry);
    if (tag >= TAG.epochQuestion) return this.#takeEpochs(tag, payload);
    if (this.machine === undefined) return;
    const { host } = this;
    if (host.busyUntilMs > this.#world.scheduler.nowMs || this.#inbox.length > 0) {
      this.#inbox.push(tag, payload);
      return this.#awaitHost();
    }
    if (host.stepMs > 0) host.pause(this.#world.scheduler.nowMs, host.stepMs);
    this.#take(tag, payload);
  }

  /** The host has time again: in turn, what came meanwhile. */
  #resume(): void {
    this.#resumes = false;
    const { scheduler } = this.#world;
    while (this.#inbox.length > 0 && this.host.busyUntilMs <= scheduler.nowMs) {
      const [tag, payload] = this.#inbox.splice(0, 2);
      if (this.host.stepMs > 0) this.host.pause(scheduler.nowMs, this.host.stepMs);
      this.#take(tag as number, payload);
    }
    if (this.#inbox.length > 0) this.#awaitHost();
  }

  #awaitHost(): void {
    if (this.#resumes) return;
    this.#resumes = true;
    const { scheduler } = this.#world;
    scheduler.schedule(this.host.busyUntilMs - scheduler.nowMs, this, TAG.resume, undefined);
  }

  #take(tag: number, payload: unknown): void {
    switch (tag) {
      case TAG.message:
        return this.#receive(payload as Attested<M>);
      case TAG.submission:
        return this.submit(payload as readonly Uint8Array[]);
      case TAG.stateRequest:
        return this.#serve(payload as StateQuery);
      case TAG.stateReply:
        return this.#install(payload as LedgerEntry);
      case TAG.timer: {
        const timer = payload as Timer;
        if (!timer.live) return;
        this.#timers.delete(timer.name);
        return this.feed({ kind: 'timer', timer: timer.name });
      }
      case TAG.connected:
      case TAG.disconnected: {
        const peer = this.#placeOf(payload as number);
        if (peer < 0) return;
        return this.feed({ kind: tag === TAG.connected ? 'connected' : 'disconnected', peer });
      }
      default:
        if (payload === this.#transfer) this.#ask();
    }
  }

  /** Takes transactions from clients or from another replica. */
  submit(transactions: readonly Uint8Array[]): void {
    if (this.machine === undefined) return;
    const { clients } = this.#world;
    for (const transaction of transactions) {
      if (!this.ledger.executed.has(clients.idOf(transaction))) this.mempool.add(transaction, this.#nowMs);
    }
    if (!this.#running) this.#run();
  }

  #receive(attested: Attested<M>): void {
    const epoch = this.set?.epoch;
    if (epoch !== undefined && (attested.message as { epoch?: Epoch }).epoch !== epoch)
      return this.#otherEpoch(attested);
    if (attested.from === this.config.self) return;
    if (!this.machine!.relevant(attested.message, attested.from)) {
      this.skipped++;
      return;
    }
    if (!this.#world.verifier.verify(attested, this.machine!, epoch) || !this.#genuine(attested.message)) {
      this.forged++;
      return;
    }
    this.feed({ kind: 'message', attested });
  }

  /** What the codec and the check of clients' signatures refuse before the machine sees the message. */
  #genuine(message: M): boolean {
    const { batch, digest } = message as { batch?: Batch; digest?: Digest };
    if (batch === undefined) return true;
    const { clients, driftMs, protocol, scheduler } = this.#world;
    // What others vouch for is taken at any time; a proposal must be of the present.
    if (protocol.messages[message.type]?.vouched !== true) {
      if (Math.abs(batch.timeMs - this.host.wallMs(scheduler.nowMs)) > driftMs) return false;
    }
    return (
      batch.digest === digest && batch.transactions.every((transaction) => clients.idOf(transaction) >= 0)
    );
  }

  #run(): void {
    this.#running = true;
    const out: Effects<M, R> = [];
    while (this.machine !== undefined) {
      const event = this.#events.shift() ?? this.#initiative();
      if (event === undefined) break;
      out.length = 0;
      const machine = this.machine;
      try {
        machine.step(event, this.#nowMs, out);
      } catch (cause) {
        this.#broke(cause, event.kind === 'message' ? event.attested.message.type : event.kind);
        break;
      }
      this.#apply(out);
      if (this.#goesBackFor >= 0) this.#rollBack();
      if (this.honest) for (const observer of this.#world.hooks.stepped) observer.stepped!(this.id, machine);
    }
    this.#flush();
    this.#running = false;
    if (this.#compact && this.machine !== undefined) {
      this.#compact = false;
      // What a slow disk lacks of the state is in the log alone.
      if (this.#unsaved.length === 0) this.disk.replace(this.machine.liveRecords());
    }
    if (this.#due) this.#turnOver();
  }

  /** What the driver brings up by itself once all events are handled: a proposal, or news of what waits. */
  #initiative(): MachineEvent<M> | undefined {
    const machine = this.machine!;
    if (
      this.mempool.unproposed > 0 &&
      machine.proposable(this.#nowMs) &&
      machine.status().inFlight < this.#world.pipeline
    ) {
      const transactions = this.mempool.take(this.#world.maxBatch);
      return {
        kind: 'propose',
        batch: this.#world.clients.batch(this.host.wallMs(this.#world.scheduler.nowMs), transactions),
      };
    }
    if (machine.drives?.() === true) return { kind: 'idle' };
    const oldestMs = this.mempool.oldestMs;
    if (oldestMs === this.#demandMs) return undefined;
    this.#demandMs = oldestMs;
    return { kind: 'demand', oldestMs };
  }

  /** An honest machine never throws, whatever its peers send. A liar may trip over its own lies. */
  #broke(cause: unknown, during: string): void {
    if (!this.honest) return this.crash();
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new Violation('invariant', `replica ${this.id} threw on ${during}: ${reason}`, { cause });
  }

  #apply(out: Effects<M, R>): void {
    for (const effect of out) {
      if (this.machine === undefined) return;
      if (this.tripwire?.(effect, undefined)) return this.crash();
      this.#handle(effect);
    }
  }

  #handle(effect: Effect<M, R>): void {
    switch (effect.kind) {
      case 'persist':
        return this.#persist(effect.record, effect.lazy);
      case 'send': {
        if (effect.afterPersist) this.disk.bind();
        if (effect.afterPersist) this.#flush();
        if (this.honest) for (const o of this.#world.hooks.sent) o.sent!(this.id, effect.message, effect.to);
        const signed = sign(this.config.self, effect.message);
        return effect.to === undefined ? this.#broadcast(effect, signed) : this.#post(effect.to, signed);
      }
      case 'attest': {
        const signed = sign(this.config.self, effect.message);
        this.#persist(this.#world.protocol.attestedRecord(signed));
        this.#flush();
        if (this.honest) for (const o of this.#world.hooks.attested) o.attested!(this.id, signed);
        this.#events.push({ kind: 'message', attested: signed });
        return effect.unsent === true ? undefined : this.#broadcast(effect, signed);
      }
      case 'forward':
        this.#flush();
        if (effect.to === undefined) return this.#broadcast(effect, effect.attested);
        return this.#post(effect.to, effect.attested);
      case 'timer':
        return this.#setTimer(effect.timer, effect.delayMs);
      case 'cancel':
        return this.#cancelTimer(effect.timer);
      case 'deliver':
        return this.#deliver(effect.sequence, effect.view, effect.batch);
      case 'stable':
        return this.#stable(effect.sequence, effect.digest, effect.certificate);
      case 'diverged':
        this.#goesBackFor = effect.sequence;
        return;
      case 'transfer':
        this.#transfer = { sequence: effect.sequence, digest: effect.digest };
        return this.#ask();
      case 'relay':
        return this.#relay(effect.to);
      case 'pending':
        for (const transaction of effect.batch.transactions)
          this.mempool.pending(this.#world.clients.idOf(transaction));
        return;
      case 'view':
        if (effect.active) this.mempool.forgetProposals();
        if (this.honest)
          for (const o of this.#world.hooks.viewChanged) o.viewChanged!(this.id, effect.view, effect.active);
        return;
      case 'reject':
      case 'evidence':
        return;
    }
  }

  #persist(record: R, lazy = false): void {
    this.disk.append(record, lazy);
    if (this.honest) for (const observer of this.#world.hooks.persisted) observer.persisted!(this.id, record);
  }

  /** What anything rests on is safe from here on; until the disk is done, the replica does nothing else. */
  #flush(): void {
    const { host, disk } = this;
    if (host.flushMs > 0 && disk.dirty) {
      const { nowMs } = this.#world.scheduler;
      host.pause(Math.max(nowMs, host.busyUntilMs), host.flushMs);
    }
    disk.flush();
  }

  #broadcast(effect: Effect<M, R>, signed: Attested<M>): void {
    for (let to = 0; to < this.config.n; to++) {
      if (to === this.config.self) continue;
      if (this.tripwire?.(effect, to)) return this.crash();
      this.#post(to, signed);
    }
  }

  #post(to: ReplicaId, signed: Attested<M>): void {
    // Its key is good for its number in this epoch alone.
    if (!this.honest && this.set !== undefined && signed.from === this.config.self) {
      if ((signed.message as { epoch?: Epoch }).epoch !== this.set.epoch) return;
    }
    const address = this.#addressOf(to);
    this.#world.trace.sent(this.id, address, signed);
    this.#transmit(address, TAG.message, signed);
  }

  /** Where the replica of this number is, and the number of the one that is there. */
  #addressOf(replica: ReplicaId): number {
    return this.set === undefined ? replica : (this.set.members[replica]?.id ?? this.id);
  }

  #placeOf(address: number): ReplicaId {
    return this.set === undefined ? address : seatOf(this.set, address);
  }

  /** Leaves once the disk is done. */
  #transmit(to: number, tag: number, payload: unknown): void {
    const { network, ports, scheduler } = this.#world;
    const waitMs = this.host.flushMs > 0 ? Math.max(0, this.host.busyUntilMs - scheduler.nowMs) : 0;
    for (const port of ports[to]!) network.send(this.port, port, tag, payload, waitMs);
  }

  #setTimer(name: string, delayMs: number): void {
    this.#cancelTimer(name);
    const timer: Timer = { name, live: true };
    this.#timers.set(name, timer);
    this.#world.scheduler.schedule(delayMs / this.host.rate, this, TAG.timer, timer);
  }

  #cancelTimer(name: string): void {
    const timer = this.#timers.get(name);
    if (timer === undefined) return;
    timer.live = false;
    this.#timers.delete(name);
  }

  #deliver(sequence: Sequence, view: View, batch: Batch): void {
    if (this.#lacking !== undefined) {
      this.#held.set(sequence, { view, batch });
      return;
    }
    const coming = this.#coming;
    // Past its last checkpoint an epoch has no slots, whatever its machine believes.
    if (coming !== undefined && sequence > coming.since) return;
    // After a restart the log's slots come again, from its last certified checkpoint on; the snapshot may be newer.
    if (sequence <= this.ledger.tip.sequence) {
      const done = this.ledger.at(sequence);
      if (done?.batch.digest === batch.digest || !this.honest) return;
      throw new Violation('delivery', `replica ${this.id} delivered slot ${sequence} twice, differently`);
    }
    if (sequence !== this.ledger.tip.sequence + 1) {
      if (!this.honest) return;
      throw new Violation(
        'delivery',
        `replica ${this.id} delivered ${sequence} after ${this.ledger.tip.sequence}`,
      );
    }
    this.ledger.apply(sequence, batch);
    for (const transaction of batch.transactions) this.mempool.remove(this.#world.clients.idOf(transaction));
    const { digest, meant = digest } = this.ledger.tip;
    this.#world.trace.executed(this.id, sequence, digest);
    if (this.honest) {
      // A flipped bit is nobody's mistake: that it is noticed in time is for `StateChecker`.
      for (const o of this.#world.hooks.executed) o.executed!(this.id, sequence, view, batch, meant);
    }
    const change = this.#coming;
    if (change !== undefined && coming === undefined)
      this.#events.push({ kind: 'boundary', sequence: change.since });
    if (sequence % this.config.checkpointInterval === 0) {
      this.#pending.set(sequence, this.ledger.tip);
      this.#events.push({ kind: 'checkpoint', sequence, digest });
      if (change?.since === sequence && this.#world.parts.ends('executed')) this.#end(this.ledger.tip, []);
    }
  }

  /** The set after this epoch's, where its change is executed. */
  get #coming(): ValidatorSet | undefined {
    const set = this.ledger.tip.sets?.membership.pending?.set;
    return set !== undefined && set.epoch > this.set!.epoch ? set : undefined;
  }

  /** What certifies a state is in the log before the state is on the disk. */
  #save(state: LedgerEntry): void {
    this.disk.bind();
    this.#flush();
    this.disk.save(state);
  }

  /** Execution does not wait for a slow disk: until it is done, a crash leaves an older state than the log's certificate. */
  #saveLater(state: LedgerEntry): void {
    if (this.host.saveMs === 0 && this.#unsaved.length === 0) return this.#save(state);
    this.#unsaved.push(state);
    this.#world.scheduler.schedule(this.host.saveMs, this, TAG.saved, state);
  }

  #saved(state: LedgerEntry): void {
    const at = this.#unsaved.indexOf(state);
    if (at < 0) return;
    this.#unsaved.splice(0, at + 1);
    this.#save(state);
  }

  #stable(sequence: Sequence, digest: Digest, votes: readonly Attested<M>[]): void {
    const state = this.#pending.get(sequence) ?? (sequence > 0 ? this.ledger.at(sequence) : undefined);
    if (state !== undefined && state.digest === digest) this.#saveLater(state);
    this.#compact = this.#random.chance(COMPACT_CHANCE);
    for (const older of this.#pending.keys()) if (older <= sequence) this.#pending.delete(older);
    if (this.honest)
      for (const observer of this.#world.hooks.stable) observer.stable!(this.id, sequence, digest);
    if (state !== undefined && this.#coming?.since === sequence && this.#world.parts.ends('certified'))
      this.#end(state, votes);
  }

  /** Executed differently than q others: goes back to the last certified checkpoint, once. */
  #rollBack(): void {
    const sequence = this.#goesBackFor;
    this.#goesBackFor = -1;
    if (!this.honest || this.machine === undefined) return;
    if (this.#divergedAt >= sequence)
      throw new Violation('divergence', `replica ${this.id} comes to another state at ${sequence} again`);
    this.#divergedAt = sequence;
    this.ledger.restore(this.ledger.at(this.machine!.status().lowWatermark) ?? this.#world.genesis);
    this.#pending.clear();
    // Checkpoints under way are dropped, and the machine hears of it before anything else.
    const others = this.#events.filter(({ kind }) => kind !== 'checkpoint');
    this.#events.splice(0, this.#events.length, { kind: 'rolled-back' }, ...others);
  }

  /** Asks some other replica for the state that we need; again, with another one, until an answer holds. */
  #ask(): void {
    const wanted = this.#transfer!;
    let to = this.#random.below(this.config.n - 1);
    if (to >= this.config.self) to++;
    const query: StateQuery = { from: this.id, ...wanted };
    this.#transmit(this.#addressOf(to), TAG.stateRequest, query);
    this.#world.scheduler.schedule(this.#world.transferRetryMs, this, TAG.transferRetry, wanted);
  }

  #serve(query: StateQuery): void {
    const kept = [...this.disk.snapshots, ...this.#unsaved].find((one) => one.sequence === query.sequence);
    if (kept?.digest !== query.digest) return;
    this.#transmit(query.from, TAG.stateReply, this.corrupt === undefined ? kept : this.corrupt(kept));
  }

  #install(state: LedgerEntry): void {
    const wanted = this.#transfer;
    // The digest that q replicas signed is what proves a state, whoever gave it.
    if (wanted === undefined || state.sequence !== wanted.sequence || state.digest !== wanted.digest) return;
    if (!authentic(state)) return;
    this.#transfer = undefined;
    // As the production driver: what we executed above our last stable checkpoint may be wrong.
    if (this.#lacking === undefined && state.sequence <= this.machine!.status().lowWatermark) return;
    this.ledger.restore(state);
    this.#save(state);
    for (const id of this.ledger.executed) this.mempool.remove(id);
    const lacking = this.#lacking;
    this.#lacking = undefined;
    // Before the machine knows of this checkpoint: from it on the window may reach past the epoch's last one.
    const coming = this.#coming;
    if (coming !== undefined) this.#events.push({ kind: 'boundary', sequence: coming.since });
    if (lacking === state.sequence) return this.#executeHeld(lacking);
    this.#held.clear();
    this.feed({ kind: 'installed', sequence: state.sequence, digest: state.digest });
  }

  #relay(to: ReplicaId): void {
    const transactions = this.mempool.relayable(MAX_RELAYED);
    if (transactions.length > 0) this.#transmit(this.#addressOf(to), TAG.submission, transactions);
  }

  // ---------------------------------------------------------------------------------------- where sets change

  /** As the production driver does: a log of an epoch that has ended is replayed, since it may lead to that end. */
  #startEpochs(state: LedgerEntry, records: readonly R[], { latest }: EpochChain): void {
    const { current } = state.sets!.membership;
    const { logEpoch } = this.disk;
    const set = latest.epoch <= current.epoch || logEpoch === current.epoch ? current : latest;
    this.#begin(set, logEpoch === set.epoch ? records : []);
    this.#due = true;
    this.#turnOver();
  }

  /** Enters an epoch: from our state where it is of that epoch, else from the checkpoint that proves it. */
  #begin(set: ValidatorSet, records: readonly R[]): void {
    for (const timer of this.#timers.values()) timer.live = false;
    this.#timers.clear();
    this.#events.length = 0;
    this.#held.clear();
    this.#pending.clear();
    this.#transfer = undefined;
    this.#demandMs = -1;
    this.mempool.forgetProposals();
    this.#lacking = undefined;
    this.set = set;
    this.machine = undefined;
    const { tip } = this.ledger;
    const { current, pending } = tip.sets!.membership;
    const own = current.epoch === set.epoch;
    const base = own ? tip : this.#epochs!.proofOf(set.epoch)!.state;
    const self = seatOf(set, this.id);
    this.standby = self < 0;
    if (this.standby) return this.#poll();
    this.#lacking = own || tip.digest === base.digest ? undefined : base.sequence;
    if (this.disk.logEpoch !== set.epoch) {
      this.disk.replace([]);
      this.disk.logEpoch = set.epoch;
    }
    const n = set.members.length;
    const boundary = own ? pending?.set.since : undefined;
    this.config = {
      ...this.config,
      self,
      n,
      epoch: set.epoch,
      base: set.since,
      restoredSequence: base.sequence,
      restoredDigest: base.digest,
    };
    this.#world.trace.note(
      `${this.id} is replica ${self} of ${set.members.map(({ id }) => id)} in epoch ${set.epoch}`,
    );
    const begin = this.#epochs!.proofOf(set.epoch)?.state ?? this.#world.genesis;
    if (this.honest) for (const o of this.#world.hooks.entered) o.entered!(this.id, set, begin.digest);
    this.#create(
      boundary === undefined ? this.config : { ...this.config, boundary },
      this.#wrapAt?.(self, n),
      records,
    );
    if (this.#lacking === undefined || this.#transfer !== undefined || !this.up) return;
    this.#transfer = { sequence: base.sequence, digest: base.digest };
    this.#ask();
  }

  /** The last checkpoint of this epoch: its set is provable from now on. */
  #end(state: LedgerEntry, votes: readonly Attested<M>[]): void {
    this.#epochs!.keep({ state, votes });
    this.#due = true;
  }

  #turnOver(): void {
    if (this.#running) return;
    while (this.#due && (this.up || this.standby)) {
      this.#due = false;
      this.#advance(this.#epochs!);
    }
  }

  /** Goes on to the latest epoch that is proven: at once with its first state, else when waiting for it has no point. */
  #advance(epochs: EpochChain): void {
    const left = this.set!;
    const { latest } = epochs;
    if (latest.epoch <= left.epoch) return;
    const { state } = epochs.proofOf(latest.epoch)!;
    const { tip } = this.ledger;
    const arrived = tip.digest === state.digest;
    const coming = latest.epoch === left.epoch + 1 && !this.standby && tip.sequence < state.sequence;
    if (!arrived && coming && this.#grace !== 'over') {
      if (this.#grace === 'none') this.#world.scheduler.schedule(EPOCH_GRACE_MS, this, TAG.epochGrace, left);
      this.#grace = 'running';
      return;
    }
    this.#grace = 'none';
    if (arrived) this.#save(tip);
    this.#begin(latest, []);
    const told = new Set([...left.members, ...latest.members].map(({ id }) => id));
    for (const address of told) this.#tell(address, left.epoch);
  }

  #tell(address: number, above: Epoch): void {
    const proofs = this.#epochs!.after(above);
    if (address !== this.id && proofs.length > 0) this.#transmit(address, TAG.epochProofs, proofs);
  }

  /** A message of another epoch than ours: one of the two of us lacks something. */
  #otherEpoch({ from, message }: Attested<M>): void {
    const { epoch } = message as { epoch?: Epoch };
    if (epoch === undefined) return;
    if (epoch > this.set!.epoch) return this.#askForEpochs();
    const address = this.#epochs!.setOf(epoch)?.members[from]?.id;
    const { nowMs } = this.#world.scheduler;
    if (address === undefined || nowMs - (this.#answeredMs.get(address) ?? -EPOCH_PAUSE_MS) < EPOCH_PAUSE_MS)
      return;
    this.#answeredMs.set(address, nowMs);
    this.#tell(address, epoch);
  }

  #askForEpochs(): void {
    const { nowMs } = this.#world.scheduler;
    if (nowMs - this.#askedMs < EPOCH_PAUSE_MS) return;
    this.#askedMs = nowMs;
    const address = this.#random.below(this.#world.ports.length);
    const question: EpochQuestion = { from: this.id, above: this.#epochs!.latest.epoch };
    if (address !== this.id) this.#transmit(address, TAG.epochQuestion, question);
  }

  /** Whoever is in no set hears of none by itself. */
  #poll(): void {
    this.#askForEpochs();
    this.#world.scheduler.schedule(2 * EPOCH_PAUSE_MS, this, TAG.epochPoll, this.set);
  }

  #takeEpochs(tag: number, payload: unknown): void {
    if (!this.up && !this.standby) return;
    switch (tag) {
      case TAG.epochQuestion: {
        const { from, above } = payload as EpochQuestion;
        return this.#tell(from, above);
      }
      case TAG.epochProofs:
        for (const proof of payload as readonly EpochProof[]) if (this.#epochs!.add(proof)) this.#due = true;
        return this.#turnOver();
      case TAG.epochGrace:
        if (payload !== this.set || this.#grace !== 'running') return;
        this.#grace = 'over';
        this.#due = true;
        return this.#turnOver();
      default:
        if (this.standby && payload === this.set) this.#poll();
    }
  }

  /** What the machine delivered while there was no state to execute it on. */
  #executeHeld(base: Sequence): void {
    const held = [...this.#held].sort((a, b) => a[0] - b[0]).filter(([sequence]) => sequence > base);
    this.#held.clear();
    for (const [sequence, { view, batch }] of held) this.#deliver(sequence, view, batch);
    if (!this.#running) this.#run();
  }
}
