/** The state of one HotStuff replica, and the small operations that every part of the protocol shares. */
import { NULL_DIGEST } from '../../core/ids.js';
import { quorumSize, weakQuorumSize } from '../../core/quorum.js';
import { roundsOf } from './rounds.js';
import { Slot } from './slot.js';
const wantedKey = (sequence, digest) => `${sequence}:${digest}`;
export class State {
    config;
    self;
    n;
    rules;
    rounds;
    quorum;
    weakQuorum;
    // ---- of the running step
    nowMs = 0;
    out = [];
    // ---- views
    view;
    /** When we entered it, ms. */
    enteredMs = 0;
    /** We timed out of the view: no vote of ours is cast in it any more. */
    left = false;
    /** What proves that the view before ours ended, where a time-out ended it. */
    timeoutCertificate;
    /** Per replica, its time-out of the latest view; ours among them. */
    timeouts;
    /** Per replica, the latest view that it said it is in or waits for: its highest certificate came with it. */
    heard;
    /** Per replica, the highest round of which it is known to hold a certificate, and the view that it is known to be in. */
    shownRound;
    shownView;
    /** As a new leader: not everybody's highest certificate may be here yet. */
    waiting = false;
    // ---- the chain
    /** Certified blocks from the last committed one on. */
    certified = new Map();
    /** The highest of them, and its certificate; the genesis block has none. */
    high;
    certificate;
    /** Of the last block known to be committed. */
    committed;
    /** Votes for blocks that are not certified yet: by round, then by replica. */
    votes = new Map();
    /** The certified block that we asked for, and what each replica says it is. */
    asked;
    /** What the leader of the present view proposed for rounds above the highest certified one. */
    proposals = new Map();
    /** Blocks without a batch are proposed up to this round. */
    tailsUntil = 0;
    // ---- our promises
    lastVoted = 0;
    locked = 0;
    /** The vote of that round, once it is signed. */
    ownVote;
    /** As leader: the block that we proposed last; its vote follows when it is signed. */
    proposed;
    /** While the log is read: the proposal whose vote comes next. */
    restoredTails;
    /** The round of the last certificate that the log holds. */
    loggedCertificate = 0;
    // ---- slots
    slots = new Map();
    delivered;
    /** The checkpoint with which this validator set ends. */
    boundary;
    /** The highest sequence that anybody voted for: above `delivered`, something is under way. */
    highestSeen;
    /** Batches wanted from others, by slot and digest. */
    wanted = new Map();
    // ---- checkpoints
    stable;
    stableCertificate;
    ownCheckpoints = new Map();
    checkpointVotes = new Map();
    /** Certified, but we have not executed that far, or differently. */
    pendingCertificate;
    transferring = -1;
    transferAskedMs = 0;
    // ---- pacemaker
    demandSinceMs = -1;
    lastProgressMs = 0;
    /** When something was delivered last, or a state was installed. */
    deliveredMs = 0;
    tickArmed = false;
    tickMs = 0;
    tickDueMs = 0;
    heartbeatMs = 0;
    wasBusy = false;
    relayed = false;
    failedViews = 0;
    /** Ticks since we left the present view. */
    lonelyTicks = 0;
    commitEwmaMs = 0;
    commitVarMs = 0;
    /** When the slot after the last delivered one was first seen. */
    seenAtMs = new Map();
    newsMs = 0;
    /** Since when each replica's connection to us is closed; −1: it is open, or was never. */
    lostSinceMs;
    /** How often in a row each replica's views ended by a time-out. */
    missed;
    /** When we last were behind f + 1 others, or took a state: what waits here since before may be done elsewhere. */
    behindMs = Number.NEGATIVE_INFINITY;
    /** What others last said that they delivered; −1: nothing yet. */
    peerDelivered;
    lastAnsweredMs;
    fetches;
    lastStatusMs = Number.NEGATIVE_INFINITY;
    constructor(config, rules) {
        this.config = config;
        this.self = config.self;
        this.n = config.n;
        this.rules = rules;
        this.rounds = roundsOf(String(config.parameters.leader), config.n);
        this.quorum = quorumSize(config.n);
        this.weakQuorum = weakQuorumSize(config.n);
        this.view = this.rounds.viewOf(1);
        this.stable = config.restoredSequence;
        this.delivered = this.stable;
        this.highestSeen = this.stable;
        this.boundary = config.boundary ?? Number.POSITIVE_INFINITY;
        this.ownCheckpoints.set(this.stable, config.restoredDigest);
        // Certified by agreement. Who restores a later checkpoint has the certificates that go on from there in its log, or
        // hears them before anybody needs its vote.
        const genesis = { round: 0, parent: 0, sequence: this.stable, digest: NULL_DIGEST };
        this.certified.set(0, genesis);
        this.high = genesis;
        this.committed = genesis;
        this.asked = { round: -1, answers: new Array(config.n).fill(undefined) };
        this.timeouts = new Array(config.n).fill(undefined);
        this.heard = new Array(config.n).fill(-1);
        this.shownRound = new Array(config.n).fill(0);
        this.shownView = new Array(config.n).fill(-1);
        this.lostSinceMs = new Array(config.n).fill(-1);
        this.missed = new Array(config.n).fill(0);
        this.peerDelivered = new Array(config.n).fill(-1);
        this.lastAnsweredMs = new Array(config.n).fill(Number.NEGATIVE_INFINITY);
        this.fetches = Array.from({ length: config.n }, () => ({ sinceMs: Number.NEGATIVE_INFINITY, bytes: 0 }));
    }
    get leader() {
        return this.rounds.leaderOf(this.view);
    }
    get isLeader() {
        return this.leader === this.self;
    }
    /** The highest slot that may be proposed or voted for. */
    get highWatermark() {
        return Math.min(this.boundary, this.stable + this.config.window);
    }
    /** All that this validator set may order is delivered; what is left to do is to certify its last checkpoint. */
    get ended() {
        return this.delivered >= this.boundary;
    }
    slot(sequence) {
        let slot = this.slots.get(sequence);
        if (slot === undefined) {
            slot = new Slot(sequence, this.n);
            this.slots.set(sequence, slot);
        }
        return slot;
    }
    /** Somebody means to fill this slot. */
    see(sequence) {
        if (sequence <= this.highestSeen || sequence > this.highWatermark)
            return;
        this.highestSeen = sequence;
        this.newsMs = this.nowMs;
        this.seenAtMs.set(sequence, this.nowMs);
    }
    /** Something is under way that we have a part in. */
    get busy() {
        return (this.left ||
            this.demandSinceMs >= 0 ||
            this.highestSeen > this.delivered ||
            (this.ended && this.stable < this.boundary) ||
            this.pendingCertificate !== undefined ||
            this.wanted.size > 0);
    }
    // ------------------------------------------------------------------------------ effects
    reject(from, code) {
        this.out.push({ kind: 'reject', from, code });
    }
    /** Nothing is promised with a record alone: the vote or time-out that rests on it is signed, logged and sent after it. */
    note(record) {
        this.out.push({ kind: 'persist', record, lazy: true });
    }
    send(to, message) {
        this.out.push({ kind: 'send', to, message, afterPersist: false });
    }
    forward(to, attested) {
        if (to !== this.self)
            this.out.push({ kind: 'forward', to, attested });
    }
    evidence(offence, first, second) {
        this.out.push({ kind: 'evidence', from: second.from, offence, first, second });
        this.reject(second.from, 'conflicting');
    }
    /** No vote and no claim without the bytes: they enter the log once, ahead of whatever names them. */
    logBatch(slot, digest) {
        const batch = slot.batches.get(digest);
        if (batch === undefined || slot.logged.has(digest))
            return;
        slot.logged.add(digest);
        // The vote that needs it comes after it.
        this.note({ type: 'batch', sequence: slot.sequence, digest, batch });
    }
    wants(sequence, digest) {
        return this.wanted.has(wantedKey(sequence, digest));
    }
    unwant(sequence, digest) {
        this.wanted.delete(wantedKey(sequence, digest));
    }
    /** Asks the others for a batch that we know by its digest. */
    want(sequence, digest) {
        if (this.wants(sequence, digest))
            return;
        this.wanted.set(wantedKey(sequence, digest), { sequence, digest });
        this.send(undefined, { type: 'fetch', epoch: this.config.epoch, sequence, digest });
    }
    ownStatus() {
        return {
            type: 'status',
            epoch: this.config.epoch,
            view: this.view,
            left: this.left,
            high: this.high.round,
            stable: this.stable,
            delivered: this.delivered,
        };
    }
}
//# sourceMappingURL=state.js.map