/**
 * The driver: one replica of any protocol. It feeds the pure machine with checked events, carries out its effects
 * in order, and owns everything that the machine must not touch: clock, sockets, disk, keys, application.
 *
 * Longer than most files: it is the one place where effects become deeds, and reads best in one piece.
 */

import type { MapSnapshot } from '../apps/authenticated-map.ts';
import { createMessageCodec, type MessageCodec } from '../codec/message-codec.ts';
import { createRecordCodec, type RecordCodec } from '../codec/record-codec.ts';
import { encodeValue } from '../codec/value.ts';
import type { Batch } from '../core/batch.ts';
import { LockstepError, type RejectionCode } from '../core/errors.ts';
import type { Digest, ReplicaId, Sequence } from '../core/ids.ts';
import { MAX_PEER_BACKLOG_BYTES } from '../core/limits.ts';
import type {
  AnyMessage,
  Attested,
  Effect,
  Effects,
  Machine,
  MachineConfig,
  MachineEvent,
  MachineStatus,
} from '../core/machine.ts';
import { NO_STOPWATCH, type Stopwatch } from '../core/stopwatch.ts';
import type { ClientSession } from '../transport/interface.ts';
import { createBatchDigests } from './batch-digest.ts';
import { Execution, signed } from './execution.ts';
import { createExecutor } from './executor.ts';
import { Inbound } from './inbound.ts';
import { Intake } from './intake.ts';
import { Mempool } from './mempool.ts';
import { Outbox } from './outbox.ts';
import type { ReplicaOptions } from './ports.ts';
import type { HeldStates } from './proof.ts';
import { Proposer } from './proposer.ts';
import { STATE_PIECES_ITEM, STATE_REQUEST_ITEM } from './state-items.ts';
import { StateServer } from './state-server.ts';
import { StateTransfer, type Target, type TransferStatus } from './state-transfer.ts';
import { Waiters } from './waiters.ts';
import type { Evidence } from './watch/evidence.ts';
import { EXHIBIT_ITEM, Watch } from './watch/watch.ts';

type AnyMachine = Machine<AnyMessage, AnyMessage>;
type AnyEffect = Effect<AnyMessage, AnyMessage>;

/** The item `[1, [transaction, …]]`: a backup passes on what the primary may have been left out of. */
const RELAY_ITEM = 1;

/** Transactions relayed at once: the oldest, enough to show whether the primary orders what it is given. */
const RELAY_TRANSACTIONS = 256;

/** How long a full disk is left alone before it is tried again, ms. */
const DISK_RETRY_MS = 250;

/** How often the log is looked after, ms: how far its witness may lag behind. */
const TEND_MS = 100;

/** Bytes that may wait for a sync of the log before nothing more is taken in: a disk that stands still. */
const MAX_HELD_BYTES = MAX_PEER_BACKLOG_BYTES;

/** Between two lines of progress of a state transfer, ms. */
const PROGRESS_MS = 1_000;

const UNSIGNED = new Uint8Array(0);

export interface ReplicaStatus extends MachineStatus {
  /** The last executed slot and its ledger header. */
  readonly sequence: Sequence;
  readonly header: Digest;
  /** Its time, in ms since 1970. */
  readonly timeMs: number;
  /** The last checkpoint made here: its sequence, what was signed for it, and its state hash. */
  readonly checkpoint: { readonly sequence: Sequence; readonly digest: Digest; readonly stateHash: Digest };
  readonly mempool: { readonly transactions: number; readonly bytes: number };
  readonly evidence: number;
  /** Why this replica says nothing at present, where it does not. */
  readonly paused: string | undefined;
  /** The state transfer under way, if there is one. */
  readonly transfer: TransferStatus | undefined;
}

export class Replica {
  private readonly o: ReplicaOptions;
  private readonly codec: MessageCodec;
  private readonly recordCodec: RecordCodec;
  private readonly mempool: Mempool;
  private readonly waiters = new Waiters();
  private readonly outbox: Outbox;
  private readonly inbound: Inbound;
  private readonly intake: Intake;
  private readonly execution: Execution;
  private readonly proposer: Proposer;
  private readonly transfer: StateTransfer;
  private readonly server: StateServer;
  private readonly stopwatch: Stopwatch;
  private readonly timers = new Map<string, () => void>();
  private watch!: Watch;

