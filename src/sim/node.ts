/**
 * One simulated replica: drives a machine as the production driver does, with virtual time for the clock, tokens for
 * signatures, and an array for the vote log. It runs over 150 lines because the effects have to be handled in one
 * place, in order, with a possible crash between any two.
 */

import type { Batch } from '../core/batch.ts';
import type { Digest, ReplicaId, Sequence, View } from '../core/ids.ts';
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
import type { SeededRandom } from '../core/random.ts';
import type { Disk } from './disk.ts';
import { Host } from './host.ts';
import { authentic, GENESIS, type Ledger, type LedgerEntry } from './ledger.ts';
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
  /** False: checkers do not look at it. Default: whether it is not wrapped. */
  readonly honest?: boolean;
}

interface Timer {
  readonly name: string;
  live: boolean;
}

interface StateQuery {
  readonly from: ReplicaId;
  readonly sequence: Sequence;
  readonly digest: Digest;
}

/** A relayed mempool is bounded, as every answer to a peer is. */
const MAX_RELAYED = 1024;

/** The driver compacts its log by size; here after some checkpoints and not after others, so that runs see both. */
const COMPACT_CHANCE = 0.5;

export class SimNode<M extends AnyMessage, R extends AnyMessage> implements Fireable {
  readonly id: ReplicaId;
  readonly port: number;
  readonly config: MachineConfig;
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
  /** The log is due to be replaced by what still matters of it. */
  #compact = false;

  constructor(
    world: World<M, R>,
    config: MachineConfig,
    random: SeededRandom,
    { port, wrap, honest = wrap === undefined }: Placement<M, R>,
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
  }

  get up(): boolean {
    return this.machine !== undefined;
  }

