/**
 * No honest HotStuff replica contradicts itself, crashes or not: one vote a round, never against its lock, never in a view
 * that it has left, and none for what its log does not hold. And under two chains no new leader speaks before it has
 * waited. What a replica is locked on is worked out here anew, by the rules as they should be.
 */
import { NULL_DIGEST } from '../../core/ids.js';
import { rulesOf } from '../../protocols/hotstuff/hotstuff.js';
import { waitMs } from '../../protocols/hotstuff/pacemaker.js';
import { Violation } from '../observer.js';
import { genesisOf } from './chains.js';
import { stateOf } from './kit.js';
/** A clock may run at half to twice its pace, and at another one from one moment to the next. */
const CLOCK_FACTOR = 4;
const batchKey = (sequence, digest) => `${sequence}:${digest}`;
export class HotstuffPromiseChecker {
    #voices = new Map();
    #rules;
    #rounds;
    #genesis;
    constructor(beginning) {
        this.#genesis = genesisOf(beginning);
    }
    restarted(replica, machine, records) {
        const s = stateOf(machine);
        this.#rules ??= rulesOf(s.config);
        this.#rounds ??= s.rounds;
        const voice = this.#voice(replica);
        voice.certified = new Map([[0, this.#genesis]]);
        voice.batches = new Set();
        for (const record of records)
            note(voice, record);
        // What it waited for before a crash it does not know: it may propose.
        voice.view = s.view;
        voice.waitMs = 0;
    }
    persisted(replica, record) {
        note(this.#voice(replica), record);
    }
    attested(replica, { message }) {
        const voice = this.#voice(replica);
        switch (message.type) {
            case 'vote':
                return this.#votes(replica, voice, message);
            case 'timeout':
                voice.left = Math.max(voice.left, message.view);
                return;
            case 'checkpoint': {
                const before = voice.checkpoints.get(message.sequence);
                if (before !== undefined && before !== message.digest)
                    fail(replica, `signed two checkpoints at ${message.sequence}`);
                voice.checkpoints.set(message.sequence, message.digest);
                return;
            }
            default:
                return;
        }
    }
    #votes(replica, voice, { round, parent, sequence, digest }) {
        if (round <= voice.lastVoted)
            fail(replica, `voted in round ${round} after round ${voice.lastVoted}`);
        if (parent < voice.locked)
            fail(replica, `voted in round ${round} on ${parent}, though it is locked on ${voice.locked}`);
        if (this.#rounds.viewOf(round) <= voice.left)
            fail(replica, `voted in round ${round} of a view that it had left`);
        const certified = voice.certified.get(parent);
        if (certified === undefined)
            fail(replica, `voted in round ${round} on ${parent}, which its log does not know to be certified`);
        if (digest !== NULL_DIGEST && !voice.batches.has(batchKey(sequence, digest)))
            fail(replica, `voted in round ${round} for a batch that its log does not hold`);
        voice.lastVoted = round;
        voice.locked = Math.max(voice.locked, this.#rules.lockedBy(certified));
    }
    stepped(replica, machine) {
        if (!this.#rules.waits)
            return;
        const s = stateOf(machine);
        const voice = this.#voices.get(replica);
        const first = s.rounds.firstOf(s.view);
        if (s.view !== voice.view) {
            voice.view = s.view;
            voice.enteredMs = s.nowMs;
            const timedOut = s.timeoutCertificate?.message.view === s.view - 1;
            voice.waitMs =
                timedOut && s.isLeader && s.high.round !== first - 1 ? waitMs(s) / CLOCK_FACTOR : 0;
        }
        // Its vote is its proposal.
        if (voice.waitMs === 0 || s.lastVoted < first)
            return;
        const waitedMs = s.nowMs - voice.enteredMs;
        const heardAll = s.heard.every((view, id) => id === s.self || view >= s.view || s.lostSinceMs[id] >= 0);
        if (waitedMs < voice.waitMs && !heardAll && s.high.round !== first - 1)
            fail(replica, `proposed ${waitedMs.toFixed(2)} ms after it entered view ${s.view}, unheard by some`);
        voice.waitMs = 0;
    }
    #voice(replica) {
        let voice = this.#voices.get(replica);
        if (voice === undefined) {
            voice = {
                lastVoted: 0,
                locked: 0,
                left: -1,
                checkpoints: new Map(),
                certified: new Map(),
                batches: new Set(),
                view: 0,
                enteredMs: 0,
                waitMs: 0,
            };
            this.#voices.set(replica, voice);
        }
        return voice;
    }
}
function note(voice, record) {
    if (record.type === 'batch')
        voice.batches.add(batchKey(record.sequence, record.digest));
    else if (record.type === 'certified')
        voice.certified.set(record.header.round, record.header);
}
function fail(replica, what) {
    throw new Violation('promise', `replica ${replica} ${what}`);
}
//# sourceMappingURL=promises.js.map