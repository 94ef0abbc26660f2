/** The Raft machine: dispatch, ticks, and what the driver asks between steps. */
import { MAX_VALIDATORS } from '../../core/limits.js';
import { askTransfer, onBoundary, onCheckpoint, onExecutedCheckpoint, onInstalled, onRolledBack, usePending, } from './checkpoints.js';
import { askAgain, CAMPAIGN, considerCampaign, onCampaignTimer, onVote, onVoteRequest, request, } from './election.js';
import { onAppend, onCommit, onHeartbeat } from './follower.js';
import { heartbeat, leaderTick, makeEntry, mayPropose, mayRead, NOTICE, onAppended, onNoticeTimer, } from './leader.js';
import { messages, records, } from './messages.js';
import { liveRecords, restore } from './restore.js';
import { ELECTION_TICKS, RULES } from './rules.js';
import { NONE, State } from './state.js';
/** Raft's own parameters in the genesis. */
const parameters = {
    learners: {
        kind: 'integer',
        min: 0,
        max: MAX_VALIDATORS - 1,
        default: 0,
        doc: 'How many validators, the last of the list, only learn: they follow and serve reads, and have no vote.',
    },
    leasePercent: {
        kind: 'integer',
        min: 0,
        max: 90,
        unit: '% of the election timeout',
        default: 75,
        doc: "How long a leader may answer reads on its own after a majority heard from it. The rest is what clocks may differ in pace: 75 bears voters' clocks that run a third faster than the leader's. 0: no such reads.",
    },
};
export const TICK = 'tick';
/**
 * A term so far ahead is nobody's: an election a microsecond takes an hour for as many. Without the bound one damaged message
 * would put the next term above the numbers that a message can hold.
 */
