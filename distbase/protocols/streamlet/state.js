/** The state of one Streamlet replica, and the small operations that every part of the protocol shares. */
import { NULL_DIGEST } from '../../core/ids.js';
import { weakQuorumSize } from '../../core/quorum.js';
import { firstBlock } from './block.js';
const heldKey = (sequence, digest) => `${sequence}:${digest}`;
export class State {
    config;
    self;
    n;
    rules;
    quorum;
    weakQuorum;
    /** Length of a round in ms; 0: it is derived. */
    fixedRoundMs;
    // ---- of the running step
    nowMs = 0;
    out = [];
    // ---- rounds
    round = 0;
    /** When it began, for us. */
    roundSinceMs;
    /** The round that we ask for; the others' are in `peers`. */
    wants = 0;
    peers;
    // ---- blocks
    /** By round; at most one of a round can ever be notarised. */
    notarised = new Map();
    /** The end of the longest notarised chain that we have seen. */
    tip;
    /** The highest block known to be final. */
    final;
    /** Votes for what is not notarised here, by round and voter. */
    votes = new Map();
    /** What leaders proposed in this round and the next. */
    proposals = new Map();
    held = new Map();
    /** The round of our last vote, and the height of the block that it extends: what we promised (rules.ts, `mayVote`). */
    votedRound = 0;
    votedOn = 0;
    lastVote;
    /** Our last block as a leader. */
    lastProposal;
    proposedRound = 0;
    proposedMs = -1;
    delayMs = 0;
    /** Blocks with batches that we voted for, not final yet: their transactions are spoken for. */
    claimed = [];
    /** Leaders' delays in the last final blocks, oldest first: what the rounds' length derives from. */
    delays = [];
    /** Batches of notarised blocks that we lack, by round: how often we have asked. */
    wanted = new Map();
    delivered;
    // ---- checkpoints
    stable;
    /** The checkpoint with which this validator set ends. */
    boundary;
    certificate;
    ownCheckpoints = new Map();
    checkpointVotes = new Map();
    /** Certified, but we have not executed that far, or differently. */
    pendingCertificate;
    transferring = -1;
    transferAskedMs = 0;
    // ---- time
    demandSinceMs = -1;
    lastProgressMs = 0;
    wasBusy = false;
    relayed = false;
    /** Since then, this round's leader was given what waits here. */
    nudged = false;
    /** When the tick timer runs out; infinite: it is not set. */
    tickDueMs = Number.POSITIVE_INFINITY;
    /** Pause of the heartbeat; 0: the first. Counted from when the last work, or heartbeat, was. */
    heartbeatMs = 0;
    quietSinceMs;
    lastStatusMs = Number.NEGATIVE_INFINITY;
    constructor(config, rules, nowMs) {
        this.config = config;
        this.self = config.self;
        this.n = config.n;
        this.rules = rules;
        this.quorum = rules.quorum(config.n);
        this.weakQuorum = weakQuorumSize(config.n);
        this.roundSinceMs = nowMs;
        this.quietSinceMs = nowMs;
        this.lastProgressMs = nowMs;
        this.fixedRoundMs = Number(config.parameters.roundMs ?? 0);
        this.boundary = config.boundary ?? Number.POSITIVE_INFINITY;
        this.stable = config.restoredSequence;
        // Notarised by agreement. Whoever restores a later checkpoint than the set began with needs no vote for a child of it.
        const first = firstBlock(this.stable);
        this.notarised.set(0, first);
        this.tip = first;
        this.final = first;
        this.delivered = this.stable;
        this.ownCheckpoints.set(this.stable, config.restoredDigest);
        this.peers = Array.from({ length: config.n }, () => ({
            in: 0,
            wants: 0,
            height: 0,
            delivered: -1,
            votes: 0,
            heardMs: Number.NEGATIVE_INFINITY,
            lastAnsweredMs: Number.NEGATIVE_INFINITY,
            fetchedSinceMs: Number.NEGATIVE_INFINITY,
            fetchedBytes: 0,
        }));
    }
    get leader() {
        return this.rules.leader(this.round, this.n);
    }
    /** H: a window above the last stable checkpoint, and never past the end of this validator set. */
    get high() {
        return Math.min(this.boundary, this.stable + this.config.window);
    }
    /** All that this validator set may order is delivered; what is left to do is to certify its last checkpoint. */
    get ended() {
        return this.delivered >= this.boundary;
    }
    /** Votes of this round can change nothing any more: what was final by then is executed. */
    settled(round) {
        return round <= this.final.round && this.final.sequence <= this.delivered;
    }
    /** The longest chain carries batches that are not executed here. */
    get unfinished() {
        return this.tip.sequence > this.delivered;
    }
    /** Something is under way that we have a part in. */
    get busy() {
        return (this.demandSinceMs >= 0 ||
            this.unfinished ||
            this.claimed.length > 0 ||
            this.wanted.size > 0 ||
            (this.ended && this.stable < this.boundary) ||
            this.pendingCertificate !== undefined ||
            this.proposals.has(this.round + 1));
    }
    /** Slots that f + 1 others say that they delivered and we have not; undefined until f + 1 have spoken. */
    get behind() {
        let reached = -1;
        for (let id = 0; id < this.n; id++) {
            const { delivered } = this.peers[id];
            if (id !== this.self && delivered > reached && this.reaching(delivered) >= this.weakQuorum)
                reached = delivered;
        }
        return reached < 0 ? undefined : Math.max(0, reached - this.delivered);
    }
    /** Others that delivered as much. */
    reaching(delivered) {
        let others = 0;
        for (let id = 0; id < this.n; id++) {
            if (id !== this.self && this.peers[id].delivered >= delivered)
                others++;
        }
        return others;
    }
    // ------------------------------------------------------------------------------ bytes
    batchOf(sequence, digest) {
        return this.held.get(heldKey(sequence, digest))?.batch;
    }
    hold(sequence, batch, logged = false) {
        const key = heldKey(sequence, batch.digest);
        if (!this.held.has(key))
            this.held.set(key, { sequence, digest: batch.digest, batch, logged });
    }
    /** No vote and no claim without the bytes: they enter the log once, ahead of whatever names them. */
    logBatch(sequence, digest) {
        if (digest === NULL_DIGEST)
            return;
        const held = this.held.get(heldKey(sequence, digest));
        if (held === undefined || held.logged)
            return;
        held.logged = true;
        this.persist({ type: 'batch', sequence, digest, batch: held.batch });
    }
    /** What the log holds of bytes, for a new log. */
    *loggedBatches() {
        for (const { sequence, digest, batch, logged } of this.held.values()) {
            if (logged)
                yield { type: 'batch', sequence, digest, batch };
        }
    }
    dropBatches(upTo) {
        for (const [key, { sequence }] of this.held)
            if (sequence <= upTo)
                this.held.delete(key);
    }
    // ------------------------------------------------------------------------------ effects
    reject(from, code) {
        this.out.push({ kind: 'reject', from, code });
    }
    persist(record) {
        this.out.push({ kind: 'persist', record });
    }
    /** What is signed, logged, sent to all, and comes back to us. */
    attest(message) {
        this.out.push({ kind: 'attest', message });
    }
    send(to, message) {
        this.out.push({ kind: 'send', to, message, afterPersist: false });
    }
    /** To one replica, or to all others. */
    forward(to, attested) {
        if (to !== this.self)
            this.out.push({ kind: 'forward', to, attested });
    }
    evidence(offence, first, second) {
        this.out.push({ kind: 'evidence', from: second.from, offence, first, second });
        this.reject(second.from, 'conflicting');
    }
    ownStatus(gap) {
        return {
            type: 'status',
            epoch: this.config.epoch,
            round: this.round,
            wants: Math.max(this.wants, this.round),
            voted: this.votedRound,
            height: this.tip.height,
            gap,
            delivered: this.delivered,
            stable: this.stable,
        };
    }
}
//# sourceMappingURL=state.js.map