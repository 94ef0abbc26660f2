/**
 * No honest PBFT replica contradicts itself, crashes or not: what it says follows from its log, and it never says two
 * things where one is allowed. It runs over 150 lines because each rule needs the same picture of the log.
 */
import { NULL_DIGEST } from '../core/ids.js';
import { MAX_PREPREPARED_PER_SLOT } from '../core/limits.js';
import { Violation } from './observer.js';
/** What one replica's log says now. */
class LogPicture {
    batches = new Set([NULL_DIGEST]);
    preprepared = new Map();
    prepared = new Map();
    stable = 0;
}
/** What one replica has ever said: this no crash takes back. */
class Voice {
    log = new LogPicture();
    proposals = new Map();
    commits = new Map();
    checkpoints = new Map();
    newViews = new Set();
    /** The highest view that it asked for or voted in: nothing that it says is of a lower one any more. */
    floor = 0;
    /** The highest view that it asked for: a view is asked for once. */
    askedFor = 0;
}
/** One number for (view, sequence): sequences of a run stay far below 2²⁰. */
const at = (view, sequence) => view * 0x10_0000 + sequence;
export class PbftChecker {
    #voices = new Map();
    persisted(replica, record) {
        note(this.#voice(replica).log, record);
    }
    restarted(replica, machine, records) {
        const voice = this.#voice(replica);
        voice.log = new LogPicture();
        for (const record of records)
            note(voice.log, record);
        const { view } = machine.status();
        if (view < voice.floor)
            fail(replica, `came back in view ${view} after it was in ${voice.floor}`);
    }
    sent(replica, message) {
        const voice = this.#voice(replica);
        switch (message.type) {
            case 'pre-prepare':
            case 'prepare':
                return this.#votedPrepare(replica, voice, message);
            case 'commit':
                return this.#votedCommit(replica, voice, message);
            default:
                return;
        }
    }
    attested(replica, { message }) {
        const voice = this.#voice(replica);
        switch (message.type) {
            case 'checkpoint':
                return signedCheckpoint(replica, voice, message);
            case 'view-change':
                return signedViewChange(replica, voice, message);
            case 'new-view':
                return signedNewView(replica, voice, message);
            default:
                return;
        }
    }
    #voice(replica) {
        let voice = this.#voices.get(replica);
        if (voice === undefined) {
            voice = new Voice();
            this.#voices.set(replica, voice);
        }
        return voice;
    }
    #votedPrepare(replica, voice, { type, view, sequence, digest }) {
        raise(replica, voice, view, type);
        once(replica, voice.proposals, at(view, sequence), digest, `${type} at view ${view}, sequence ${sequence}`);
        const logged = voice.log.preprepared.get(at(view, sequence));
        if (sequence > voice.log.stable && logged?.digest !== digest) {
            fail(replica, `sent ${type} at view ${view}, sequence ${sequence} that its log does not hold`);
        }
        if (sequence > voice.log.stable && !voice.log.batches.has(digest)) {
            fail(replica, `sent ${type} at view ${view}, sequence ${sequence} without the batch's bytes in its log`);
        }
    }
    #votedCommit(replica, voice, { view, sequence, digest }) {
        raise(replica, voice, view, 'commit');
        once(replica, voice.commits, at(view, sequence), digest, `commit at view ${view}, sequence ${sequence}`);
        if (sequence <= voice.log.stable)
            return;
        const prepared = voice.log.prepared.get(at(view, sequence));
        const preprepared = voice.log.preprepared.get(at(view, sequence));
        if (prepared?.digest !== digest)
            fail(replica, `sent commit at ${view}, ${sequence} without 'prepared'`);
        if (preprepared?.digest !== digest)
            fail(replica, `sent commit at ${view}, ${sequence} without pre-prepare`);
    }
}
function note(log, record) {
    switch (record.type) {
        case 'batch':
            log.batches.add(record.digest);
            return;
        case 'pre-prepare':
            log.preprepared.set(at(record.view, record.sequence), record);
            return;
        case 'prepared':
            log.prepared.set(at(record.view, record.sequence), record);
            return;
        case 'stable':
            log.stable = Math.max(log.stable, record.sequence);
            return;
        default:
            return;
    }
}
function signedCheckpoint(replica, voice, { sequence, digest }) {
    once(replica, voice.checkpoints, sequence, digest, `checkpoint ${sequence}`);
}
/** P holds the latest prepared digest of every slot above h, Q every pre-prepared one; and nothing else is in them. */
function signedViewChange(replica, voice, message) {
    if (message.view <= voice.askedFor)
        fail(replica, `asked for view ${message.view} after ${voice.askedFor}`);
    if (message.view <= voice.floor)
        fail(replica, `asked for view ${message.view} after it was in ${voice.floor}`);
    raise(replica, voice, message.view, 'view-change');
    voice.askedFor = message.view;
    const { log } = voice;
    const p = new Map(message.prepared.map((claim) => [claim.sequence, claim]));
    for (const claim of message.prepared)
        backed(replica, log.prepared, claim, 'prepared');
    for (const claim of log.prepared.values()) {
        if (claim.sequence <= message.stable)
            continue;
        const said = p.get(claim.sequence);
        if (said === undefined || said.view < claim.view)
            fail(replica, `hides that ${describe(claim)} prepared`);
    }
    const q = new Map();
    const perSlot = new Map();
    for (const claim of message.preprepared) {
        backed(replica, log.preprepared, claim, 'pre-prepared');
        q.set(`${claim.sequence}:${claim.digest}`, claim.view);
        perSlot.set(claim.sequence, (perSlot.get(claim.sequence) ?? 0) + 1);
        if (!log.batches.has(claim.digest))
            fail(replica, `claims ${describe(claim)} without its bytes`);
    }
    for (const claim of log.preprepared.values()) {
        if (claim.sequence <= message.stable)
            continue;
        if ((perSlot.get(claim.sequence) ?? 0) >= MAX_PREPREPARED_PER_SLOT)
            continue;
        const view = q.get(`${claim.sequence}:${claim.digest}`);
        if (view === undefined || view < claim.view)
            fail(replica, `hides that ${describe(claim)} was pre-prepared`);
    }
}
function signedNewView(replica, voice, { view }) {
    if (voice.newViews.has(view))
        fail(replica, `signed a second new view for view ${view}`);
    raise(replica, voice, view, 'new-view');
    voice.newViews.add(view);
}
/** Views only go up. */
function raise(replica, voice, view, what) {
    if (view < voice.floor)
        fail(replica, `sent ${what} in view ${view} after it was in ${voice.floor}`);
    voice.floor = view;
}
function backed(replica, known, claim, verb) {
    const logged = known.get(at(claim.view, claim.sequence));
    if (logged?.digest !== claim.digest)
        fail(replica, `claims ${describe(claim)} as ${verb}; its log does not`);
}
function describe({ view, sequence, digest }) {
    return `${digest.slice(0, 8)} at view ${view}, sequence ${sequence}`;
}
function once(replica, said, key, digest, what) {
    const before = said.get(key);
    if (before === undefined)
        said.set(key, digest);
    else if (before !== digest) {
        fail(replica, `said two things: ${what} is ${before.slice(0, 8)} and ${digest.slice(0, 8)}`);
    }
}
function fail(replica, what) {
    throw new Violation('self-contradiction', `replica ${replica} ${what}`);
}
//# sourceMappingURL=pbft-checker.js.map