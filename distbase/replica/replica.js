/**
 * The driver: one replica of any protocol. It feeds the pure machine with checked events, carries out its effects
 * in order, and owns everything that the machine must not touch: clock, sockets, disk, keys, application.
 *
 * Longer than most files: it is the one place where effects become deeds, and reads best in one piece.
 */
import { epochOfBody } from '../codec/body-epoch.js';
import { createMessageCodec } from '../codec/message-codec.js';
import { createRecordCodec } from '../codec/record-codec.js';
import { encodeValue } from '../codec/value.js';
import { invariant } from '../core/assert.js';
import { LockstepError } from '../core/errors.js';
import { MAX_PEER_BACKLOG_BYTES, MAX_RELAYED_PER_PERIOD } from '../core/limits.js';
import { NO_TOKEN, } from '../core/membership.js';
import { maxFaulty, quorumSize } from '../core/quorum.js';
import { NO_STOPWATCH } from '../core/stopwatch.js';
import { certifiersOf, EpochChain } from '../proofs/epochs.js';
import { Accuser } from './accuser.js';
import { ADDRESS_ITEM } from './addresses.js';
import { createBatchDigests } from './batch-digest.js';
import { Comeback } from './comeback.js';
import { EpochExchange, HELLO_ITEM, PROOFS_ITEM } from './epoch-exchange.js';
import { epochMark, epochOf } from './epoch-mark.js';
import { Execution, signed } from './execution.js';
import { createExecutor } from './executor.js';
import { Follower } from './follower.js';
import { Healing } from './healing.js';
import { Inbound } from './inbound.js';
import { Intake } from './intake.js';
import { LogUpkeep } from './log-upkeep.js';
import { Mempool } from './mempool.js';
import { Neighbours } from './neighbours.js';
import { Outbox } from './outbox.js';
import { Proposer } from './proposer.js';
import { RELAY_ITEM, Relays } from './relays.js';
import { Seats } from './seats.js';
import { DISK_RETRY_MS, Standstill } from './standstill.js';
import { STATE_PIECES_ITEM, STATE_REQUEST_ITEM } from './state-items.js';
import { StateServer } from './state-server.js';
import { StateTransfer } from './state-transfer.js';
import { SIGN_ITEM, Surety } from './surety.js';
import { TwinWatch } from './twins.js';
import { Voice } from './voice.js';
import { Waiters } from './waiters.js';
import { EXHIBIT_ITEM, HELD_ITEM, Watch } from './watch/watch.js';
/** Of whom signatures are asked where sessions vouch for votes. */
const SUSPECT = new Set(['suspicious', 'quarantined']);
/** How often the log is looked after, ms: how far its witness may lag behind. */
const TEND_MS = 100;
/** Bytes that may wait for a sync of the log before nothing more is taken in: a disk that stands still. */
const MAX_HELD_BYTES = MAX_PEER_BACKLOG_BYTES;
/** Between two lines of progress of a state transfer, ms. */
const PROGRESS_MS = 1_000;
/** How long an epoch that others have ended may still end here by what is on its way, ms, before we fetch its state. */
const EPOCH_GRACE_MS = 200;
/** Proofs of epochs that a client is given at once: it asks for the rest. */
const PROOFS_PER_CLIENT = 4;
/** Evidence of earlier epochs that is kept in memory; the store has more. */
const MAX_PAST_EVIDENCE = 64;
/** Evidence of earlier lives that is looked through at start: all that a store keeps, but for sets far in the past. */
const MAX_RESUMED_EVIDENCE = 1_024;
/** Why nothing leaves that this replica says, where that is so. */
const UNCLEARED = 'not voting: too few of the others have said yet that no other process runs with the keys of this validator';
export class Replica {
    o;
    authenticator;
    voice;
    mempool;
    waiters = new Waiters();
    outbox;
    inbound;
    intake;
    relays;
    execution;
    proposer;
    transfer;
    executor;
    standstill;
    healing;
    upkeep;
    neighbours;
    comeback;
    digests;
    epochs;
    exchange;
    seats = new Seats();
    server;
    stopwatch;
    twins;
    accuser;
    surety;
    timers = new Map();
    watch;
    /** Whom it watches, by place. */
    watched = [];
    /** What was found in earlier epochs. */
    past = [];
    /** What a client that asks for the status is told; whoever wires the replica may say more. */
    describe = () => this.status();
    set;
    /** Our place in the set; its size where we have none. */
    place = 0;
    /** Why we have no vote in this epoch. */
    muteBecause = undefined;
    /** Our home has forgotten what it promised, and the ledger does not know its new incarnation yet. */
    forgotten;
    /** The checkpoint at which this epoch began, as long as we lack its state: what is delivered above it waits. */
    lacking;
    held = new Map();
    /** A later epoch is proven, or this one's last checkpoint executed. */
    due = false;
    cancelGrace;
    graceOver = false;
    /** The log's records are of this epoch. */
    logEpoch = 0;
    lastExecutedMs = 0;
    /** What certifies our last stable checkpoint, for those who only follow. */
    certificate = [];
    machine;
    events = [];
    out = [];
    draining = false;
    turnEnds = false;
    stopped = false;
    constructor(options) {
        this.o = options;
        this.stopwatch = options.stopwatch ?? NO_STOPWATCH;
        const { stopwatch } = this;
        const { chain, hasher, app, clock, telemetry, verifier, protocol } = options;
        const limits = chain.genesis.parameters;
        const digests = createBatchDigests(hasher);
        this.digests = digests;
        this.forgotten = options.incarnation?.forgotten ?? false;
        const verify = (item) => verifier.verifySync(item);
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
        const fail = (error) => this.fail(error);
        this.standstill = new Standstill({
            clock,
            log: options.log,
            stopped: () => this.stopped,
            flush: () => this.outbox.flush(),
            resumed: wake,
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
                if (sequence === this.executor.membership.pending?.set.since)
                    this.due = true;
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
            stable: () => this.machine.status().lowWatermark,
            live: () => this.machine.liveRecords().map((record) => this.voice.encodeRecord(record)),
        });
        this.comeback = new Comeback({
            chain,
            clock,
            log: options.log,
            incarnation: options.incarnation,
            signer: options.signer,
            exchange: this.exchange,
            approve: (input) => this.authenticator.signInput(input),
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
        this.relays = new Relays(clock, (transactions, onForged) => this.intake.submit(transactions, onForged), (from) => {
            telemetry.rejections.add('transaction-signature');
            this.watch.detected('invalid-signature', from);
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
        this.twins = this.makeTwinWatch();
        this.accuser = this.makeAccuser();
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
    /** What is made anew for each epoch: codecs, signatures, and who is fetched from. */
    makeParts(set) {
        const { chain, protocol, telemetry, verifier, clock, log, hasher, snapshots } = this.o;
        const { stopwatch, place } = this;
        const n = set.members.length;
        const codecOptions = {
            n,
            epoch: set.epoch,
            batchDigest: this.digests.batchDigest,
            limits: chain.genesis.parameters,
        };
        const codec = createMessageCodec(protocol.messages, codecOptions);
        this.authenticator = this.o.authenticator.forEpoch(set.epoch, set.members, place < n ? place : undefined);
        const watch = this.makeWatch(place, n, codec);
        if (this.watch !== undefined) {
            this.past = this.evidenceList().slice(-MAX_PAST_EVIDENCE);
            this.watch.stop();
            watch.inherit(this.watch, set.members.map(({ id }) => this.watched.indexOf(id)));
        }
        this.watched = set.members.map(({ id }) => id);
        this.watch = watch;
        this.surety?.stop();
        this.surety = this.makeSurety(place, n);
        this.voice = new Voice({
            self: place,
            n,
            protocol,
            codec,
            recordCodec: createRecordCodec(protocol.records, codec, codecOptions),
            authenticator: this.authenticator,
            outbox: this.outbox,
            telemetry,
            stopwatch,
            watch,
            surety: this.surety,
        });
        this.inbound = new Inbound({
            self: place,
            watch,
            surety: this.surety,
            codec,
            authenticator: this.authenticator,
            verifier,
            telemetry,
            stopwatch,
            machine: () => this.machine,
            isGuest: (id) => this.seats.isGuest(id),
            otherEpoch: (from, epoch) => {
                if (typeof epoch === 'number')
                    this.exchange.heard(this.seats.memberOf(from), epoch);
            },
            other: (from, item) => this.otherItem(from, item),
            inspect: (batch) => this.proposer.inspect(batch),
            // A check on another thread may end in the next epoch.
            deliver: (attested) => {
                if (this.set === set)
                    this.event({ kind: 'message', attested });
            },
        });
        this.transfer?.stop();
        this.transfer = new StateTransfer({
            self: place,
            n,
            clock,
            reachable: (to) => (this.o.transport.stats().peers[this.seats.memberOf(to)] ?? -1) >= 0,
            send: (to, item) => {
                this.outbox.send(to, item);
                this.endTurn();
            },
            hasher,
            telemetry,
            roots: (sequence, meta, digest) => this.executor.sectionRoots(sequence, meta, digest),
            present: () => this.executor.present(),
            kept: () => snapshots.parts(),
            keep: (part) => snapshots.keepPart(part),
            wanted: (sequence) => this.wants(sequence),
            install: (target, meta, sections) => this.install(target, meta, sections),
            onFalse: (validator) => log.warn('a validator gave a piece of a state that does not hold: asking others', {
                validator,
            }),
            onProgress: (status) => this.progress(status),
        });
    }
    makeWatch(self, n, codec) {
        const { chain, clock, protocol, verifier } = this.o;
        const { authenticator } = this;
        const { auth, parameters, protocolParameters } = chain.genesis;
        const setting = { n, auth, parameters: protocolParameters ?? {} };
        return new Watch({
            self,
            n,
            clock,
            codec,
            contradicts: (first, second) => protocol.contradiction?.(first, second),
            claims: ({ from, envelope }, { signed }) => authenticator.claims(from, envelope.body, envelope.signature, signed === 'always'),
            holds: (claim) => verifier.verifySync(claim),
            broadcast: (item) => {
                this.outbox.send(undefined, item);
                this.endTurn();
            },
            compare: (attested) => this.event({ kind: 'exhibit', attested }),
            onEvidence: (evidence) => this.keep(evidence),
            ...(protocol.quorum?.(setting) ?? { faulty: maxFaulty(n), quorum: quorumSize(n) }),
            window: parameters.window,
            primaryOf: (view) => protocol.proposer?.(view, n),
            connected: this.connectedSeats(),
        });
    }
    makeSurety(self, n) {
        if (this.o.chain.genesis.auth !== 'channel')
            return undefined;
        return new Surety({
            n,
            clock: this.o.clock,
            suspects: () => Array.from({ length: n }, (_, peer) => peer).filter((peer) => peer !== self && SUSPECT.has(this.watch.report(peer).judgement.health)),
            send: (to, item) => {
                this.outbox.send(to, item);
                this.endTurn();
            },
            refused: (peer) => {
                this.o.telemetry.rejections.add('unsigned');
                this.watch.rejected(peer, 'unsigned');
            },
        });
    }
    makeAccuser() {
        const { signer, chain, clock } = this.o;
        if (signer === undefined || !this.o.protocol.byzantine)
            return undefined;
        return new Accuser({
            chain,
            clock,
            signer,
            turn: () => this.place,
            open: (id) => {
                const { current, convicted = [] } = this.executor.membership;
                return (current.members.some((member) => member.id === id) && convicted.every(({ member }) => member !== id));
            },
            sequence: () => this.execution.sequence,
            nonce: () => this.nextNonce(),
            submit: (transaction) => {
                this.submit(transaction);
                this.outbox.send(undefined, encodeValue([RELAY_ITEM, [transaction]]));
                this.endTurn();
            },
        });
    }
    lastNonce = 0;
    nextNonce() {
        this.lastNonce = Math.max(this.lastNonce + 1, Math.floor(this.o.clock.wallMs()));
        return this.lastNonce;
    }
    makeTwinWatch() {
        const { run, chain, clock, transport } = this.o;
        if (run === undefined)
            return undefined;
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
    start() {
        this.execution.restore();
        const { epoch, records } = epochOf(this.o.records);
        this.logEpoch = epoch;
        const state = this.executor.membership.current;
        const { latest } = this.epochs;
        const set = latest.epoch <= state.epoch || epoch === state.epoch ? state : latest;
        if (epoch > set.epoch) {
            throw new LockstepError('log-damaged', `the vote log is of epoch ${epoch}, and nothing here proves an epoch above ${set.epoch}: the home is mixed of several ` +
                'ages; run `lockstep rejoin --home DIR` to come back as a new incarnation');
        }
        this.begin(set, epoch === set.epoch ? records : []);
        this.due = true;
        this.turnOver();
        this.endTurn();
        this.tend();
        this.resumeCases().catch((error) => this.fail(error));
    }
    /** How many of n make a certificate. */
    certifiers(n) {
        return certifiersOf(this.o.protocol, this.o.chain.genesis, n);
    }
    /** Whether the state of this checkpoint is of use: above ours, or the one without which we execute nothing. */
    wants(sequence) {
        return this.lacking === undefined
            ? sequence > this.machine.status().lowWatermark
            : sequence >= this.lacking;
    }
    /** Enters the epoch of a set: from our state where it is of that epoch, else from the checkpoint that proves it. */
    begin(set, records) {
        const { chain, clock, protocol, log, voteLog } = this.o;
        const { parameters } = chain.genesis;
        for (const cancel of this.timers.values())
            cancel();
        this.timers.clear();
        this.events.length = 0;
        this.held.clear();
        this.lastDemandMs = -1;
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
        const base = own || proof === undefined ? latest : proof;
        const arrived = own || latest.digest === base.digest;
        this.lacking = arrived || !this.voting ? undefined : base.sequence;
        // Connections that this ends or makes are the new machine's events.
        this.draining = true;
        this.tellTransport();
        const boundary = own ? membership.pending?.set.since : undefined;
        const config = {
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
        if (this.muteBecause !== undefined)
            log.warn(this.muteBecause, { epoch: set.epoch });
        this.machine = this.voting
            ? protocol.create(config, this.voice.decoded(records), clock.nowMs(), this.out)
            : new Follower(config, this.certifiers(n), this.execution.sequence);
        this.carryOut();
        this.draining = false;
        if (!arrived && proof !== undefined)
            this.fetchState(targetOf(proof));
        this.drain();
        this.watch.start();
        this.surety?.start();
        const member = set.members[this.place];
        if (this.forgotten && member !== undefined)
            this.comeback.ask(set, member);
        else
            this.comeback.stop();
        this.o.onSet?.(set);
        this.outbox.held = this.voting && this.twins?.cleared === false;
        this.twins?.check();
    }
    /** Whose connection is open now, by place. */
    connectedSeats() {
        const { peers } = this.o.transport.stats();
        return this.set.members.map(({ id }) => (peers[id] ?? -1) >= 0);
    }
    get voting() {
        return this.muteBecause === undefined;
    }
    seatIn(set) {
        const { self, chain, keys } = this.o;
        const own = keys ?? (self === undefined ? undefined : chain.genesis.validators[self]);
        return set.members.findIndex((m) => m.ed25519 === own?.ed25519 && m.mlDsa87 === own.mlDsa87);
    }
    /** Why we have no vote in this epoch. A forgetful home that the ledger has taken back is forgetful no more. */
    reasonForSilence({ members }, seat) {
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
    advance() {
        const { latest } = this.epochs;
        if (latest.epoch <= this.set.epoch)
            return;
        const proof = this.epochs.proofOf(latest.epoch);
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
            if (arrived)
                this.execution.save(proof.sequence);
        }
        catch (error) {
            return this.whenDiskHasSpace(error, () => {
                this.due = true;
                this.turnOver();
            });
        }
        this.proposer.viewChanged();
        this.begin(latest, []);
        for (const { id } of [...left.members, ...latest.members])
            this.exchange.tell(id, left.epoch);
        this.endTurn();
    }
    /** The old epoch has nothing more to do: it waits. Throws what is no full disk. */
    whenDiskHasSpace(error, again) {
        if (!(error instanceof LockstepError) || error.code !== 'disk-full')
            throw error;
        this.o.log.warn(`the next epoch waits: ${error.message}`, { epoch: this.set.epoch });
        this.o.clock.after(DISK_RETRY_MS, () => {
            if (this.stopped)
                return;
            try {
                again();
            }
            catch (failure) {
                this.fail(failure);
            }
        });
    }
    /** Between two steps of the machine: whether its epoch is over. */
    turnOver() {
        if (this.draining || this.stopped)
            return;
        try {
            while (this.due) {
                this.due = false;
                this.advance();
            }
        }
        catch (error) {
            this.fail(error);
        }
    }
    tellTransport() {
        this.neighbours.are(this.set, this.executor.membership.pending);
    }
    /** One that only follows lacks what was certified last, where nothing new is. */
    tellGuest(from) {
        const id = this.seats.idOf(from);
        for (const attested of this.certificate)
            this.outbox.send(id, this.voice.encodeItem(attested));
        this.endTurn();
    }
    stop() {
        this.stopped = true;
        for (const cancel of this.timers.values())
            cancel();
        this.timers.clear();
        this.neighbours.stop();
        this.comeback.stop();
        this.cancelGrace?.();
        this.twins?.stop();
        this.accuser?.stop();
        this.watch?.stop();
        this.surety?.stop();
        this.transfer?.stop();
        this.server.stop();
        this.execution.stop();
    }
    // ------------------------------------------------------------------------------- from outside
    /** The transport did not take what this peer sent. */
    peerRejected(from, code) {
        this.watch.rejected(this.seats.idOf(from), code);
    }
    peerFrame(from, items) {
        if (this.closed)
            this.o.telemetry.rejections.add('overloaded');
        else
            this.inbound.frame(this.seats.idOf(from), items);
    }
    peerUp(from, replaced = false) {
        if (this.stopped)
            return;
        this.twins?.peerUp(from, replaced);
        const peer = this.seats.idOf(from);
        this.transfer?.peerUp(peer);
        if (!this.seats.isGuest(peer))
            this.watch.peerUp(peer);
        this.connected(from);
    }
    connected(from) {
        if (this.stopped)
            return;
        if (this.still !== undefined) {
            this.o.clock.after(DISK_RETRY_MS, () => this.connected(from));
            return;
        }
        this.exchange.hello(from);
        for (const item of this.o.addresses?.items() ?? [])
            this.outbox.sendMember(from, item);
        const peer = this.seats.idOf(from);
        if (!this.seats.isGuest(peer))
            this.event({ kind: 'connected', peer });
    }
    peerDown(from) {
        const peer = this.seats.idOf(from);
        this.transfer?.peerDown(peer);
        if (this.seats.isGuest(peer))
            return;
        this.watch.peerDown(peer);
        this.event({ kind: 'disconnected', peer });
    }
    /** A validator says that it listens elsewhere. */
    readdressed() {
        if (!this.stopped)
            this.tellTransport();
    }
    /** The proofs of the epochs above this one, for whoever asks outside of a session. */
    epochProofs(above, most = 16) {
        return this.epochs.after(above, most).map(({ bytes }) => bytes);
    }
    /** Takes proofs that came from anywhere: each proves itself. */
    learnEpochs(proofs) {
        if (!this.stopped)
            this.exchange.onProofs([PROOFS_ITEM, ...proofs]);
    }
    get epoch() {
        return this.set.epoch;
    }
    /** The number by which the others know us, if they do. */
    get number() {
        return this.set.members[this.place]?.id ?? this.neighbours.own;
    }
    clientFrame(session, items) {
        if (this.closed)
            this.o.telemetry.rejections.add('overloaded');
        else
            this.intake.clientFrame(session, items);
    }
    /** Puts a signed transaction into this replica's mempool, as a client's would be. */
    submit(transaction) {
        this.intake.submit([transaction]);
    }
    get isPrimary() {
        const { primary, active } = this.machine.status();
        return active && primary === this.place;
    }
    lease() {
        const { active, primary, delivered } = this.machine.status();
        const readable = this.machine.readable?.(this.o.clock.nowMs()) ?? false;
        // What is delivered and not executed yet would be missing from the answer.
        const executed = this.execution.status().sequence >= delivered;
        return { readable: readable && executed, leader: active ? this.seats.memberOf(primary) : undefined };
    }
    /** States that entries can be proven from. */
    heldStates() {
        return this.execution.held();
    }
    /** What this replica has seen of each of the others, by member number. */
    peerReports() {
        return this.set.members.flatMap(({ id }, place) => place === this.place ? [] : [{ ...this.watch.report(place), id }]);
    }
    /** Whose messages for a slot came when; undefined where it is too old or too new. */
    explain(sequence) {
        return this.watch.explain(sequence, this.set.members.map(({ name }) => name));
    }
    evidenceList() {
        return [...this.past, ...this.watch.evidence()];
    }
    status() {
        const machine = this.machine.status();
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
            evidence: this.past.length + this.watch.evidence().length,
            paused: this.still ?? (this.outbox.held ? UNCLEARED : undefined),
            transfer: this.transfer?.status(),
        };
    }
    // ------------------------------------------------------------------------------- the machine
    event(event) {
        if (this.stopped || (this.still !== undefined && event.kind === 'message'))
            return;
        this.events.push(event);
        if (!this.draining)
            this.drain();
        this.endTurn();
    }
    /** Steps the machine until no event is left; effects may bring new ones. */
    drain() {
        this.draining = true;
        try {
            for (let event = this.events.shift(); event !== undefined; event = this.events.shift()) {
                this.machine.step(event, this.o.clock.nowMs(), this.out);
                this.carryOut();
            }
        }
        catch (error) {
            this.fail(error);
        }
        finally {
            this.draining = false;
        }
        if (this.due)
            this.turnOver();
    }
    carryOut() {
        for (let i = 0; i < this.out.length; i++)
            this.effect(this.out[i]);
        this.out.length = 0;
    }
    /** Once per turn: propose, tell the machine who waits, flush the log, send. */
    endTurn() {
        if (this.turnEnds || this.stopped)
            return;
        this.turnEnds = true;
        this.o.clock.endOfTurn(() => {
            this.turnEnds = false;
            if (this.stopped || this.still !== undefined)
                return;
            try {
                // What waits is told after it is proposed, where it can be: then a machine knows whether more waits behind it.
                this.propose();
                if (this.demand())
                    this.propose();
                this.outbox.flush();
            }
            catch (error) {
                this.standstill.unwritten(error);
            }
        });
    }
    /** More of the log is durable, or nothing will be any more. */
    durable(error) {
        if (this.stopped)
            return;
        if (error !== undefined)
            return this.fail(error);
        this.outbox.release();
    }
    /** Why nothing is said and nothing is heard at present, where that is so. */
    get still() {
        return this.standstill.because;
    }
    /** Nothing is taken in while nothing can go out. */
    get closed() {
        return this.stopped || this.still !== undefined || this.outbox.heldBytes > MAX_HELD_BYTES;
    }
    propose() {
        for (;;) {
            // Anew each time: what was proposed last may have ended the epoch.
            const { machine, events } = this;
            const { inFlight, delivered } = machine.status();
            const batch = machine.proposable()
                ? (this.proposer.next(inFlight) ?? this.towardsBoundary(inFlight, delivered))
                : undefined;
            if (batch === undefined && machine.drives?.() !== true)
                return;
            events.push(batch === undefined ? { kind: 'idle' } : { kind: 'propose', batch });
            this.drain();
        }
    }
    /** An idle cluster goes to the checkpoint of a pending change by batches of nothing. */
    towardsBoundary(inFlight, delivered) {
        const { pending } = this.executor.membership;
        if (pending === undefined || pending.set.epoch <= this.set.epoch)
            return undefined;
        const enough = inFlight >= this.o.limits.pipelineDepth || delivered + inFlight >= pending.set.since;
        return enough ? undefined : this.proposer.empty();
    }
    lastDemandMs = -1;
    /** A pending change waits to be ordered to its end, however little else does; each slot is progress. */
    pendingSince() {
        const { pending } = this.executor.membership;
        const waits = pending !== undefined &&
            pending.set.epoch > this.set.epoch &&
            this.execution.sequence < pending.set.since;
        return waits ? this.lastExecutedMs : -1;
    }
    /** Whether there was news. */
    demand() {
        const clients = this.execution.demandSince();
        const oldestMs = clients >= 0 ? clients : this.pendingSince();
        if (oldestMs === this.lastDemandMs)
            return false;
        this.lastDemandMs = oldestMs;
        this.watch.conduct.waiting(oldestMs < 0 ? Number.NaN : oldestMs);
        this.events.push({ kind: 'demand', oldestMs });
        this.drain();
        return true;
    }
    /** What of the log may wait is done now and then. */
    tend() {
        this.o.clock.after(TEND_MS, () => {
            if (this.stopped)
                return;
            try {
                this.o.voteLog.tend();
            }
            catch (error) {
                this.standstill.unwritten(error);
            }
            this.tend();
        });
    }
    fail(error) {
        this.stop();
        this.o.onFatal(error);
    }
    // ------------------------------------------------------------------------------------ effects
    effect(effect) {
        const { telemetry, voteLog } = this.o;
        const { voice } = this;
        switch (effect.kind) {
            case 'persist':
                telemetry.logRecords++;
                voteLog.append(voice.encodeRecord(effect.record));
                if (effect.lazy !== true)
                    this.outbox.bind();
                return;
            case 'send':
                if (effect.afterPersist)
                    this.outbox.bind();
                voice.count(effect.message, effect.to);
                voice.post(effect.to, voice.encodeItem(voice.sign(effect.message)));
                return;
            case 'attest':
                return this.attest(effect.message, effect.unsent === true);
            case 'forward':
                // To all it is an echo, which repeats nothing.
                if (effect.to === undefined)
                    telemetry.echoes++;
                else
                    telemetry.retransmissions++;
                voice.post(effect.to, voice.encodeItem(effect.attested));
                return;
            case 'timer':
                return this.setTimer(effect.timer, effect.delayMs);
            case 'cancel':
                this.timers.get(effect.timer)?.();
                this.timers.delete(effect.timer);
                return;
            case 'deliver':
                this.watch.executed(effect.sequence, effect.view, effect.fast);
                return this.execute(effect.sequence, effect.batch, effect.fast);
            case 'stable':
                telemetry.checkpoints++;
                this.certificate = effect.certificate;
                this.endOfEpoch(effect.sequence, effect.certificate);
                return this.stable(effect.sequence, effect.digest, effect.certificate);
            case 'diverged':
                return this.healing.diverged(effect.sequence, effect.own, effect.digest, this.machine.status().lowWatermark);
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
    attest(message, unsent) {
        const { voice } = this;
        const attested = voice.sign(message);
        voice.count(message, undefined);
        this.o.telemetry.logRecords++;
        this.o.voteLog.append(voice.encodeRecord(this.o.protocol.attestedRecord(attested)));
        this.outbox.bind();
        if (!unsent)
            voice.post(undefined, voice.encodeItem(attested));
        this.events.push({ kind: 'message', attested });
    }
    keep({ from, offence, first, second }) {
        this.o.telemetry.violations.add(offence);
        this.o.log.warn('a validator contradicted itself', { validator: from, offence });
        const seenMs = this.o.clock.wallMs();
        this.o.store.accuse({ from, offence, seenMs, first: signed(first), second: signed(second) });
        const member = this.set.members[from];
        if (member !== undefined)
            this.accuser?.take(member.id, { first: first.envelope, second: second.envelope });
    }
    /** What an earlier life of this process found, and nobody was convicted of yet. */
    async resumeCases() {
        const { accuser } = this;
        if (accuser === undefined)
            return;
        for (const { from, first, second } of await this.o.store.evidence(MAX_RESUMED_EVIDENCE)) {
            if (this.stopped)
                return;
            const epoch = epochOfBody(first.body);
            const member = epoch === undefined ? undefined : this.epochs.setOf(epoch)?.members[from];
            if (member !== undefined)
                accuser.take(member.id, { first, second });
        }
    }
    setTimer(name, delayMs) {
        this.timers.get(name)?.();
        const cancel = this.o.clock.after(delayMs, () => {
            if (this.still !== undefined)
                return this.setTimer(name, DISK_RETRY_MS);
            this.timers.delete(name);
            this.event({ kind: 'timer', timer: name });
        });
        this.timers.set(name, cancel);
    }
    execute(sequence, batch, fast) {
        if (fast)
            this.o.telemetry.fastPath++;
        if (this.lacking !== undefined) {
            this.held.set(sequence, batch);
            return;
        }
        const before = this.executor.membership.pending;
        // Past its boundary an epoch has no slots, whatever its machine believes: this is what makes the change safe.
        if (before !== undefined && before.set.epoch > this.set.epoch && sequence > before.set.since)
            return;
        this.stopwatch.enter('execution');
        this.execution.execute(sequence, batch);
        this.stopwatch.leave();
        this.lastExecutedMs = this.o.clock.nowMs();
        const { pending } = this.executor.membership;
        if (pending !== undefined && pending !== before)
            this.changeExecuted(pending);
        if (sequence % this.o.chain.genesis.parameters.checkpointInterval !== 0)
            return;
        this.stopwatch.enter('execution');
        this.execution.checkpoint();
        this.stopwatch.leave();
    }
    changeExecuted({ set, what }) {
        this.o.log.info('a change of the validators is ordered', { what, epoch: set.epoch, from: set.since });
        this.events.push({ kind: 'boundary', sequence: set.since });
        this.tellTransport();
    }
    /** The last checkpoint of this epoch is certified: provable from now on, and the next epoch begins. */
    endOfEpoch(sequence, certificate) {
        const { pending } = this.executor.membership;
        if (pending?.set.since !== sequence || pending.set.epoch !== this.set.epoch + 1)
            return;
        const meta = this.execution.metaAt(sequence);
        invariant(meta !== undefined, 'a stable checkpoint is one that we executed');
        try {
            this.epochs.certified(meta, certificate);
            this.due = true;
        }
        catch (error) {
            this.whenDiskHasSpace(error, () => {
                this.endOfEpoch(sequence, certificate);
                this.turnOver();
            });
        }
    }
    /** History below is not needed any more; once the log is long, it starts anew from this state. */
    stable(sequence, digest, certificate) {
        this.watch.stable(sequence, digest);
        this.execution.certified(sequence, digest, certificate);
        this.execution.forgetBelow(sequence);
        this.healing.stable(sequence);
        this.upkeep.stable();
    }
    fetchState({ sequence, digest, certificate }) {
        if (!this.transfer.start({ sequence, digest, certificate }))
            return;
        this.o.log.warn('behind a certified checkpoint: fetching its state', { sequence });
    }
    lastProgressMs = Number.NEGATIVE_INFINITY;
    progress(status) {
        const nowMs = this.o.clock.nowMs();
        if (nowMs - this.lastProgressMs < PROGRESS_MS)
            return;
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
    install(target, meta, sections) {
        const { sequence, digest, certificate } = target;
        if (!this.wants(sequence))
            return;
        const { lacking } = this;
        try {
            this.execution.adopt(meta, sections);
        }
        catch (error) {
            return this.fail(error);
        }
        this.o.telemetry.stateTransfers++;
        this.healing.installed();
        this.o.store.truncate(sequence);
        this.execution.certified(sequence, digest, certificate);
        this.o.log.info('installed the state of a checkpoint', { sequence });
        this.lacking = undefined;
        // Before the machine knows of this checkpoint: from it on the window may reach past the epoch's last one.
        const { pending } = this.executor.membership;
        if (pending !== undefined && pending.set.epoch > this.set.epoch)
            this.changeExecuted(pending);
        if (lacking === sequence)
            this.executeHeld(sequence);
        else {
            this.held.clear();
            this.event({ kind: 'installed', sequence, digest, certificate });
        }
        // What was known of the slots above it may have led to a later checkpoint meanwhile.
        this.upkeep.compact();
        this.o.snapshots.dropParts();
    }
    /** What the machine delivered while we had no state to execute it on. */
    executeHeld(base) {
        for (let sequence = base + 1;; sequence++) {
            const batch = this.held.get(sequence);
            if (batch === undefined)
                break;
            this.execute(sequence, batch, false);
        }
        this.held.clear();
        if (!this.draining)
            this.drain();
        this.endTurn();
    }
    relay(to) {
        const transactions = this.mempool.relayable(MAX_RELAYED_PER_PERIOD).map((entry) => entry.bytes);
        if (transactions.length > 0)
            this.outbox.send(to, encodeValue([RELAY_ITEM, transactions]));
    }
    viewChanged(view, active) {
        const { telemetry, log } = this.o;
        if (active) {
            telemetry.viewChanges++;
            this.watch.entered(view);
        }
        log.info(active ? 'entered a view' : 'left the view, asking for the next', { view });
        // What the old primary had proposed and did not commit is free to be proposed again.
        this.proposer.viewChanged();
    }
    otherItem(from, item) {
        const kind = item[0];
        let code = 'frame-kind';
        if (kind === STATE_REQUEST_ITEM) {
            this.watch.catchingUp(from);
            code = this.server.onRequest(from, item);
        }
        else if (kind === STATE_PIECES_ITEM)
            code = this.transfer.onPieces(from, item);
        else if (kind === HELLO_ITEM)
            code = this.exchange.onHello(this.seats.memberOf(from), item);
        else if (kind === PROOFS_ITEM)
            code = this.exchange.onProofs(item);
        else if (kind === ADDRESS_ITEM && this.o.addresses !== undefined) {
            const taken = this.o.addresses.onItem(item);
            code = typeof taken === 'string' ? taken : undefined;
            if (typeof taken !== 'string' && taken.pass !== undefined)
                this.outbox.send(undefined, taken.pass);
        }
        else if (kind === RELAY_ITEM)
            code = this.relays.onItem(from, item);
        else if (this.twins?.takes(kind))
            code = this.twins.onItem(this.seats.memberOf(from), item);
        else if (kind === EXHIBIT_ITEM && !this.seats.isGuest(from))
            code = this.watch.onExhibit(from, item);
        else if (kind === SIGN_ITEM && this.surety !== undefined && !this.seats.isGuest(from))
            code = this.surety.onItem(from, item);
        else if (kind === HELD_ITEM && !this.seats.isGuest(from))
            code = this.watch.onHeld(from, item);
        if (code === undefined)
            return;
        this.o.telemetry.rejections.add(code);
        this.watch.rejected(from, code);
    }
}
/** The checkpoint at which an epoch begins, as a transfer's target: its votes are the proof's. */
function targetOf({ sequence, digest, votes }) {
    const certificate = votes.map(({ from, body, signature }) => ({
        from,
        message: { type: 'checkpoint' },
        envelope: { body, signature },
    }));
    return { sequence, digest, certificate };
}
//# sourceMappingURL=replica.js.map