  /** What a client that asks for the status is told; whoever wires the replica may say more. */
  describe: () => unknown = () => this.status();

  private machine!: AnyMachine;
  private readonly events: MachineEvent<AnyMessage>[] = [];
  private readonly out: Effects<AnyMessage, AnyMessage> = [];
  private draining = false;
  private turnEnds = false;
  private stopped = false;
  /** Why nothing can be written at present. */
  private paused: string | undefined;
  private historyFull: string | undefined;
  /** Why the state is being rolled back, while it is. */
  private rollingBack: string | undefined;
  /** Where it was rolled back for, until a checkpoint shows that it helped. */
  private healingAt: Sequence | undefined;

  constructor(options: ReplicaOptions) {
    this.o = options;
    this.stopwatch = options.stopwatch ?? NO_STOPWATCH;
    const { stopwatch } = this;
    const { chain, hasher, app, clock, telemetry, verifier, authenticator, protocol } = options;
    const { parameters: limits, validators } = chain.genesis;
    const n = validators.length;
    const digests = createBatchDigests(hasher);
    const codecOptions = { n, batchDigest: digests.batchDigest, limits };
    this.codec = createMessageCodec(protocol.messages, codecOptions);
    this.recordCodec = createRecordCodec(protocol.records, this.codec, codecOptions);

    const executor = createExecutor({ chain, hasher, app, digests });
    this.mempool = new Mempool({
      maxTransactions: options.limits.mempoolTransactions,
      maxBytes: options.limits.mempoolBytes,
    });
    this.outbox = new Outbox(options.transport, options.voteLog);
    options.voteLog.onDurable = (error) => this.durable(error);
    const wake = () => this.endTurn();
    options.store.onFailure = (error) => this.fail(error);
    options.store.onFull = (error) => this.storeFull(error);
    this.execution = new Execution({
      chain,
      executor,
      digests,
      mempool: this.mempool,
      waiters: this.waiters,
      outbox: this.outbox,
      snapshots: options.snapshots,
      store: options.store,
      clock,
      telemetry,
      onCheckpoint: ({ sequence, digest }) => this.event({ kind: 'checkpoint', sequence, digest }),
    });
    this.intake = new Intake({
      chain,
      hasher,
      app,
      executor,
      mempool: this.mempool,
      waiters: this.waiters,
      verifier,
      outbox: this.outbox,
      clock,
      telemetry,
      stopwatch,
      status: () => this.describe(),
      lease: () => this.lease(),
      advises: () => protocol.byzantine || this.isPrimary,
      wake,
    });
    this.watch = this.makeWatch(options.self, n);
    this.inbound = new Inbound({
      self: options.self,
      watch: this.watch,
      codec: this.codec,
      authenticator,
      verifier,
      telemetry,
      stopwatch,
      machine: () => this.machine,
      other: (from, item) => this.otherItem(from, item),
      inspect: (batch) => this.proposer.inspect(batch),
      deliver: (attested) => this.event({ kind: 'message', attested }),
    });
    this.proposer = new Proposer({
      limits,
      pipelineDepth: options.limits.pipelineDepth,
      mempool: this.mempool,
      intake: this.intake,
      digests,
      clock,
      executor,
    });
    this.transfer = new StateTransfer({
      self: options.self,
      n,
      clock,
      send: (to, item) => {
        this.outbox.send(to, item);
        this.endTurn();
      },
      hasher,
      telemetry,
      roots: (sequence, meta, digest) => executor.sectionRoots(sequence, meta, digest),
      present: () => executor.present(),
      kept: () => options.snapshots.parts(),
      keep: (part) => options.snapshots.keepPart(part),
      wanted: (sequence) => sequence > this.machine.status().lowWatermark,
      install: (target, meta, sections) => this.install(target, meta, sections),
      onFalse: (validator) =>
        options.log.warn('a validator gave a piece of a state that does not hold: asking others', {
          validator,
        }),
      onProgress: (status) => this.progress(status),
    });
    this.server = new StateServer({
      n,
      clock,
      telemetry,
      send: (to, item) => {
        this.outbox.sendBulk(to, item);
        this.endTurn();
      },
      backlog: (to) => options.transport.stats().peers[to] ?? 0,
      checkpoint: (sequence) => this.execution.serve(sequence),
    });
  }

