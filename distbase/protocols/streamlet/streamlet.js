/** Streamlet as a pure machine: what comes in, and which part of the protocol it belongs to. */
import { sameBlock } from './block.js';
import { onConnected, onFetch, onFetched, onStatus, onTick } from './catchup.js';
import { onBoundary, onCheckpoint, onExecutedCheckpoint, onInstalled, onRolledBack } from './checkpoints.js';
import { contradiction } from './contradiction.js';
import { messages, records, } from './messages.js';
import { liveRecords, restore } from './restore.js';
import { advance, arm, roundMs, TAIL } from './rounds.js';
import { RULES } from './rules.js';
import { State } from './state.js';
import { leads, mayPropose, onProposal, onVote, propose } from './vote.js';
/** One replica's machine. `protected`: what stands around it may look at its state, as experiments do. */
export class Streamlet {
    s;
    constructor(config, log, nowMs, out, rules = RULES) {
        this.s = new State(config, rules, nowMs);
        this.begin(nowMs, out);
        restore(this.s, log);
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
                if (event.timer === TAIL) {
                    if (leads(s) && s.unfinished)
                        propose(s, undefined);
                }
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
                // A round is hardly longer than what could be saved of it, and a path may flap.
                break;
            case 'checkpoint':
                onExecutedCheckpoint(s, event);
                break;
            case 'installed':
                onInstalled(s, event);
                break;
            case 'rolled-back':
                onRolledBack(s);
                break;
            case 'boundary':
                onBoundary(s, event.sequence);
                break;
        }
        advance(s);
        arm(s);
    }
    begin(nowMs, out) {
        this.s.nowMs = nowMs;
        this.s.out = out;
    }
    receive(attested) {
        const s = this.s;
        const { from, message } = attested;
        if (message.epoch !== s.config.epoch)
            return s.reject(from, 'epoch-mismatch');
        switch (message.type) {
            case 'proposal':
            case 'tail':
                return onProposal(s, attested);
            case 'vote':
                return onVote(s, attested);
            case 'checkpoint':
                return onCheckpoint(s, attested);
            case 'status':
                return from === s.self ? undefined : onStatus(s, attested);
            case 'fetch':
                return onFetch(s, attested);
            case 'fetched':
                return onFetched(s, attested);
        }
    }
    relevant(message, from) {
        const s = this.s;
        switch (message.type) {
            case 'proposal':
            case 'tail': {
                if (message.round < s.round)
                    return false;
                const earlier = s.proposals.get(message.round);
                return earlier === undefined || !sameBlock(earlier.message, message);
            }
            case 'vote': {
                if (s.settled(message.round) || s.notarised.has(message.round))
                    return false;
                const earlier = s.votes.get(message.round)?.[from];
                return earlier === undefined || !sameBlock(earlier.message, message);
            }
            case 'checkpoint':
                return (message.sequence > s.stable &&
                    s.checkpointVotes.get(message.sequence)?.[from]?.message.digest !== message.digest);
            case 'fetched':
                return s.wanted.has(message.round);
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
            view: s.round,
            active: true,
            primary: s.leader,
            lowWatermark: s.stable,
            highWatermark: s.high,
            delivered: s.delivered,
            behind: s.behind,
            // One block a round: what came before it does not hold it back.
            inFlight: 0,
            timeoutMs: roundMs(s),
        };
    }
    liveRecords() {
        return liveRecords(this.s);
    }
}
/** Chan & Shi's Streamlet, in its partially synchronous form (AFT 2020, §3). */
export const streamlet = {
    name: 'streamlet',
    byzantine: true,
    parameters: {
        roundMs: {
            kind: 'integer',
            min: 0,
            max: 60_000,
            unit: 'ms',
            default: 0,
            doc: "Length of a round (the paper's epoch): at least two message delays and what checking takes. 0: derived from what leaders measured in the last final blocks.",
        },
    },
    refuses: ({ auth }) => auth === 'channel'
        ? "streamlet echoes votes to replicas that did not hear them first-hand, so a vote needs a signature of its own and a session's key is not enough; set auth to ed25519, ml-dsa-87 or hybrid"
        : undefined,
    messages,
    records,
    contradiction,
    attestedRecord: (attested) => ({ type: 'attested', attested }),
    create: (config, log, nowMs, out) => new Streamlet(config, log, nowMs, out),
};
//# sourceMappingURL=streamlet.js.map