const MAX_TERM_JUMP = 2 ** 32;
/** One replica's machine. `protected`: what stands around it may look at its state, as experiments do. */
export class Raft {
    s;
    constructor(config, log, nowMs, out, rules = RULES) {
        this.s = new State(config, rules);
        this.begin(nowMs, out);
        restore(this.s, log);
        if (this.s.role === 'leader')
            heartbeat(this.s);
        this.s.setTimer(TICK, this.s.tickMs);
    }
    step(event, nowMs, out) {
        this.begin(nowMs, out);
        const s = this.s;
        switch (event.kind) {
            case 'message':
                return this.receive(event.attested);
            case 'propose':
                if (mayPropose(s))
                    makeEntry(s, event.batch);
                return;
            case 'timer':
                if (event.timer === NOTICE)
                    return onNoticeTimer(s);
                if (event.timer === CAMPAIGN)
                    return onCampaignTimer(s);
                return onTick(s);
            case 'demand':
                s.demandSinceMs = event.oldestMs;
                return;
            case 'connected':
                return onConnected(s, event.peer);
            case 'disconnected':
                if (event.peer === s.leader)
                    s.leaderLost = true;
                return;
            case 'rolled-back':
                return onRolledBack(s);
            case 'idle':
                return;
            case 'boundary':
                return onBoundary(s, event.sequence);
            case 'checkpoint':
                return onExecutedCheckpoint(s, event);
            case 'installed':
                return onInstalled(s, event, event.certificate);
        }
    }
    begin(nowMs, out) {
        this.s.nowMs = nowMs;
        this.s.out = out;
    }
    receive(attested) {
        const { s } = this;
        const { from, message } = attested;
        if (message.epoch !== s.config.epoch)
            return s.reject(from, 'epoch-mismatch');
        if (message.type === 'checkpoint')
            return onCheckpoint(s, attested);
        if (from === s.self)
            return;
        if (message.term > s.term + MAX_TERM_JUMP)
            return s.reject(from, 'bad-claim');
        switch (message.type) {
            case 'append':
                return onAppend(s, attested);
            case 'appended':
                return onAppended(s, attested);
            case 'heartbeat':
                return onHeartbeat(s, attested);
            case 'commit':
                return onCommit(s, attested);
            case 'vote-request':
                return onVoteRequest(s, attested);
            case 'vote':
                return onVote(s, attested);
        }
    }
    relevant(message, from) {
        const s = this.s;
        switch (message.type) {
            case 'appended': {
                if (message.term !== s.term)
                    return message.term > s.term;
                if (s.role !== 'leader')
                    return false;
                // What committed without it is told again by its answer to the next heartbeat.
                return (message.match > s.commit || message.round > 0 || message.missing || s.followers[from].catchUpTo > 0);
            }
            case 'commit':
                return message.term > s.term || message.commit > s.commit;
            case 'checkpoint':
                return message.sequence > s.stable && s.checkpointVotes.get(message.sequence)?.[from] === undefined;
            default:
                return true;
        }
    }
    proposable() {
        return mayPropose(this.s);
    }
    status() {
        const s = this.s;
        return {
            view: s.term,
            active: s.leader !== NONE,
            primary: s.leader === NONE ? s.lastLeader : s.leader,
            lowWatermark: s.stable,
            highWatermark: s.high,
            delivered: s.delivered,
            behind: behind(s),
            inFlight: s.role === 'leader' && !s.ended ? s.log.last - s.delivered : 0,
            timeoutMs: s.timeoutMs,
        };
    }
    readable(nowMs) {
        return mayRead(this.s, nowMs);
    }
    liveRecords() {
        return liveRecords(this.s);
    }
}
/** Time passes in ticks of our own timers, not by the clock: a clock that jumps makes nobody forget his leader. */
function onTick(s) {
    s.tick++;
    if (s.role === 'leader')
        leaderTick(s);
    else {
        s.quietTicks++;
        s.waitedTicks++;
        if (s.role === 'candidate')
            askAgain(s);
        considerCampaign(s);
        relay(s);
    }
    considerPending(s);
    s.deliveredAtTick = s.delivered;
    s.certifiedAtTick = Math.max(s.stable, s.pending?.sequence ?? 0);
    s.setTimer(TICK, s.tickMs);
}
/** A certified checkpoint that we come no nearer to: the entries that lead to it may be gone everywhere. */
function considerPending(s) {
    usePending(s);
    if (s.pending === undefined || s.delivered > s.deliveredAtTick) {
        s.pendingTicks = 0;
        return;
    }
    if (++s.pendingTicks > ELECTION_TICKS)
        askTransfer(s);
}
/** A client may have left the leader out. */
function relay(s) {
    const { timeoutFloorMs } = s.config;
    if (s.leader === NONE || s.demandSinceMs < 0 || s.nowMs - s.demandSinceMs < timeoutFloorMs / 2)
        return;
    if (s.nowMs - s.relayedMs < timeoutFloorMs)
        return;
    s.relayedMs = s.nowMs;
    s.out.push({ kind: 'relay', to: s.leader });
}
function behind(s) {
    if (s.role === 'leader')
        return 0;
    const theirs = Math.max(s.heardCommit, s.pending?.sequence ?? -1);
    return theirs < 0 ? undefined : Math.max(0, Math.min(theirs, s.boundary) - s.delivered);
}
function onConnected(s, peer) {
    if (peer === s.self)
        return;
    if (s.role === 'leader')
        heartbeat(s, peer);
    else if (s.role === 'candidate')
        s.send(peer, request(s, s.term, false));
    else if (s.role === 'pre-candidate')
        s.send(peer, request(s, s.preTerm, true));
}
/** Ongaro & Ousterhout's Raft (2014), with pre-vote and leader leases from Ongaro's dissertation. */
export const raft = {
    name: 'raft',
    byzantine: false,
    parameters,
    quorum({ n, parameters: { learners } }) {
        const voters = n - Number(learners);
        const quorum = RULES.majority(voters);
        return { faulty: voters - quorum, quorum };
    },
    refuses: ({ n, parameters: { learners } }) => Number(learners) < n
        ? undefined
        : `protocolParameters.learners is ${learners} of ${n} validators, which leaves none to vote; choose a smaller number`,
    messages,
    records,
    contradiction: (a, b) => {
        if (a.type !== 'checkpoint' || b.type !== 'checkpoint' || a.epoch !== b.epoch)
            return undefined;
        return a.sequence === b.sequence && a.digest !== b.digest ? a.type : undefined;
    },
    attestedRecord: (attested) => ({ type: 'attested', attested }),
    create: (config, log, nowMs, out) => new Raft(config, log, nowMs, out),
};
//# sourceMappingURL=raft.js.map