  private makeWatch(self: ReplicaId, n: number): Watch {
    const { authenticator, clock, protocol, verifier } = this.o;
    return new Watch({
      self,
      n,
      clock,
      codec: this.codec,
      contradicts: (first, second) => protocol.contradiction?.(first, second),
      claims: ({ from, envelope }, { signed }) =>
        authenticator.claims(from, envelope.body, envelope.signature, signed === 'always'),
      holds: (claim) => verifier.verifySync(claim),
      broadcast: (item) => {
        this.outbox.send(undefined, item);
        this.endTurn();
      },
      compare: (attested) => this.event({ kind: 'exhibit', attested }),
      onEvidence: (evidence) => this.keep(evidence),
    });
  }

  /** Restores what the disk holds and starts the machine. Throws `snapshot-damaged`, `log-damaged`. */
  start(): void {
    const { chain, clock, protocol, self } = this.o;
    const { parameters, validators } = chain.genesis;
    const restored = this.execution.restore();
    const config: MachineConfig = {
      self,
      n: validators.length,
      epoch: 0,
      checkpointInterval: parameters.checkpointInterval,
      window: parameters.window,
      restoredSequence: restored.sequence,
      restoredDigest: restored.digest,
      connected: this.o.transport.stats().peers.map((backlog) => backlog >= 0),
      fastPath: parameters.fastPath,
      timeoutFloorMs: parameters.viewChangeTimeoutMs,
      timeoutCeilingMs: parameters.viewChangeTimeoutMaxMs,
      timeoutGrowth: parameters.viewChangeTimeoutGrowth,
      parameters: chain.genesis.protocolParameters ?? {},
    };
    this.draining = true;
    this.machine = protocol.create(config, this.records(), clock.nowMs(), this.out);
    this.carryOut();
    this.draining = false;
    this.drain();
    this.endTurn();
    this.tend();
  }

  private *records(): Generator<AnyMessage> {
    let index = 0;
    for (const bytes of this.o.records) {
      const record = this.recordCodec.decodeRecord(bytes);
      if (typeof record === 'string') {
        throw new LockstepError(
          'log-damaged',
          `record ${index} of the vote log is not one of ours (${record})`,
        );
      }
      index++;
      yield record;
    }
  }

  stop(): void {
    this.stopped = true;
    for (const cancel of this.timers.values()) cancel();
    this.timers.clear();
    this.transfer.stop();
    this.server.stop();
    this.execution.stop();
  }

  // ------------------------------------------------------------------------------- from outside

  /** The transport did not take what this peer sent. */
  peerRejected(from: ReplicaId, code: RejectionCode): void {
    this.watch.rejected(from, code);
  }

  peerFrame(from: ReplicaId, items: readonly unknown[]): void {
    if (this.closed) this.o.telemetry.rejections.add('overloaded');
    else this.inbound.frame(from, items);
  }

  peerUp(peer: ReplicaId): void {
    if (this.still === undefined) this.event({ kind: 'connected', peer });
    else this.o.clock.after(DISK_RETRY_MS, () => this.peerUp(peer));
  }

  peerDown(peer: ReplicaId): void {
    this.event({ kind: 'disconnected', peer });
  }

  clientFrame(session: ClientSession, items: readonly unknown[]): void {
    if (this.closed) this.o.telemetry.rejections.add('overloaded');
    else this.intake.clientFrame(session, items);
  }

  /** Puts a signed transaction into this replica's mempool, as a client's would be. */
  submit(transaction: Uint8Array): void {
    this.intake.submit([transaction]);
  }

  get isPrimary(): boolean {
    const { primary, active } = this.machine.status();
    return active && primary === this.o.self;
  }

  private lease(): { readable: boolean; leader: ReplicaId | undefined } {
    const { active, primary, delivered } = this.machine.status();
    const readable = this.machine.readable?.(this.o.clock.nowMs()) ?? false;
    // What is delivered and not executed yet would be missing from the answer.
    const executed = this.execution.status().sequence >= delivered;
    return { readable: readable && executed, leader: active ? primary : undefined };
  }

  /** States that entries can be proven from. */
  heldStates(): HeldStates {
    return this.execution.held();
  }

