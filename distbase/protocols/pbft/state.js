/** The state of one PBFT replica, and the small operations that every part of the protocol shares. */
import { NULL_DIGEST } from '../../core/ids.js';
import { primaryOf, weakQuorumSize } from '../../core/quorum.js';
import { HELP_FIRST_MS } from './leave.js';
import { Past } from './past.js';
import { RULES } from './rules.js';
import { Slot } from './slot.js';
const wantedKey = (sequence, digest) => `${sequence}:${digest}`;
export class State {
    config;
    self;
    n;
    rules;
    quorum;
    weakQuorum;
    // ---- of the running step
    nowMs = 0;
    out = [];
    // ---- views
    view = 0;
    active = true;
    /** The latest view that we asked for, see leave.ts: `view` at least, where we left for it. */
    asked = 0;
    /** When we last said so. */
    askedMs = Number.NEGATIVE_INFINITY;
    /** What each other asked for; −1: nothing. */
    peerAsked;
    /** When we entered the present view. */
    viewSinceMs = 0;
    /** When each other's last VIEW-CHANGE came, and how long one that nobody follows waits for help. */
    leftSinceMs;
    patienceMs;
    /** The NEW-VIEW that made the present view, for those who missed it. */
    newView;
    /** As primary of the present view: its NEW-VIEW is on its way. */
    newViewSent = false;
    /** Per replica, its VIEW-CHANGE for the highest view; ours among them. */
    viewChanges;
    /** Messages of views that we have not entered yet, per replica. */
    ahead;
    // ---- slots
    slots = new Map();
    /** What lies below the stable checkpoint, for laggards. */
    past;
    /** The last stable checkpoint that we hold ourselves: h of our VIEW-CHANGE. */
    stable;
    certificate;
    /** Low watermark for voting: `stable`, or above it where the present view started from a later checkpoint. */
    low;
    /** The last slot that the present view's NEW-VIEW assigned. */
    lastAssigned = 0;
    delivered;
    /** The checkpoint with which this validator set ends. */
    boundary;
    /** The highest sequence proposed in this view; only the primary's counts. */
    lastProposed;
    /** The highest sequence that anybody voted for: above `delivered`, something is under way. */
    highestSeen;
    /** Batches wanted from others, by slot and digest: a liar may have one batch proposed at several slots. */
    wanted = new Map();
    // ---- fast path
    /** Slots that prepared here and whose COMMIT waits for the last PREPAREs. */
    held = new Set();
    fastArmed = false;
    fastEwmaMs = 0;
    fastVarMs = 0;
    fastMisses = 0;
    fastPauseSlots = 64;
    fastPausedUntil = 0;
    // ---- checkpoints
    ownCheckpoints = new Map();
    checkpointVotes = new Map();
    /** Certified, but we have not executed that far, or differently. */
    pendingCertificate;
    /** A state transfer that the driver was asked for, and when. */
    transferring = -1;
    transferAskedMs = 0;
    // ---- pacemaker
    demandSinceMs = -1;
    lastProgressMs = 0;
    tickArmed = false;
    tickMs = 0;
    /** When the running tick should come. */
    tickDueMs = 0;
    heartbeatMs = 0;
    wasBusy = false;
    /** Ticks since we asked for another view, or left for one, without a quorum that follows. */
    lonelyTicks = 0;
    relayed = false;
    failedViews = 0;
    /** When we give up waiting for NEW-VIEW; −1: not enough VIEW-CHANGEs yet. */
    newViewDeadlineMs = -1;
    commitEwmaMs = 0;
    commitVarMs = 0;
    /** When anybody last voted for a slot above all before. */
    newsMs = 0;
    /** Whose connection to us is open; our own place is open, too. */
    connected;
    /** Since when each connection that was open is closed; −1: it is open, or was never. */
    lostSinceMs;
    /** Since when connections to a quorum are open. */
    quorumSinceMs = 0;
    /** What others last said that they delivered; −1: nothing yet. */
    peerDelivered;
    /** The last stable checkpoint that each other named in a status; −1: none yet. */
    peerStable;
    lastAnsweredMs;
    /** Bytes of fetched batches sent to each replica since a moment. */
    fetches;
    lastStatusMs = Number.NEGATIVE_INFINITY;
    /** Gives a message to the machine again; for those that waited for their view. */
    handle;
    constructor(config, handle, rules = RULES) {
        this.config = config;
        this.handle = handle;
        this.self = config.self;
        this.n = config.n;
        this.past = new Past(config.window);
        this.rules = rules;
        this.quorum = rules.quorum(config.n);
        this.weakQuorum = weakQuorumSize(config.n);
        this.boundary = config.boundary ?? Number.POSITIVE_INFINITY;
        this.stable = config.restoredSequence;
        this.low = this.stable;
        this.delivered = this.stable;
        this.lastProposed = this.stable;
        this.highestSeen = this.stable;
        this.ownCheckpoints.set(this.stable, config.restoredDigest);
        this.viewChanges = new Array(config.n).fill(undefined);
        this.peerAsked = new Array(config.n).fill(-1);
        this.leftSinceMs = new Array(config.n).fill(0);
        this.patienceMs = new Array(config.n).fill(HELP_FIRST_MS);
        this.ahead = Array.from({ length: config.n }, () => []);
        this.peerDelivered = new Array(config.n).fill(-1);
        this.peerStable = new Array(config.n).fill(-1);
        this.connected = Array.from({ length: config.n }, (_, id) => id === config.self || config.connected?.[id] !== false);
        this.lostSinceMs = new Array(config.n).fill(-1);
        this.fetches = Array.from({ length: config.n }, () => ({ sinceMs: Number.NEGATIVE_INFINITY, bytes: 0 }));
        this.lastAnsweredMs = new Array(config.n).fill(Number.NEGATIVE_INFINITY);
    }
    get primary() {
        return primaryOf(this.view, this.n);
    }
    get isPrimary() {
        return this.primary === this.self;
    }
    /** H: a window above the low watermark, or further where the new view assigned slots from a later one; never past
     * the end of this validator set. */
    get high() {
        return Math.min(this.boundary, Math.max(this.low + this.config.window, this.lastAssigned));
    }
    /** All that this validator set may order is delivered; what is left to do is to certify its last checkpoint. */
    get ended() {
        return this.delivered >= this.boundary;
    }
    /** h < n ≤ H (TOCS 2002 §4.2). */
    inWindow(sequence) {
        return sequence > this.low && sequence <= this.high;
    }
    slot(sequence) {
        let slot = this.slots.get(sequence);
        if (slot === undefined) {
            slot = new Slot(sequence, this.n);
            this.slots.set(sequence, slot);
        }
        // Slots outlive a view that ends, which takes `highestSeen` back.
        if (sequence > this.highestSeen) {
            this.highestSeen = sequence;
            this.newsMs = this.nowMs;
        }
        return slot;
    }
    /** Whether enough replicas are connected to commit anything: without them no primary can be blamed. */
    get reachesQuorum() {
        let open = 0;
        for (const connected of this.connected)
            if (connected)
                open++;
        return open >= this.quorum;
    }
    /** Something is under way that we have a part in. */
    get busy() {
        return (!this.active ||
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
    persist(record) {
        this.out.push({ kind: 'persist', record });
    }
    /** A note: nothing is promised with it before a vote follows, or never. */
    persistLazily(record) {
        this.out.push({ kind: 'persist', record, lazy: true });
    }
    /** A vote: leaves once the log holds what it promises. */
    vote(message) {
        this.out.push({ kind: 'send', to: undefined, message, afterPersist: true });
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
        this.persist({ type: 'batch', sequence: slot.sequence, digest, batch });
    }
    wants(sequence, digest) {
        return this.wanted.has(wantedKey(sequence, digest));
    }
    /** The batch has come, or is of no use any more. */
    unwant(sequence, digest) {
        this.wanted.delete(wantedKey(sequence, digest));
    }
    /** Asks the others for a batch that we know by its digest. */
    want(sequence, digest) {
        if (digest === NULL_DIGEST || this.wants(sequence, digest))
            return;
        this.wanted.set(wantedKey(sequence, digest), { sequence, digest });
        this.send(undefined, { type: 'fetch', epoch: this.config.epoch, sequence, digest });
    }
    ownStatus() {
        return {
            type: 'status',
            epoch: this.config.epoch,
            view: this.view,
            active: this.active,
            asked: this.asked,
            stable: this.stable,
            delivered: this.delivered,
        };
    }
}
//# sourceMappingURL=state.js.map