/**
 * The driver: one replica of any protocol. It feeds the pure machine with checked events, carries out its effects
 * in order, and owns everything that the machine must not touch: clock, sockets, disk, keys, application.
 *
 * Longer than most files: it is the one place where effects become deeds and epochs follow each other.
 */

import { encodeValue } from '../codec/value.ts';
import { invariant } from '../core/assert.ts';
import type { Batch } from '../core/batch.ts';
import { LockstepError, type RejectionCode } from '../core/errors.ts';
import type { Digest, Epoch, ReplicaId, Sequence } from '../core/ids.ts';
import { MAX_PEER_BACKLOG_BYTES, MAX_RELAYED_PER_PERIOD } from '../core/limits.ts';
import type {
  AnyMessage,
  Attested,
  Effects,
  MachineConfig,
  MachineEvent,
  MachineStatus,
} from '../core/machine.ts';
import {
  type Conviction,
  type MemberId,
  NO_TOKEN,
  type PendingChange,
  type ValidatorSet,
} from '../core/membership.ts';
import { NO_STOPWATCH, type Stopwatch } from '../core/stopwatch.ts';
import type { VerifyItem } from '../crypto/interface.ts';
import { certifiersOf, EpochChain, type EpochProof } from '../proofs/epochs.ts';
import type { ClientSession } from '../transport/interface.ts';
import { ADDRESS_ITEM, NO_FAULT } from './addresses.ts';
import { type BatchDigests, createBatchDigests } from './batch-digest.ts';
import { Cases } from './cases.ts';
import { CatchUp } from './catch-up.ts';
import { Comeback } from './comeback.ts';
import { EpochExchange, HELLO_ITEM, PROOFS_ITEM } from './epoch-exchange.ts';
import { epochMark, epochOf } from './epoch-mark.ts';
import { EpochParts } from './epoch-parts.ts';
import { Execution } from './execution.ts';
import { createExecutor, type Executor } from './executor.ts';
import { Follower } from './follower.ts';
import { Healing } from './healing.ts';
import type { Inbound } from './inbound.ts';
import { Intake } from './intake.ts';
import { LogUpkeep } from './log-upkeep.ts';
import { Mempool } from './mempool.ts';
import { Neighbours } from './neighbours.ts';
import { Outbox } from './outbox.ts';
import type { ReplicaOptions } from './ports.ts';
import type { HeldStates } from './proof.ts';
import { Proposer } from './proposer.ts';
import { RELAY_ITEM, Relays } from './relays.ts';
import { Seats } from './seats.ts';
import { DISK_RETRY_MS, Standstill } from './standstill.ts';
import { STATE_PIECES_ITEM, STATE_REQUEST_ITEM } from './state-items.ts';
import { StateServer } from './state-server.ts';
import type { Target, TransferStatus } from './state-transfer.ts';
import { SIGN_ITEM } from './surety.ts';
import { type AnyEffect, type AnyMachine, Turns } from './turns.ts';
import { TwinWatch } from './twins.ts';
import type { Voice } from './voice.ts';
import { Waiters } from './waiters.ts';
import type { Evidence } from './watch/evidence.ts';
import type { SlotReport } from './watch/explain.ts';
import { EXHIBIT_ITEM, HELD_ITEM, type PeerReport, type Watch } from './watch/watch.ts';

/** Bytes that may wait for a sync of the log before nothing more is taken in: a disk that stands still. */
const MAX_HELD_BYTES = MAX_PEER_BACKLOG_BYTES;

/** How long an epoch that others have ended may still end here by what is on its way, ms, before we fetch its state. */
const EPOCH_GRACE_MS = 200;

/** Proofs of epochs that a client is given at once: it asks for the rest. */
const PROOFS_PER_CLIENT = 4;

/** Why nothing leaves that this replica says, where that is so. */
const UNCLEARED =
  'not voting: too few of the others have said yet that no other process runs with the keys of this validator';

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
  /** The set that we are in, or follow, and the change on its way. */
  readonly set: ValidatorSet;
  readonly pending: PendingChange | undefined;
  /** Members that are convicted. */
  readonly convicted: readonly Conviction[];
  /** Why we have no vote; undefined where we have one. */
  readonly mute: string | undefined;
  /** Members of the set that said that they have no vote. */
  readonly muteMembers: readonly MemberId[];
}

/** From where an epoch begins: its set, the checkpoint, whether that is of the epoch itself, and its records. */
interface Beginning {
  readonly set: ValidatorSet;
  readonly base: { readonly sequence: Sequence; readonly digest: Digest };
  readonly own: boolean;
  readonly records: Iterable<Uint8Array>;
}