  evidenceList(): readonly Evidence[] {
    return this.watch.evidence();
  }

  status(): ReplicaStatus {
    return {
      ...this.machine.status(),
      ...this.execution.status(),
      mempool: { transactions: this.mempool.size, bytes: this.mempool.bytes },
      evidence: this.watch.evidence().length,
      paused: this.still,
      transfer: this.transfer.status(),
    };
  }

  // ------------------------------------------------------------------------------- the machine

  private event(event: MachineEvent<AnyMessage>): void {
    if (this.stopped || (this.still !== undefined && event.kind === 'message')) return;
    this.events.push(event);
    if (!this.draining) this.drain();
    this.endTurn();
  }

  /** Steps the machine until no event is left; effects may bring new ones. */
  private drain(): void {
    this.draining = true;
    try {
      for (let event = this.events.shift(); event !== undefined; event = this.events.shift()) {
        this.machine.step(event, this.o.clock.nowMs(), this.out);
        this.carryOut();
      }
    } catch (error) {
      this.fail(error);
    } finally {
      this.draining = false;
    }
  }

  private carryOut(): void {
    for (let i = 0; i < this.out.length; i++) this.effect(this.out[i]!);
    this.out.length = 0;
  }

  /** Once per turn: propose, tell the machine who waits, flush the log, send. */
  private endTurn(): void {
    if (this.turnEnds || this.stopped) return;
    this.turnEnds = true;
    this.o.clock.endOfTurn(() => {
      this.turnEnds = false;
      if (this.stopped || this.still !== undefined) return;
      try {
        this.demand();
        this.propose();
        this.outbox.flush();
      } catch (error) {
        this.unwritten(error);
      }
    });
  }

  /** More of the log is durable, or nothing will be any more. */
  private durable(error: unknown): void {
    if (this.stopped) return;
    if (error !== undefined) return this.fail(error);
    this.outbox.release();
  }

  /**
   * The disk is full. What could not be written was not sent, and is still queued: the machine stands still until it is
   * written, and then goes on as if the disk had been slow.
   */
  private pause(error: LockstepError): void {
    const known = this.paused ?? this.historyFull;
    if (known === undefined) this.o.log.warn(`this validator does not vote: ${error.message}`);
    this.paused = error.message;
    this.o.clock.after(DISK_RETRY_MS, () => {
      if (this.stopped) return;
      try {
        this.outbox.flush();
        this.paused = undefined;
        this.roomAgain();
      } catch (failure) {
        this.unwritten(failure);
      }
    });
  }

  /**
   * The same of the history. Nothing that we promise is in it, but it must not fall behind for ever: what the vote log may
   * forget, the history must have.
   */
  private storeFull(error: unknown): void {
    if (this.stopped) return;
    const known = this.paused ?? this.historyFull;
    this.historyFull = error === undefined ? undefined : (error as Error).message;
    if (this.historyFull === undefined) this.roomAgain();
    else if (known === undefined) this.o.log.warn(`this validator does not vote: ${this.historyFull}`);
  }

  private roomAgain(): void {
    if (this.paused !== undefined || this.historyFull !== undefined) return;
    this.o.log.info('there is space on the disk again: this validator votes');
    this.endTurn();
  }

  /** Why nothing is said and nothing is heard at present, where that is so. */
  private get still(): string | undefined {
    return this.paused ?? this.historyFull ?? this.rollingBack;
  }

  /** Nothing is taken in while nothing can go out. */
  private get closed(): boolean {
    return this.stopped || this.still !== undefined || this.outbox.heldBytes > MAX_HELD_BYTES;
  }

  private propose(): void {
    const { machine, events } = this;
    for (;;) {
      const batch = machine.proposable() ? this.proposer.next(machine.status().inFlight) : undefined;
      if (batch === undefined && machine.drives?.() !== true) return;
      events.push(batch === undefined ? { kind: 'idle' } : { kind: 'propose', batch });
      this.drain();
    }
  }

  private lastDemandMs = -1;

  private demand(): void {
    const oldestMs = this.execution.demandSince();
    if (oldestMs === this.lastDemandMs) return;
    this.lastDemandMs = oldestMs;
    this.events.push({ kind: 'demand', oldestMs });
    this.drain();
  }

