/** The state of one Raft replica (figure 2), and the small operations that every part of the protocol shares. */
import { Log } from './log.js';
import { ELECTION_TICKS, RULES } from './rules.js';
/**
 * The least election timeout, as a share of the time that other protocols give a leader. What a lease rests on makes voters
 * wait for all of it, however plainly the leader is gone, so there is no shorter way for a leader that was killed: at the
 * usual 500 ms of `viewChangeTimeoutMs` it is the upper end of what the paper advises (150 to 300 ms, §9.3).
 */
const ELECTION_SHARE = 0.6;
/** Nobody. */
export const NONE = -1;
/** Heartbeats whose time of sending is kept: answers to older ones prove nothing any more. */
const ROUNDS_KEPT = 16;
const newFollower = (tick) => ({
    match: 0,
    round: 0,
    heardTick: tick,
    catchUpTo: 0,
    resent: 0,
    resentMs: Number.NEGATIVE_INFINITY,
    certificateMs: Number.NEGATIVE_INFINITY,
});
export class State {
    config;
    self;
    rules;
    /** Replicas below this vote; those from here on learn. */
    voters;
    majority;
    /** The least election timeout, ms. */
    electionMs;
    leaseMs;
    /** The last slot of the epoch before ours: in our terms an entry of term 0, which every log holds. */
    base;
    // ---- of the running step
    nowMs = 0;
    out = [];
    // ---- persistent
    term = 0;
    /** A chain begins in term 0 with replica 0 for its leader, by definition, as if all had voted for it. */
    votedFor = 0;
    log;
    /**
     * Where the vote log ended, while the restored state is newer than all that it says: what we promised ends there, so it
     * is what a candidate is measured by.
     */
    promised;
    // ---- volatile
    role = 'follower';
    leader = 0;
    /** The last leader that we knew, for those who ask. */
    lastLeader = 0;
    /** The highest sequence that is known to be committed, and the highest that was handed to execution. */
    commit;
    delivered;
    /** The checkpoint with which this validator set ends. */
    boundary;
    /** The most that any leader said to be committed. */
    heardCommit = -1;
    /** Our log is known to agree with that of the present leader up to here. */
    matched;
    /** Entries of the present leader that came before those in front of them. */
    ahead = new Map();
    // ---- as leader
    followers = [];
    /** Matches of the voters, for sorting. */
    matches;
    round = 0;
    roundSentMs = new Float64Array(ROUNDS_KEPT);
    /** When the last heartbeat left that a majority has answered. */
    leaseFromMs = Number.NEGATIVE_INFINITY;
    /** The first entry of our term; once it is committed, so is all that our predecessors acknowledged. */
    termStart = 0;
    /** The commit that all followers were told. */
    toldCommit = 0;
    /** Entries sent since the notice timer was set. */
    appends = 0;
    noticeArmed = false;
    // ---- elections
    /** Who would vote, or voted, for us in the term that we asked for. */
    granted = new Set();
    preTerm = -1;
    tick = 0;
    /** Whole ticks since we heard a leader or restarted; −1: less than one. */
    quietTicks = -1;
    /** The same, but a vote of ours counts too: a candidate is given its time. */
    waitedTicks = -1;
    campaignArmed = false;
    attempts = 0;
    /** The connection to the leader closed, and nothing was heard since. */
    leaderLost = false;
    /** Elections that we began since something was delivered: they slow us down. */
    failed = 0;
    // ---- checkpoints
    stable;
    certificate;
    ownCheckpoints = new Map();
    checkpointVotes = new Map();
    /** Certified, but we have not executed that far, or differently. */
    pending;
    transferring = -1;
    transferAskedMs = 0;
    /** Certificates whose states the driver was asked for, by sequence. */
    asked = new Map();
    /** What we had delivered, and the latest checkpoint that we knew to be certified, at the last tick. */
    deliveredAtTick;
    certifiedAtTick;
    /** Ticks since a certified checkpoint above us came no nearer. */
    pendingTicks = 0;
    // ---- pace
    demandSinceMs = -1;
    relayedMs = Number.NEGATIVE_INFINITY;
    answeredMs;
    constructor(config, rules = RULES) {
        this.config = config;
        this.self = config.self;
        this.rules = rules;
        this.voters = config.n - Number(config.parameters.learners);
        this.majority = rules.majority(this.voters);
        this.matches = new Float64Array(this.voters);
        this.electionMs = ELECTION_SHARE * config.timeoutFloorMs;
        this.leaseMs = (this.electionMs * Number(config.parameters.leasePercent)) / 100;
        this.boundary = config.boundary ?? Number.POSITIVE_INFINITY;
        this.stable = config.restoredSequence;
        this.base = config.base ?? 0;
        this.commit = this.stable;
        this.delivered = this.stable;
        this.matched = this.stable;
        this.deliveredAtTick = this.stable;
        this.certifiedAtTick = this.stable;
        this.log = new Log(this.stable, this.stable === this.base ? 0 : undefined);
        this.ownCheckpoints.set(this.stable, config.restoredDigest);
        this.answeredMs = new Array(config.n).fill(Number.NEGATIVE_INFINITY);
        this.forgetFollowers();
    }
    get isVoter() {
        return this.self < this.voters;
    }
    /** Never past the end of this validator set. */
    get high() {
        return Math.min(this.boundary, this.stable + this.config.window);
    }
    /** All that this validator set may order is delivered; what is left to do is to certify its last checkpoint. */
    get ended() {
        return this.delivered >= this.boundary;
    }
    get tickMs() {
        return this.electionMs / ELECTION_TICKS;
    }
    /** The election timeout: the least, grown by each election of ours that brought nothing. */
    get timeoutMs() {
        const { timeoutCeilingMs, timeoutGrowth } = this.config;
        return Math.min(timeoutCeilingMs, this.electionMs * timeoutGrowth ** Math.min(this.failed, 32));
    }
    get electionTicks() {
        return Math.max(ELECTION_TICKS, Math.ceil(this.timeoutMs / this.tickMs));
    }
    get voter() {
        return {
            term: this.term,
            votedFor: this.votedFor,
            last: this.log.lastTerm < 0 && this.promised !== undefined ? this.promised : this.log.end,
            quietTicks: this.quietTicks,
            leads: this.role === 'leader',
        };
    }
    forgetFollowers() {
        this.followers = Array.from({ length: this.config.n }, () => newFollower(this.tick));
    }
    noteRound() {
        this.round++;
        this.roundSentMs[this.round % ROUNDS_KEPT] = this.nowMs;
    }
    /** When a heartbeat left; −∞ where that is forgotten. */
    sentMs(round) {
        return this.round - round < ROUNDS_KEPT
            ? this.roundSentMs[round % ROUNDS_KEPT]
            : Number.NEGATIVE_INFINITY;
    }
    // ------------------------------------------------------------------------------ effects
    reject(from, code) {
        this.out.push({ kind: 'reject', from, code });
    }
    persist(record) {
        this.out.push({ kind: 'persist', record });
    }
    /** Leaves once the log holds all that it rests on: there is no other kind of message here. */
    send(to, message) {
        this.out.push({ kind: 'send', to, message, afterPersist: true });
    }
    forward(to, attested) {
        if (to !== this.self)
            this.out.push({ kind: 'forward', to, attested });
    }
    setTimer(timer, delayMs) {
        this.out.push({ kind: 'timer', timer, delayMs });
    }
    announce(active) {
        this.out.push({ kind: 'view', view: this.term, active });
    }
    // ------------------------------------------------------------------------------ terms
    persistTerm() {
        this.persist({ type: 'term', term: this.term, vote: this.votedFor + 1 });
    }
    /** All servers, second rule: a higher term makes a follower of everybody. */
    enterTerm(term) {
        this.term = term;
        this.votedFor = NONE;
        this.persistTerm();
        this.resign();
    }
    /** No leader is known any more, we least of all. */
    resign() {
        const led = this.role === 'leader';
        this.role = 'follower';
        this.leader = NONE;
        this.granted.clear();
        this.preTerm = -1;
        this.leaseFromMs = Number.NEGATIVE_INFINITY;
        this.ahead.clear();
        // Whoever resigns waits like everybody before it tries again.
        if (led)
            this.waitedTicks = -1;
        this.announce(false);
    }
    /** Hands what is committed to execution, in order. */
    deliver() {
        const end = Math.min(this.commit, this.boundary);
        if (this.delivered >= end)
            return;
        this.failed = 0;
        while (this.delivered < end) {
            const entry = this.log.at(this.delivered + 1);
            if (entry === undefined)
                return;
            this.delivered = entry.sequence;
            this.out.push({
                kind: 'deliver',
                sequence: entry.sequence,
                view: entry.term,
                batch: entry.batch,
                fast: false,
            });
        }
    }
}
//# sourceMappingURL=state.js.map