export class Replica {
  private readonly o: ReplicaOptions;
  private voice!: Voice;
  private readonly mempool: Mempool;
  private readonly waiters = new Waiters();
  private readonly outbox: Outbox;
  private inbound!: Inbound;
  private readonly intake: Intake;
  private readonly relays: Relays;
  private readonly execution: Execution;
  private readonly proposer: Proposer;
  private readonly catchUp: CatchUp;
  private readonly executor: Executor;
  private readonly standstill: Standstill;
  private readonly healing: Healing;
  private readonly upkeep: LogUpkeep;
  private readonly neighbours: Neighbours;
  private readonly comeback: Comeback;
  private readonly digests: BatchDigests;
  private readonly epochs: EpochChain;
  private readonly exchange: EpochExchange;
  private readonly seats = new Seats();
  private readonly server: StateServer;
  private readonly stopwatch: Stopwatch;
  private readonly twins: TwinWatch | undefined;
  private readonly cases: Cases;
  private parts: EpochParts | undefined;
  private readonly turns: Turns;
  private watch!: Watch;

  /** What a client that asks for the status is told; whoever wires the replica may say more. */
  describe: () => unknown = () => this.status();

  private set!: ValidatorSet;
  /** Our place in the set; its size where we have none. */
  private place: ReplicaId = 0;
  /** Why we have no vote in this epoch. */
  private muteBecause: string | undefined = undefined;
  /** Our home has forgotten what it promised, and the ledger does not know its new incarnation yet. */
  private forgotten: boolean;
  /** A later epoch is proven, or this one's last checkpoint executed. */
  private due = false;
  private cancelGrace: (() => void) | undefined;
  private graceOver = false;
  /** The log's records are of this epoch. */
  private logEpoch: Epoch = 0;
  private lastExecutedMs = 0;
  /** What certifies our last stable checkpoint, for those who only follow. */
  private certificate: readonly Attested[] = [];