  /** The log was not written, at a moment when no step is half carried out. */
  private unwritten(error: unknown): void {
    if (error instanceof LockstepError && error.code === 'disk-full') this.pause(error);
    else this.fail(error);
  }

  /** What of the log may wait is done now and then. */
  private tend(): void {
    this.o.clock.after(TEND_MS, () => {
      if (this.stopped) return;
      try {
        this.o.voteLog.tend();
      } catch (error) {
        this.unwritten(error);
      }
      this.tend();
    });
  }

  private fail(error: unknown): void {
    this.stop();
    this.o.onFatal(error);
  }

  // ------------------------------------------------------------------------------------ effects

  private effect(effect: AnyEffect): void {
    const { telemetry, voteLog } = this.o;
    switch (effect.kind) {
      case 'persist':
        telemetry.logRecords++;
        voteLog.append(this.encodeRecord(effect.record));
        if (effect.lazy !== true) this.outbox.bind();
        return;
      case 'send':
        if (effect.afterPersist) this.outbox.bind();
        this.count(effect.message, effect.to);
        this.post(effect.to, this.encodeItem(this.sign(effect.message)));
        return;
      case 'attest':
        return this.attest(effect.message, effect.unsent === true);
      case 'forward':
        // To all it is an echo, which repeats nothing.
        if (effect.to === undefined) telemetry.echoes++;
        else telemetry.retransmissions++;
        this.post(effect.to, this.encodeItem(effect.attested));
        return;
      case 'timer':
        return this.setTimer(effect.timer, effect.delayMs);
      case 'cancel':
        this.timers.get(effect.timer)?.();
        this.timers.delete(effect.timer);
        return;
      case 'deliver':
        return this.execute(effect.sequence, effect.batch, effect.fast);
      case 'stable':
        telemetry.checkpoints++;
        return this.stable(effect.sequence, effect.digest, effect.certificate);
      case 'diverged':
        return this.diverged(effect.sequence, effect.own, effect.digest);
      case 'transfer':
        return this.fetchState(effect);
      case 'relay':
        return this.relay(effect.to);
      case 'pending':
        return this.proposer.pending(effect.batch);
      case 'view':
        return this.viewChanged(effect.view, effect.active);
      case 'reject':
        telemetry.rejections.add(effect.code);
        this.watch.rejected(effect.from, effect.code);
        return;
      case 'evidence':
        return this.watch.accuse(effect);
      case 'exhibit':
        return this.watch.show(effect.attested);
    }
  }

  private sign(message: AnyMessage): Attested {
    const { self, authenticator } = this.o;
    this.stopwatch.enter('codec');
    const body = this.codec.encodeBody(message, self);
    this.stopwatch.leave();
    this.stopwatch.enter('sign');
    const { signed } = this.o.protocol.messages[message.type]!;
    const signature = signed === 'session' ? UNSIGNED : authenticator.sign(body, signed === 'always');
    this.stopwatch.leave();
    if (signature.length > 0) this.o.telemetry.signaturesMade += this.o.authenticator.signaturesEach;
    return { from: self, message, envelope: { body, signature } };
  }

  /** A message to one replica, or to all others. */
  private post(to: ReplicaId | undefined, item: Uint8Array): void {
    const { telemetry } = this.o;
    const receivers = to === undefined ? this.o.chain.genesis.validators.length - 1 : 1;
    telemetry.peerMessagesSent += receivers;
    telemetry.peerBytesSent += receivers * item.length;
    this.outbox.send(to, item);
  }

  private attest(message: AnyMessage, unsent: boolean): void {
    const attested = this.sign(message);
    this.count(message, undefined);
    this.o.telemetry.logRecords++;
    this.o.voteLog.append(this.encodeRecord(this.o.protocol.attestedRecord(attested)));
    this.outbox.bind();
    if (!unsent) this.post(undefined, this.encodeItem(attested));
    this.events.push({ kind: 'message', attested });
  }

  private encodeItem(attested: Attested): Uint8Array {
    this.stopwatch.enter('codec');
    const item = this.codec.encodeItem(attested);
    this.stopwatch.leave();
    return item;
  }

  private encodeRecord(record: AnyMessage): Uint8Array {
    this.stopwatch.enter('codec');
    const bytes = this.recordCodec.encodeRecord(record);
    this.stopwatch.leave();
    return bytes;
  }