  /** Whether a query that comes now would be answered from this state as if it were ordered. */
  get readable(): boolean {
    if (this.host.busyUntilMs > this.#world.scheduler.nowMs) return false;
    return this.machine?.readable?.(this.#nowMs) ?? false;
  }

  /** Starts, or starts again: the machine reads its log, the state comes from the newest snapshot. */
  start(): void {
    if (this.machine !== undefined || this.retired) return;
    const records = this.disk.open();
    if (records === undefined) return this.#retire();
    const state = this.disk.snapshots.at(-1) ?? GENESIS;
    this.ledger.restore(state);
    const config = { ...this.config, restoredSequence: state.sequence, restoredDigest: state.digest };
    const out: Effects<M, R> = [];
    try {
      const machine = this.#world.protocol.create(config, records, this.#nowMs, out);
      this.machine = this.#wrap === undefined ? machine : this.#wrap(machine);
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
    this.#divergedAt = -1;
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
        return this.feed({ kind: 'connected', peer: payload as ReplicaId });
      case TAG.disconnected:
        return this.feed({ kind: 'disconnected', peer: payload as ReplicaId });
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
    if (attested.from === this.id) return;
    if (!this.machine!.relevant(attested.message, attested.from)) {
      this.skipped++;
      return;
    }
    if (!this.#world.verifier.verify(attested, this.machine!) || !this.#genuine(attested.message)) {
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
      if (this.honest) for (const observer of this.#world.hooks.stepped) observer.stepped!(this.id, machine);
    }
    this.#flush();
    this.#running = false;
    if (this.#compact && this.machine !== undefined) {
      this.#compact = false;
      this.disk.replace(this.machine.liveRecords());
    }
  }

  /** What the driver brings up by itself once all events are handled: a proposal, or news of what waits. */
  #initiative(): MachineEvent<M> | undefined {
    const machine = this.machine!;
    if (
      this.mempool.unproposed > 0 &&
      machine.proposable() &&
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
        return this.#persist(effect.record);
      case 'send': {
        if (effect.afterPersist) this.#flush();
        if (this.honest) for (const o of this.#world.hooks.sent) o.sent!(this.id, effect.message, effect.to);
        const signed = sign(this.id, effect.message);
        return effect.to === undefined ? this.#broadcast(effect, signed) : this.#post(effect.to, signed);
      }
      case 'attest': {
        const signed = sign(this.id, effect.message);
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
        return this.#stable(effect.sequence, effect.digest);
      case 'diverged':
        return this.#rollBack(effect.sequence);
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

  #persist(record: R): void {
    this.disk.append(record);
    if (this.honest) for (const observer of this.#world.hooks.persisted) observer.persisted!(this.id, record);
  }

  /** What was appended is safe from here on; until the disk is done, the replica does nothing else. */
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
      if (to === this.id) continue;
      if (this.tripwire?.(effect, to)) return this.crash();
      this.#post(to, signed);
    }
  }

  #post(to: ReplicaId, signed: Attested<M>): void {
    this.#world.trace.sent(this.id, to, signed);
    this.#transmit(to, TAG.message, signed);
  }

  /** Leaves once the disk is done. */
  #transmit(to: ReplicaId, tag: number, payload: unknown): void {
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
    const { digest } = this.ledger.tip;
    this.#world.trace.executed(this.id, sequence, digest);
    if (this.honest) {
      for (const o of this.#world.hooks.executed) o.executed!(this.id, sequence, view, batch, digest);
    }
    if (sequence % this.config.checkpointInterval === 0) {
      this.#pending.set(sequence, this.ledger.tip);
      this.#events.push({ kind: 'checkpoint', sequence, digest });
    }
  }

  #stable(sequence: Sequence, digest: Digest): void {
    const state = this.#pending.get(sequence) ?? (sequence > 0 ? this.ledger.at(sequence) : undefined);
    if (state !== undefined && state.digest === digest) this.disk.save(state);
    this.#compact = this.#random.chance(COMPACT_CHANCE);
    for (const older of this.#pending.keys()) if (older <= sequence) this.#pending.delete(older);
    if (this.honest)
      for (const observer of this.#world.hooks.stable) observer.stable!(this.id, sequence, digest);
  }

  /** Executed differently than q others: goes back to the last certified checkpoint, once. */
  #rollBack(sequence: Sequence): void {
    if (!this.honest) return;
    if (this.#divergedAt >= sequence)
      throw new Violation('divergence', `replica ${this.id} comes to another state at ${sequence} again`);
    this.#divergedAt = sequence;
    this.ledger.restore(this.ledger.at(this.machine!.status().lowWatermark) ?? GENESIS);
    this.#pending.clear();
    this.#events.push({ kind: 'rolled-back' });
  }

  /** Asks some other replica for the state that we need; again, with another one, until an answer holds. */
  #ask(): void {
    const wanted = this.#transfer!;
    let to = this.#random.below(this.config.n - 1);
    if (to >= this.id) to++;
    const query: StateQuery = { from: this.id, ...wanted };
    this.#transmit(to, TAG.stateRequest, query);
    this.#world.scheduler.schedule(this.#world.transferRetryMs, this, TAG.transferRetry, wanted);
  }

  #serve(query: StateQuery): void {
    const kept = this.disk.snapshots.find((entry) => entry.sequence === query.sequence);
    if (kept?.digest !== query.digest) return;
    this.#transmit(query.from, TAG.stateReply, this.corrupt === undefined ? kept : this.corrupt(kept));
  }

  #install(state: LedgerEntry): void {
    const wanted = this.#transfer;
    // The digest that q replicas signed is what proves a state, whoever gave it.
    if (wanted === undefined || state.sequence !== wanted.sequence || state.digest !== wanted.digest) return;
    if (!authentic(state)) return;
    this.#transfer = undefined;
    if (state.sequence <= this.ledger.tip.sequence) return;
    this.ledger.restore(state);
    this.disk.save(state);
    for (const id of this.ledger.executed) this.mempool.remove(id);
    this.feed({ kind: 'installed', sequence: state.sequence, digest: state.digest });
  }

  #relay(to: ReplicaId): void {
    const transactions = this.mempool.contents(MAX_RELAYED);
    if (transactions.length > 0) this.#transmit(to, TAG.submission, transactions);
  }
}