  private stopped = false;
  constructor(options: ReplicaOptions) {
    this.o = options;
    this.stopwatch = options.stopwatch ?? NO_STOPWATCH;
    const { stopwatch } = this;
    const { chain, hasher, app, clock, telemetry, verifier, protocol } = options;
    const limits = chain.genesis.parameters;
    const digests = createBatchDigests(hasher);
    this.digests = digests;
    this.forgotten = options.incarnation?.forgotten ?? false;
    const verify = (item: VerifyItem) => verifier.verifySync(item);

    const executor = createExecutor({ chain, hasher, app, digests, verify });
    this.executor = executor;
    this.epochs = new EpochChain({
      chain,
      hasher,
      store: options.epochs,
      verify,
      needed: (n) => this.certifiers(n),
    });
    this.mempool = new Mempool({
      maxTransactions: options.limits.mempoolTransactions,
      maxBytes: options.limits.mempoolBytes,
    });
    this.outbox = new Outbox(options.transport, options.voteLog, (id) => this.seats.memberOf(id));
    this.exchange = new EpochExchange({
      epochs: this.epochs,
      clock,
      send: (to, item) => {
        this.outbox.sendMember(to, item);
        this.endTurn();
      },
      voting: () => this.voting,
      advanced: () => {
        this.due = true;
        this.turnOver();
      },
      guest: (from) => this.tellGuest(from),
    });
    options.voteLog.onDurable = (error) => this.durable(error);
    const wake = () => this.endTurn();
    const fail = (error: unknown) => this.fail(error);
    this.standstill = new Standstill({
      clock,
      log: options.log,
      stopped: () => this.stopped,
      flush: () => {
        this.outbox.write();
        this.outbox.release();
      },
      resumed: wake,
      fail,
    });
    this.turns = new Turns({
      clock,
      outbox: this.outbox,
      voteLog: options.voteLog,
      standstill: this.standstill,
      stopped: () => this.stopped,
      effect: (effect) => this.effect(effect),
      proposal: (inFlight, delivered) =>
        this.proposer.next(inFlight) ?? this.towardsBoundary(inFlight, delivered),
      oldestMs: () => this.oldestMs(),
      waiting: (oldestMs) => this.watch.conduct.waiting(oldestMs < 0 ? Number.NaN : oldestMs),
      between: () => this.turnOver(),
      fail,
    });
    this.neighbours = new Neighbours({
      transport: options.transport,
      clock,
      urlOf: options.urlOf,
      moved: () => (options.addresses?.size ?? 0) > 0,
      self: options.self,
      seatIn: (set) => this.seatIn(set),
      forget: (member) => this.exchange.forget(member),
    });
    options.store.onFailure = fail;
    options.store.onFull = (error) => this.standstill.historyUnwritten(error);
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
      onCheckpoint: ({ sequence, digest }) => {
        if (sequence === this.executor.membership.pending?.set.since) this.due = true;
        this.event({ kind: 'checkpoint', sequence, digest });
      },
    });
    this.healing = new Healing({
      log: options.log,
      telemetry,
      store: options.store,
      execution: this.execution,
      standstill: this.standstill,
      rolledBack: () => this.event({ kind: 'rolled-back' }),
      fail,
    });
    this.upkeep = new LogUpkeep({
      voteLog: options.voteLog,
      store: options.store,
      execution: this.execution,
      telemetry,
      log: options.log,
      limits: options.limits,
      epoch: () => (this.voting ? this.set.epoch : undefined),
      stable: () => this.turns.machine.status().lowWatermark,
      live: () => this.turns.machine.liveRecords().map((record) => this.voice.encodeRecord(record)),
    });
    this.comeback = new Comeback({
      chain,
      clock,
      log: options.log,
      incarnation: options.incarnation,
      signer: options.signer,
      exchange: this.exchange,
      approve: (input) => this.parts!.authenticator.signInput(input),
      certifiers: (n) => this.certifiers(n),
      sequence: () => this.execution.sequence,
      broadcast: (item) => {
        this.outbox.send(undefined, item);
        this.endTurn();
      },
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
      proofs: (above) => this.epochProofs(above, PROOFS_PER_CLIENT),
      advises: () => protocol.byzantine || this.isPrimary,
      wake,
    });
    this.relays = new Relays(
      clock,
      (transactions, onForged) => this.intake.submit(transactions, onForged),
      (from) => {
        telemetry.rejections.add('transaction-signature');
        this.watch.detected('invalid-signature', from);
      },
    );
    this.proposer = new Proposer({
      limits,
      pipelineDepth: options.limits.pipelineDepth,
      mempool: this.mempool,
      intake: this.intake,
      digests,
      clock,
      executor,
    });
    this.twins = this.makeTwinWatch();
    this.cases = new Cases({
      replica: options,
      epochs: this.epochs,
      executor,
      execution: this.execution,
      place: () => this.place,
      memberAt: (place) => this.set.members[place]?.id,
      submit: (transaction) => this.submit(transaction),
      broadcast: (item) => {
        this.outbox.send(undefined, item);
        this.endTurn();
      },
    });
    this.catchUp = new CatchUp({
      replica: options,
      turns: this.turns,
      outbox: this.outbox,
      seats: this.seats,
      executor,
      execution: this.execution,
      healing: this.healing,
      upkeep: this.upkeep,
      execute: (sequence, batch, fast) => this.execute(sequence, batch, fast),
      installed: () => {
        const { pending } = executor.membership;
        if (pending !== undefined && pending.set.epoch > this.set.epoch) this.changeExecuted(pending);
      },
      fail,
    });
    this.server = new StateServer({
      clock,
      telemetry,
      send: (to, item) => {
        this.outbox.sendBulk(to, item);
        this.endTurn();
      },
      backlog: (to) => options.transport.stats().peers[this.seats.memberOf(to)] ?? 0,
      checkpoint: (sequence) => this.execution.serve(sequence),
    });
  }

  private makeParts(set: ValidatorSet): void {
    const before = this.parts;
    const parts = new EpochParts({
      replica: this.o,
      set,
      place: this.place,
      digests: this.digests,
      stopwatch: this.stopwatch,
      outbox: this.outbox,
      turns: this.turns,
      seats: this.seats,
      exchange: this.exchange,
      connected: this.connectedSeats(),
      present: () => this.set === set,
      inspect: (batch) => this.proposer.inspect(batch),
      other: (from, item) => this.otherItem(from, item),
      onEvidence: (evidence) => this.cases.keep(evidence),
    });
    if (before !== undefined) {
      this.cases.epochOver(this.evidenceList());
      before.stop();
      parts.inherit(before);
    }
    this.parts = parts;
    this.watch = parts.watch;
    this.voice = parts.voice;
    this.inbound = parts.inbound;
    this.catchUp.begin(this.place, set.members.length);
  }

  private makeTwinWatch(): TwinWatch | undefined {
    const { run, chain, clock, transport } = this.o;
    if (run === undefined) return undefined;
    return new TwinWatch({
      run,
      chainId: chain.id,
      clock,
      needed: () => this.certifiers(this.set.members.length) - 1,
      send: (to, item) => transport.send(to, item),
      sign: (input) => run.sign(input),
      verify: (input, signature) => run.verify(input, signature),
      onClear: () => {
        this.outbox.held = false;
        this.endTurn();
      },
      onTwin: (why) => this.fail(new LockstepError('key-in-use', why)),
    });
  }

  /**
   * Restores what the disk holds and starts the machine. Where the log is of an epoch that has ended meanwhile, it is
   * replayed first: its slots may lead to the checkpoint at which the next one begins. Throws `snapshot-damaged`,
   * `log-damaged`.
   */
  start(): void {
    this.execution.restore();
    const { epoch, records } = epochOf(this.o.records);
    this.logEpoch = epoch;
    const state = this.executor.membership.current;
    const { latest } = this.epochs;
    const set = latest.epoch <= state.epoch || epoch === state.epoch ? state : latest;
    if (epoch > set.epoch) {
      throw new LockstepError(
        'log-damaged',
        `the vote log is of epoch ${epoch}, and nothing here proves an epoch above ${set.epoch}: the home is mixed of several ` +
          'ages; run `lockstep rejoin --home DIR` to come back as a new incarnation',
      );
    }
    this.begin(set, epoch === set.epoch ? records : []);
    this.due = true;
    this.turnOver();
    this.endTurn();
    this.turns.tend();
    this.cases.resume().catch((error) => this.fail(error));
  }

  /** How many of n make a certificate. */
  private certifiers(n: number): number {
    return certifiersOf(this.o.protocol, this.o.chain.genesis, n);
  }

  /** Enters the epoch of a set: from our state where it is of that epoch, else from the checkpoint that proves it. */
  private begin(set: ValidatorSet, records: Iterable<Uint8Array>): void {
    this.turns.clear();
    this.set = set;
    this.seats.set(set);
    this.exchange.begin();
    const n = set.members.length;
    const seat = this.seatIn(set);
    this.place = seat < 0 ? n : seat;
    this.muteBecause = this.reasonForSilence(set, seat);
    this.makeParts(set);

    const { membership } = this.executor;
    const latest = this.execution.latest;
    const proof = this.epochs.proofOf(set.epoch);
    const own = membership.current.epoch === set.epoch;
    const known = own || proof === undefined ? latest : proof;
    const log = peeked(records);
    // The log gave up what it had promised below: a state that is older than that is none to vote from.
    const begun = this.voting ? this.logBegins(log.first) : undefined;
    const lost = begun !== undefined && begun.sequence > known.sequence ? begun : undefined;
    const base = lost ?? known;
    const arrived = lost === undefined && (own || latest.digest === base.digest);
    this.catchUp.lacks(arrived || !this.voting ? undefined : base.sequence);
    this.turns.begin((out) => this.makeMachine({ set, base, own, records: log.all }, out));
    const target = lost ?? (proof && targetOf(proof));
    if (!arrived && target !== undefined) this.catchUp.fetch(target);
    this.turns.drain();
    this.parts!.start();
    const member = set.members[this.place];
    if (this.forgotten && member !== undefined) this.comeback.ask(set, member);
    else this.comeback.stop();
    this.o.onSet?.(set);
    this.outbox.held = this.voting && this.twins?.cleared === false;
    this.twins?.check();
  }

  /**
   * The certified checkpoint at which the log was begun anew: its first record is then what certifies that, `stable` in every
   * protocol that keeps certificates. The state of it is on the disk, unless the home was rolled back, or its snapshot lost.
   */
  private logBegins(first: Uint8Array | undefined): Target | undefined {
    if (first === undefined) return undefined;
    const [record] = this.voice.decoded([first]);
    return record?.type === 'stable' ? (record as AnyMessage & Target) : undefined;
  }

  private makeMachine(
    { set, base, own, records }: Beginning,
    out: Effects<AnyMessage, AnyMessage>,
  ): AnyMachine {
    const { chain, clock, protocol, log, voteLog } = this.o;
    const { parameters } = chain.genesis;
    const n = set.members.length;
    // Connections that this ends or makes are the new machine's events.
    this.tellTransport();
    const boundary = own ? this.executor.membership.pending?.set.since : undefined;
    const config: MachineConfig = {
      self: this.place,
      n,
      epoch: set.epoch,
      base: set.since,
      checkpointInterval: parameters.checkpointInterval,
      window: parameters.window,
      restoredSequence: base.sequence,
      restoredDigest: base.digest,
      ...(boundary !== undefined && { boundary }),
      connected: this.connectedSeats(),
      fastPath: parameters.fastPath,
      timeoutFloorMs: parameters.viewChangeTimeoutMs,
      timeoutCeilingMs: parameters.viewChangeTimeoutMaxMs,
      timeoutGrowth: parameters.viewChangeTimeoutGrowth,
      parameters: chain.genesis.protocolParameters ?? {},
    };
    // From here on what the log holds are promises of this epoch, and no others.
    if (this.voting && this.logEpoch !== set.epoch) {
      this.o.store.flushSync();
      voteLog.flush(0);
      voteLog.replace([epochMark(set.epoch)]);
      this.logEpoch = set.epoch;
    }
    if (set.epoch > 0) {
      const names = set.members.map(({ name }) => name).join(', ');
      log.info('in an epoch', { epoch: set.epoch, since: set.since, validators: names, voting: this.voting });
    }
    if (this.muteBecause !== undefined) log.warn(this.muteBecause, { epoch: set.epoch });
    return this.voting
      ? protocol.create(config, this.voice.decoded(records), clock.nowMs(), out)
      : new Follower(config, this.certifiers(n), this.execution.sequence);
  }

  /** Whose connection is open now, by place. */
  private connectedSeats(): boolean[] {
    const { peers } = this.o.transport.stats();
    return this.set.members.map(({ id }) => (peers[id] ?? -1) >= 0);
  }

  get voting(): boolean {
    return this.muteBecause === undefined;
  }

  private seatIn(set: ValidatorSet): ReplicaId {
    const { self, chain, keys } = this.o;
    const own = keys ?? (self === undefined ? undefined : chain.genesis.validators[self]);
    return set.members.findIndex((m) => m.ed25519 === own?.ed25519 && m.mlDsa87 === own.mlDsa87);
  }

  /** Why we have no vote in this epoch. A forgetful home that the ledger has taken back is forgetful no more. */
  private reasonForSilence({ members }: ValidatorSet, seat: ReplicaId): string | undefined {
    const member = members[seat];
    if (member === undefined) {
      return this.set.epoch === 0 && this.o.self === undefined
        ? 'not voting: not a validator yet; `lockstep validators add` asks the others'
        : 'not voting: not in the validator set';
    }
    const { token, reason } = this.o.incarnation ?? { token: NO_TOKEN, reason: '' };
    if (member.token !== token) {
      return this.forgotten
        ? `not voting: this home has forgotten what it promised (${reason}); asking the others to take it back as a new incarnation`
        : 'not voting: this validator came back as a new incarnation elsewhere, and this home is an older one; `lockstep rejoin` makes it the newest';
    }
    if (this.forgotten) {
      this.o.settleIncarnation?.();
      this.forgotten = false;
      this.o.log.info('taken back as a new incarnation: voting again', { incarnation: member.incarnation });
    }
    return undefined;
  }

  /** Goes on to the latest epoch that is proven: at once with its first state, else when waiting for it has no point. */
  private advance(): void {
    const { latest } = this.epochs;
    if (latest.epoch <= this.set.epoch) return;
    const proof = this.epochs.proofOf(latest.epoch)!;
    const arrived = this.execution.latest.digest === proof.digest;
    const next = latest.epoch === this.set.epoch + 1;
    // Still on its way: in frames that have come, or in slices of a checkpoint.
    const coming = next && this.voting && this.execution.latest.sequence < proof.sequence;
    if (!arrived && coming && !this.graceOver) {
      this.cancelGrace ??= this.o.clock.after(EPOCH_GRACE_MS, () => {
        this.graceOver = true;
        this.due = true;
        this.turnOver();
      });
      return;
    }
    this.cancelGrace?.();
    this.cancelGrace = undefined;
    this.graceOver = false;
    const left = this.set;
    try {
      if (arrived) this.execution.save(proof.sequence);
    } catch (error) {
      return this.whenDiskHasSpace(error, () => {
        this.due = true;
        this.turnOver();
      });
    }
    this.proposer.viewChanged();
    this.begin(latest, []);
    for (const { id } of [...left.members, ...latest.members]) this.exchange.tell(id, left.epoch);
    this.endTurn();
  }

  /** The old epoch has nothing more to do: it waits. Throws what is no full disk. */
  private whenDiskHasSpace(error: unknown, again: () => void): void {
    if (!(error instanceof LockstepError) || error.code !== 'disk-full') throw error;
    this.o.log.warn(`the next epoch waits: ${error.message}`, { epoch: this.set.epoch });
    this.o.clock.after(DISK_RETRY_MS, () => {
      if (this.stopped) return;
      try {
        again();
      } catch (failure) {
        this.fail(failure);
      }
    });
  }

  /** Between two steps of the machine: whether its epoch is over. */
  private turnOver(): void {
    if (!this.due || this.turns.busy || this.stopped) return;
    try {
      while (this.due) {
        this.due = false;
        this.advance();
      }
    } catch (error) {
      this.fail(error);
    }
  }

  private tellTransport(): void {
    this.neighbours.are(this.set, this.executor.membership.pending);
  }

  /** One that only follows lacks what was certified last, where nothing new is. */
  private tellGuest(from: MemberId): void {
    const id = this.seats.idOf(from);
    for (const attested of this.certificate) this.outbox.send(id, this.voice.encodeItem(attested));
    this.endTurn();
  }

  stop(): void {
    this.stopped = true;
    this.turns.cancelAll();
    this.neighbours.stop();
    this.comeback.stop();
    this.cancelGrace?.();
    this.twins?.stop();
    this.cases.stop();
    this.parts?.stop();
    this.catchUp.stop();
    this.server.stop();
    this.execution.stop();
  }

  // ------------------------------------------------------------------------------- from outside

  /** The transport did not take what this peer sent. */
  peerRejected(from: MemberId, code: RejectionCode): void {
    this.watch.rejected(this.seats.idOf(from), code);
  }

  peerFrame(from: MemberId, items: readonly unknown[]): void {
    if (this.closed) this.o.telemetry.rejections.add('overloaded');
    else this.inbound.frame(this.seats.idOf(from), items);
  }

  peerUp(from: MemberId, replaced = false): void {
    if (this.stopped) return;
    this.twins?.peerUp(from, replaced);
    const peer = this.seats.idOf(from);
    this.catchUp.peerUp(peer);
    if (!this.seats.isGuest(peer)) this.watch.peerUp(peer);
    this.connected(from);
  }

  private connected(from: MemberId): void {
    if (this.stopped) return;
    if (this.still !== undefined) {
      this.o.clock.after(DISK_RETRY_MS, () => this.connected(from));
      return;
    }
    this.exchange.hello(from);
    for (const item of this.o.addresses?.items() ?? []) this.outbox.sendMember(from, item);
    const peer = this.seats.idOf(from);
    if (!this.seats.isGuest(peer)) this.event({ kind: 'connected', peer });
  }

  peerDown(from: MemberId): void {
    const peer = this.seats.idOf(from);
    this.catchUp.peerDown(peer);
    if (this.seats.isGuest(peer)) return;
    this.watch.peerDown(peer);
    this.event({ kind: 'disconnected', peer });
  }

  /** A validator says that it listens elsewhere. */
  readdressed(): void {
    if (!this.stopped) this.tellTransport();
  }

  /** The proofs of the epochs above this one, for whoever asks outside of a session. */
  epochProofs(above: Epoch, most = 16): Uint8Array[] {
    return this.epochs.after(above, most).map(({ bytes }) => bytes);
  }

  /** Takes proofs that came from anywhere: each proves itself. */
  learnEpochs(proofs: readonly Uint8Array[]): void {
    if (!this.stopped) this.exchange.onProofs([PROOFS_ITEM, ...proofs]);
  }

  get epoch(): Epoch {
    return this.set.epoch;
  }

  /** The number by which the others know us, if they do. */
  get number(): MemberId | undefined {
    return this.set.members[this.place]?.id ?? this.neighbours.own;
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
    const { primary, active } = this.turns.machine.status();
    return active && primary === this.place;
  }

  private lease(): { readable: boolean; leader: ReplicaId | undefined } {
    const { active, primary, delivered } = this.turns.machine.status();
    const readable = this.turns.machine.readable?.(this.o.clock.nowMs()) ?? false;
    // What is delivered and not executed yet would be missing from the answer.
    const executed = this.execution.status().sequence >= delivered;
    // Whoever knows that his state is not the others' answers from it no more.
    const sound = this.standstill.rollingBack === undefined;
    return {
      readable: readable && executed && sound,
      leader: active ? this.seats.memberOf(primary) : undefined,
    };
  }

  /** States that entries can be proven from. */
  heldStates(): HeldStates {
    return this.execution.held();
  }

  /** What this replica has seen of each of the others, by member number. */
  peerReports(): PeerReport[] {
    return this.set.members.flatMap(({ id }, place) =>
      place === this.place ? [] : [{ ...this.watch.report(place), id }],
    );
  }

  /** Whose messages for a slot came when; undefined where it is too old or too new. */
  explain(sequence: Sequence): SlotReport | undefined {
    return this.watch.explain(
      sequence,
      this.set.members.map(({ name }) => name),
    );
  }

  evidenceList(): readonly Evidence[] {
    return [...this.cases.past, ...this.watch.evidence()];
  }

  status(): ReplicaStatus {
    const machine = this.turns.machine.status();
    const { set } = this;
    const { pending } = this.executor.membership;
    return {
      ...machine,
      primary: this.seats.memberOf(machine.primary),
      ...this.execution.status(),
      set,
      pending: pending !== undefined && pending.set.epoch > set.epoch ? pending : undefined,
      convicted: this.executor.membership.convicted ?? [],
      mute: this.muteBecause,
      muteMembers: this.exchange.mute(set.members.map(({ id }) => id)),
      mempool: { transactions: this.mempool.size, bytes: this.mempool.bytes },
      evidence: this.cases.past.length + this.watch.evidence().length,
      paused: this.still ?? (this.outbox.held ? UNCLEARED : undefined),
      transfer: this.catchUp.status(),
    };
  }

  // ------------------------------------------------------------------------------- the machine

  private event(event: MachineEvent<AnyMessage>): void {
    this.turns.event(event);
  }

  private endTurn(): void {
    this.turns.endTurn();
  }

  /** More of the log is durable, or nothing will be any more. */
  private durable(error: unknown): void {
    if (this.stopped) return;
    if (error !== undefined) return this.fail(error);
    this.outbox.release();
  }

  /** Why nothing is said and nothing is heard at present, where that is so. */
  private get still(): string | undefined {
    return this.standstill.because;
  }

  /** Nothing is taken in while nothing can go out. */
  private get closed(): boolean {
    return this.stopped || this.still !== undefined || this.outbox.heldBytes > MAX_HELD_BYTES;
  }

  /** An idle cluster goes to the checkpoint of a pending change by batches of nothing. */
  private towardsBoundary(inFlight: number, delivered: Sequence): Batch | undefined {
    const { pending } = this.executor.membership;
    if (pending === undefined || pending.set.epoch <= this.set.epoch) return undefined;
    const enough = inFlight >= this.o.limits.pipelineDepth || delivered + inFlight >= pending.set.since;
    return enough ? undefined : this.proposer.empty();
  }

  /** A pending change waits to be ordered to its end, however little else does; each slot is progress. */
  private pendingSince(): number {
    const { pending } = this.executor.membership;
    const waits =
      pending !== undefined &&
      pending.set.epoch > this.set.epoch &&
      this.execution.sequence < pending.set.since;
    return waits ? this.lastExecutedMs : -1;
  }

  private oldestMs(): number {
    const clients = this.execution.demandSince();
    return clients >= 0 ? clients : this.pendingSince();
  }

  private fail(error: unknown): void {
    this.stop();
    this.o.onFatal(error);
  }

  // ------------------------------------------------------------------------------------ effects

  private effect(effect: AnyEffect): void {
    const { telemetry, voteLog } = this.o;
    const { voice } = this;
    switch (effect.kind) {
      case 'persist':
        telemetry.logRecords++;
        voteLog.append(voice.encodeRecord(effect.record));
        if (effect.lazy !== true) this.outbox.bind();
        return;
      case 'send':
        if (effect.afterPersist) this.outbox.bind();
        voice.count(effect.message, effect.to);
        voice.post(effect.to, voice.encodeItem(voice.sign(effect.message)));
        return;
      case 'attest':
        return this.attest(effect.message, effect.unsent === true);
      case 'forward':
        // To all it is an echo, which repeats nothing.
        if (effect.to === undefined) telemetry.echoes++;
        else telemetry.retransmissions++;
        voice.post(effect.to, voice.encodeItem(effect.attested));
        return;
      case 'timer':
        return this.turns.setTimer(effect.timer, effect.delayMs);
      case 'cancel':
        return this.turns.cancelTimer(effect.timer);
      case 'deliver':
        this.watch.executed(effect.sequence, effect.view, effect.fast);
        return this.execute(effect.sequence, effect.batch, effect.fast);
      case 'stable':
        telemetry.checkpoints++;
        this.certificate = effect.certificate;
        this.endOfEpoch(effect.sequence, effect.certificate);
        return this.stable(effect.sequence, effect.digest, effect.certificate);
      case 'diverged':
        return this.healing.diverged(
          effect.sequence,
          effect.own,
          effect.digest,
          this.turns.machine.status().lowWatermark,
        );
      case 'transfer':
        return this.catchUp.fetch(effect);
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

  private attest(message: AnyMessage, unsent: boolean): void {
    const { voice } = this;
    const attested = voice.sign(message);
    voice.count(message, undefined);
    this.o.telemetry.logRecords++;
    this.o.voteLog.append(voice.encodeRecord(this.o.protocol.attestedRecord(attested)));
    this.outbox.bind();
    if (!unsent) voice.post(undefined, voice.encodeItem(attested));
    this.turns.follow({ kind: 'message', attested });
  }

  private execute(sequence: Sequence, batch: Batch, fast: boolean): void {
    if (fast) this.o.telemetry.fastPath++;
    if (this.catchUp.holds(sequence, batch)) return;
    const before = this.executor.membership.pending;
    // Past its boundary an epoch has no slots, whatever its machine believes: this is what makes the change safe.
    if (before !== undefined && before.set.epoch > this.set.epoch && sequence > before.set.since) return;
    this.stopwatch.enter('execution');
    this.execution.execute(sequence, batch);
    this.stopwatch.leave();
    this.lastExecutedMs = this.o.clock.nowMs();
    const { pending } = this.executor.membership;
    if (pending !== undefined && pending !== before) this.changeExecuted(pending);
    if (sequence % this.o.chain.genesis.parameters.checkpointInterval !== 0) return;
    this.stopwatch.enter('execution');
    this.execution.checkpoint();
    this.stopwatch.leave();
  }

  private changeExecuted({ set, what }: PendingChange): void {
    this.o.log.info('a change of the validators is ordered', { what, epoch: set.epoch, from: set.since });
    this.turns.follow({ kind: 'boundary', sequence: set.since });
    this.tellTransport();
  }

  /** The last checkpoint of this epoch is certified: provable from now on, and the next epoch begins. */
  private endOfEpoch(sequence: Sequence, certificate: readonly Attested[]): void {
    const { pending } = this.executor.membership;
    if (pending?.set.since !== sequence || pending.set.epoch !== this.set.epoch + 1) return;
    const meta = this.execution.metaAt(sequence);
    invariant(meta !== undefined, 'a stable checkpoint is one that we executed');
    try {
      this.epochs.certified(meta, certificate);
      this.due = true;
    } catch (error) {
      this.whenDiskHasSpace(error, () => {
        this.endOfEpoch(sequence, certificate);
        this.turnOver();
      });
    }
  }

  /** History below is not needed any more; once the log is long, it starts anew from this state. */
  private stable(sequence: Sequence, digest: Digest, certificate: readonly Attested[]): void {
    this.watch.stable(sequence, digest);
    this.execution.certified(sequence, digest, certificate);
    this.execution.forgetBelow(sequence);
    this.healing.stable(sequence);
    this.upkeep.stable();
  }

  private relay(to: ReplicaId): void {
    const transactions = this.mempool.relayable(MAX_RELAYED_PER_PERIOD).map((entry) => entry.bytes);
    if (transactions.length > 0) this.outbox.send(to, encodeValue([RELAY_ITEM, transactions]));
  }

  private viewChanged(view: number, active: boolean): void {
    const { telemetry, log } = this.o;
    if (active) {
      telemetry.viewChanges++;
      this.watch.entered(view);
    }
    log.info(active ? 'entered a view' : 'left the view, asking for the next', { view });
    // What the old primary had proposed and did not commit is free to be proposed again.
    this.proposer.viewChanged();
  }

  private otherItem(from: ReplicaId, item: readonly unknown[]): void {
    const kind = item[0];
    let code: RejectionCode | undefined = 'frame-kind';
    if (kind === STATE_REQUEST_ITEM) {
      this.watch.catchingUp(from);
      code = this.server.onRequest(from, item);
    } else if (kind === STATE_PIECES_ITEM) code = this.catchUp.onPieces(from, item);
    else if (kind === HELLO_ITEM) code = this.exchange.onHello(this.seats.memberOf(from), item);
    else if (kind === PROOFS_ITEM) code = this.exchange.onProofs(item);
    else if (kind === ADDRESS_ITEM && this.o.addresses !== undefined) {
      const taken = this.o.addresses.onItem(item);
      code = typeof taken === 'string' ? taken : undefined;
      if (typeof taken !== 'string' && taken.pass !== undefined) this.outbox.send(undefined, taken.pass);
    } else if (kind === RELAY_ITEM) code = this.relays.onItem(from, item);
    else if (this.twins?.takes(kind)) code = this.twins.onItem(this.seats.memberOf(from), item);
    else if (kind === EXHIBIT_ITEM && !this.seats.isGuest(from)) code = this.watch.onExhibit(from, item);
    else if (kind === SIGN_ITEM && this.parts?.surety !== undefined && !this.seats.isGuest(from))
      code = this.parts.surety.onItem(from, item);
    else if (kind === HELD_ITEM && !this.seats.isGuest(from)) code = this.watch.onHeld(from, item);
    if (code === undefined) return;
    this.o.telemetry.rejections.add(code);
    if (kind !== ADDRESS_ITEM || !NO_FAULT.has(code)) this.watch.rejected(from, code);
  }
}

/** The first of them, and all. */
function peeked(records: Iterable<Uint8Array>): { first: Uint8Array | undefined; all: Iterable<Uint8Array> } {
  const iterator = records[Symbol.iterator]();
  const { done, value } = iterator.next();
  if (done) return { first: undefined, all: [] };
  const all = (function* () {
    yield value;
    for (let next = iterator.next(); !next.done; next = iterator.next()) yield next.value;
  })();
  return { first: value, all };
}

/** The checkpoint at which an epoch begins, as a transfer's target: its votes are the proof's. */
function targetOf({ sequence, digest, votes }: EpochProof): Target {
  const certificate = votes.map(
    ({ from, body, signature }): Attested => ({
      from,
      message: { type: 'checkpoint' },
      envelope: { body, signature },
    }),
  );
  return { sequence, digest, certificate };
}