  private count({ type }: AnyMessage, to: ReplicaId | undefined): void {
    const { telemetry, protocol } = this.o;
    telemetry.messagesSent.add(type);
    const { role, first } = protocol.messages[type]!;
    // What goes to one replica repeats what all were sent, unless its type says that it is meant for one.
    if (to !== undefined && first !== 'one') {
      telemetry.retransmissions++;
      return;
    }
    switch (role) {
      case 'proposal':
        telemetry.proposalsSent++;
        return;
      case 'vote':
        telemetry.preparesSent++;
        return;
      case 'commit-vote':
        telemetry.commitsSent++;
        return;
      case 'view-change':
        telemetry.viewChangesSent++;
        return;
      case 'new-view':
        telemetry.newViewsSent++;
        return;
      case 'fetch':
        telemetry.batchesFetched++;
        return;
    }
  }

  private keep({ from, offence, first, second }: Evidence): void {
    this.o.telemetry.violations.add(offence);
    this.o.log.warn('a validator contradicted itself', { validator: from, offence });
    const seenMs = this.o.clock.wallMs();
    this.o.store.accuse({ from, offence, seenMs, first: signed(first), second: signed(second) });
  }

  private setTimer(name: string, delayMs: number): void {
    this.timers.get(name)?.();
    const cancel = this.o.clock.after(delayMs, () => {
      if (this.still !== undefined) return this.setTimer(name, DISK_RETRY_MS);
      this.timers.delete(name);
      this.event({ kind: 'timer', timer: name });
    });
    this.timers.set(name, cancel);
  }

  private execute(sequence: Sequence, batch: Batch, fast: boolean): void {
    if (fast) this.o.telemetry.fastPath++;
    this.stopwatch.enter('execution');
    this.execution.execute(sequence, batch);
    this.stopwatch.leave();
    if (sequence % this.o.chain.genesis.parameters.checkpointInterval !== 0) return;
    this.stopwatch.enter('execution');
    this.execution.checkpoint();
    this.stopwatch.leave();
  }

  /**
   * Our state at a checkpoint is not the certified one. Until it is, we say nothing: the state goes back to the last
   * checkpoint at which it was, and the slots since then execute again. Where that helps, memory had been damaged for
   * a moment; where it does not, or where that checkpoint itself is damaged, nothing here is to be relied upon.
   */
  private diverged(sequence: Sequence, own: Digest, certified: Digest): void {
    if (this.rollingBack !== undefined) return;
    const { log, telemetry } = this.o;
    telemetry.divergences++;
    const differs = `the state at checkpoint ${sequence} is not the certified one (${own.slice(0, 12)}… here, ${certified.slice(0, 12)}… there)`;
    if (this.healingAt !== undefined) {
      const why = `${differs}, and was not after the slots since the last certified checkpoint were executed again, either`;
      const causes =
        'an application that is not deterministic, another version of it, or a defective machine';
      throw new LockstepError('diverged', `${why}: ${causes}. Find out which before starting again`);
    }
    const from = this.machine.status().lowWatermark;
    this.healingAt = sequence;
    this.rollingBack = `${differs}: going back to checkpoint ${from}`;
    log.warn(`this validator does not vote: ${this.rollingBack}`, { sequence, from });
    this.execution.rollback(from, (sound) => this.rolledBack(from, differs, sound));
  }

  private rolledBack(from: Sequence, differs: string, sound: boolean): void {
    if (!sound) {
      const why = `${differs}, and what this process holds of checkpoint ${from} is damaged as well`;
      const todo = 'Start it again: it goes on from its disk. If this comes again, suspect its memory';
      return this.fail(new LockstepError('diverged', `${why}. ${todo}`));
    }
    this.rollingBack = undefined;
    this.o.store.truncate(from);
    this.o.log.info('the state is that of a certified checkpoint again: executing what came after it', {
      from,
    });
    this.event({ kind: 'rolled-back' });
  }

  /** History below is not needed any more; once the log is long, it starts anew from this state. */
  private stable(sequence: Sequence, digest: Digest, certificate: readonly Attested[]): void {
    this.watch.stable(sequence, digest);
    this.execution.certified(sequence, digest, certificate);
    this.execution.forgetBelow(sequence);
    if (this.o.voteLog.bytes < this.o.limits.logCompactBytes) return;
    this.compact();
  }

