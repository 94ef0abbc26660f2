/** PBFT as a pure machine: what comes in, and which part of the protocol it belongs to. */
import { primaryOf } from '../../core/quorum.js';
import { learnFromOldView, onCommitted, onConnected, onDisconnected, onFetch, onFetched, onStatus, onTick, } from './catchup.js';
import { onBoundary, onCheckpoint, onExecutedCheckpoint, onInstalled, onRolledBack } from './checkpoints.js';
import { contradiction } from './contradiction.js';
import { FAST_TIMER, onFastTimer } from './fast-path.js';
import { messages, records, } from './messages.js';
import { mayPropose, onCommit, onExhibit, onPrePrepare, onPrepare, propose } from './normal.js';
import { arm, slotsBehind, timeoutMs } from './pacemaker.js';
import { reconcile } from './reconcile.js';
import { liveRecords, restore } from './restore.js';
import { RULES } from './rules.js';
import { State } from './state.js';
import { onNewView, onViewChange } from './view-change.js';
/** One replica's machine. `protected`: what stands around it may look at its state, as experiments do. */
export class Pbft {
    s;
    constructor(config, log, nowMs, out, rules = RULES) {
        this.s = new State(config, (attested) => this.handle(attested), rules);
        this.begin(nowMs, out);
        restore(this.s, log);
        // Others may have gone on meanwhile, and may lack what we said last.
        this.s.send(undefined, this.s.ownStatus());
        this.s.lastProgressMs = nowMs;
        arm(this.s);
    }
    step(event, nowMs, out) {
        this.begin(nowMs, out);
        const s = this.s;
        switch (event.kind) {
            case 'message':
                this.receive(event.attested);
                break;
            case 'propose':
                if (mayPropose(s))
                    propose(s, event.batch);
                break;
            case 'timer':
                if (event.timer === FAST_TIMER)
                    onFastTimer(s);
                else
                    onTick(s);
                break;
            case 'demand':
                s.demandSinceMs = event.oldestMs;
                break;
            case 'connected':
                onConnected(s, event.peer);
                break;
            case 'disconnected':
                onDisconnected(s, event.peer);
                break;
            case 'checkpoint':
                onExecutedCheckpoint(s, event);
                break;
            case 'installed':
                onInstalled(s, event, event.certificate);
                break;
            case 'rolled-back':
                onRolledBack(s);
                break;
            case 'exhibit':
                onExhibit(s, event.attested);
                break;
            case 'boundary':
                onBoundary(s, event.sequence);
                break;
        }
        arm(s);
    }
    begin(nowMs, out) {
        this.s.nowMs = nowMs;
        this.s.out = out;
    }
    receive(attested) {
        const { from, message } = attested;
        if (message.epoch !== this.s.config.epoch)
            return this.s.reject(from, 'epoch-mismatch');
        this.handle(attested);
    }
    handle(attested) {
        const s = this.s;
        const { from, message } = attested;
        switch (message.type) {
            case 'pre-prepare':
                if (this.ofThisView(attested, message.view))
                    onPrePrepare(s, attested);
                return;
            case 'prepare':
                if (this.ofThisView(attested, message.view))
                    onPrepare(s, attested);
                return;
            case 'commit':
                if (this.ofThisView(attested, message.view))
                    onCommit(s, attested);
                return;
            case 'checkpoint':
                return onCheckpoint(s, attested);
            case 'view-change':
                return onViewChange(s, attested);
            case 'new-view':
                return onNewView(s, attested);
            case 'status':
                return from === s.self ? undefined : onStatus(s, attested);
            case 'committed':
                return onCommitted(s, attested);
            case 'fetch':
                return onFetch(s, attested);
            case 'fetched':
                return onFetched(s, attested);
        }
    }
    /** Votes of an older view are dropped; those of a view that we have not entered wait for its NEW-VIEW. */
    ofThisView(attested, view) {
        const s = this.s;
        if (view === s.view && s.active)
            return true;
        if (view < s.view) {
            learnFromOldView(s, attested);
            return false;
        }
        const queue = s.ahead[attested.from];
        // A window of slots in three phases is all that an honest replica can have sent; the newest are of use.
        if (queue.length >= 3 * s.config.window)
            queue.shift();
        queue.push(attested);
        return false;
    }
    relevant(message, from) {
        const s = this.s;
        switch (message.type) {
            case 'pre-prepare':
            case 'prepare':
            case 'commit': {
                if (message.view > s.view || (message.view === s.view && !s.active))
                    return true;
                if (message.view < s.view) {
                    // Outside of every view we learn from those who are still in theirs.
                    return !s.active && message.type !== 'prepare' && message.sequence > s.delivered;
                }
                if (!s.inWindow(message.sequence))
                    return false;
                const slot = s.slots.get(message.sequence);
                if (slot === undefined)
                    return true;
                if (message.type === 'prepare')
                    return this.wantsPrepare(slot, message, from);
                if (message.type === 'commit')
                    return this.wantsCommit(slot, message, from);
                return slot.accepted !== message.digest || !slot.batches.has(message.digest);
            }
            case 'checkpoint':
                return (message.sequence > s.stable &&
                    s.checkpointVotes.get(message.sequence)?.[from]?.message.digest !== message.digest);
            case 'new-view':
                return message.view > s.view || (message.view === s.view && !s.active);
            case 'committed':
                return message.sequence > s.delivered;
            case 'fetched':
                return s.wants(message.sequence, message.digest);
            default:
                return true;
        }
    }
    /** A vote beside its sender's earlier one, or beside what the primary assigned, may be evidence: that is always wanted. */
    wantsPrepare(slot, { digest }, from) {
        const earlier = slot.prepares[from];
        if (earlier !== undefined)
            return earlier.message.digest !== digest;
        if (slot.accepted !== undefined && slot.accepted !== digest)
            return true;
        // The fast path wants all n PREPAREs, also where no COMMIT is held back for them any more. The others may have
        // committed by them, certified the checkpoint behind the slot and let it go: then nobody answers our COMMIT.
        return !slot.prepared || (this.s.config.fastPath && slot.committedDigest === undefined);
    }
    wantsCommit(slot, { digest }, from) {
        const earlier = slot.commits[from];
        if (earlier !== undefined)
            return earlier.message.digest !== digest;
        if (slot.accepted !== undefined && slot.accepted !== digest)
            return true;
        // One COMMIT after a fast commit asks for ours.
        return slot.committedDigest === undefined || (slot.fast && slot.prepared && !slot.votedCommit);
    }
    proposable() {
        return mayPropose(this.s);
    }
    status() {
        const s = this.s;
        return {
            view: s.view,
            active: s.active,
            primary: s.primary,
            lowWatermark: s.stable,
            highWatermark: s.high,
            delivered: s.delivered,
            behind: slotsBehind(s),
            inFlight: s.isPrimary && s.active ? Math.max(0, s.lastProposed - s.delivered) : 0,
            timeoutMs: timeoutMs(s),
        };
    }
    liveRecords() {
        return liveRecords(this.s);
    }
}
/** Castro & Liskov's Practical Byzantine Fault Tolerance, in the form of TOCS 2002 §4 with signed view changes. */
export const pbft = {
    name: 'pbft',
    byzantine: true,
    parameters: {},
    messages,
    records,
    proposer: primaryOf,
    contradiction,
    reconcile,
    attestedRecord: (attested) => ({ type: 'attested', attested }),
    create: (config, log, nowMs, out) => new Pbft(config, log, nowMs, out),
};
//# sourceMappingURL=pbft.js.map