  /**
   * The state of the last stable checkpoint goes to the disk, and the log starts anew above that very checkpoint: with an
   * older state on the disk the slots between the two would be in neither. Where the disk is too full for the state, the
   * long log is as good.
   */
  private compact(): void {
    const sequence = this.machine.status().lowWatermark;
    try {
      if (this.execution.save(sequence)) this.replaceLog();
    } catch (error) {
      if (!(error instanceof LockstepError) || error.code !== 'disk-full') throw error;
      this.o.log.warn(`the state of a checkpoint is not saved: ${error.message}`, { sequence });
    }
  }

  private replaceLog(): void {
    this.o.telemetry.logReplacements++;
    // What the log gives up, a restart cannot execute again: it must be in the store by then.
    this.o.store.flushSync();
    this.o.voteLog.flush(0);
    this.o.voteLog.replace(this.machine.liveRecords().map((record) => this.encodeRecord(record)));
  }

  private fetchState({ sequence, digest, certificate }: Target): void {
    if (!this.transfer.start({ sequence, digest, certificate })) return;
    this.o.log.warn('behind a certified checkpoint: fetching its state', { sequence });
  }

  private lastProgressMs = Number.NEGATIVE_INFINITY;

  private progress(status: TransferStatus): void {
    const nowMs = this.o.clock.nowMs();
    if (nowMs - this.lastProgressMs < PROGRESS_MS) return;
    this.lastProgressMs = nowMs;
    const { sequence, share, entries, reused, bytes, sources } = status;
    const percent = Math.floor(100 * share);
    this.o.log.info('fetching the state of a checkpoint', {
      sequence,
      percent,
      entries,
      reused,
      bytes,
      sources,
    });
  }

  private install(target: Target, meta: Uint8Array, sections: readonly MapSnapshot[]): void {
    const { sequence, digest, certificate } = target;
    if (sequence <= this.machine.status().lowWatermark) return;
    try {
      this.execution.adopt(meta, sections);
    } catch (error) {
      return this.fail(error);
    }
    this.o.telemetry.stateTransfers++;
    this.healingAt = undefined;
    this.rollingBack = undefined;
    this.o.store.truncate(sequence);
    this.execution.certified(sequence, digest, certificate);
    this.o.log.info('installed the state of a checkpoint', { sequence });
    this.event({ kind: 'installed', sequence, digest, certificate });
    // What was known of the slots above it may have led to a later checkpoint meanwhile.
    this.compact();
    this.o.snapshots.dropParts();
  }

  private relay(to: ReplicaId): void {
    const transactions = this.mempool.relayable(RELAY_TRANSACTIONS).map((entry) => entry.bytes);
    if (transactions.length > 0) this.outbox.send(to, encodeValue([RELAY_ITEM, transactions]));
  }

  private viewChanged(view: number, active: boolean): void {
    const { telemetry, log } = this.o;
    if (active) telemetry.viewChanges++;
    log.info(active ? 'entered a view' : 'left the view, asking for the next', { view });
    // What the old primary had proposed and did not commit is free to be proposed again.
    this.proposer.viewChanged();
  }

  private otherItem(from: ReplicaId, item: readonly unknown[]): void {
    const kind = item[0];
    let code: RejectionCode | undefined = 'frame-kind';
    if (kind === STATE_REQUEST_ITEM) code = this.server.onRequest(from, item);
    else if (kind === STATE_PIECES_ITEM) code = this.transfer.onPieces(from, item);
    else if (kind === RELAY_ITEM) code = this.onRelay(item);
    else if (kind === EXHIBIT_ITEM) code = this.watch.onExhibit(from, item);
    if (code === undefined) return;
    this.o.telemetry.rejections.add(code);
    this.watch.rejected(from, code);
  }

  private onRelay(item: readonly unknown[]): 'body-malformed' | undefined {
    const transactions = item[1];
    if (item.length !== 2 || !Array.isArray(transactions)) return 'body-malformed';
    if (transactions.length > RELAY_TRANSACTIONS) return 'body-malformed';
    if (!transactions.every((bytes) => bytes instanceof Uint8Array)) return 'body-malformed';
    this.intake.submit(transactions as Uint8Array[]);
    return undefined;
  }
}
