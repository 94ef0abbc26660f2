/**
 * What a replica learns about its peers while it works: who contradicts itself, who sends what nobody honest sends. It
 * counts, keeps evidence and shows it to the others; it decides no vote and no quorum.
 */
import { encodeValue } from '../../codec/value.js';
import { bytesEqual } from '../../core/bytes.js';
import { MAX_EXHIBITS } from '../../core/limits.js';
import { Conduct } from './conduct.js';
import { DetectionCounts, detectionOf } from './detections.js';
import { EvidenceBook } from './evidence.js';
import { explainSlot } from './explain.js';
import { SignedWords } from './signed-words.js';
import { phaseOf } from './slot-times.js';
/** The item `[8, body, signature]`: what somebody signed, shown to who may have been told something else. */
export const EXHIBIT_ITEM = 8;
/**
 * The item `[9, view, [[validator, the first 32 bytes of its signature], …]]`: whose VIEW-CHANGEs for a view we hold. Whoever
 * holds another one of the same validator shows it.
 */
export const HELD_ITEM = 9;
const NAME_BYTES = 32;
/** Exhibits are counted per this time, ms. */
const EXHIBIT_PERIOD_MS = 10_000;
/** Certified checkpoints that later ones are compared with. */
const KEPT_STABLE = 8;
/** Between two looks at what peers do, ms. */
const LOOK_MS = 250;
/** One that comes again may be an answer to a question; so many of them in a while are not. */
const REPLAYS = 4;
export class Watch {
    counts;
    #o;
    #book = new EvidenceBook();
    #words;
    #stable = new Map();
    #shownBy;
    #shownOf;
    #periodMs = Number.NEGATIVE_INFINITY;
    conduct;
    #replays;
    /** When the frame that is being read came. */
    #frameMs = 0;
    #cancel;
    constructor(options) {
        this.#o = options;
        const { self, n, faulty, window, primaryOf, connected, clock } = options;
        this.conduct = new Conduct({
            self,
            n,
            faulty,
            window,
            primaryOf,
            onPattern: (kind, peer) => this.#pattern(kind, peer),
        });
        this.#replays = new Float64Array(n);
        this.#frameMs = clock.nowMs();
        for (const [peer, up] of connected.entries())
            if (up)
                this.conduct.up(peer, this.#frameMs);
        this.counts = new DetectionCounts(options.n);
        this.#words = new SignedWords(options.n, options.contradicts);
        this.#shownBy = new Float64Array(options.n);
        this.#shownOf = new Float64Array(options.n);
    }
    evidence() {
        return this.#book.list();
    }
    /** What this peer's session brought was not taken. */
    rejected(peer, code) {
        const kind = detectionOf(code);
        if (kind !== undefined)
            this.detected(kind, peer);
    }
    detected(kind, peer) {
        if (peer === this.#o.self || peer >= this.#o.n)
            return;
        this.counts.add(kind, peer);
        this.conduct.found(kind, peer, this.#o.clock.nowMs());
    }
    /** Takes over what an earlier set's watch thinks of who is in this one too: `places` there, −1 for the new. */
    inherit(earlier, places) {
        for (const [peer, place] of places.entries()) {
            if (place < 0)
                continue;
            this.conduct.reputation.copy(peer, earlier.conduct.reputation, place);
            this.counts.copy(peer, earlier.counts, place);
        }
    }
    catchingUp(peer) {
        if (peer < this.#o.n)
            this.conduct.catchingUp(peer, this.#o.clock.nowMs());
    }
    /** A pattern lasts: it counts once per period, not once per look. */
    #pattern(kind, peer) {
        if (this.conduct.reputation.note(peer, kind, this.#o.clock.nowMs()))
            this.counts.add(kind, peer);
    }
    start() {
        this.#cancel = this.#o.clock.after(LOOK_MS, () => {
            this.conduct.look(this.#o.clock.nowMs());
            this.start();
        });
    }
    stop() {
        this.#cancel?.();
    }
    peerUp(peer) {
        this.conduct.up(peer, this.#o.clock.nowMs());
    }
    peerDown(peer) {
        this.conduct.down(peer, this.#o.clock.nowMs());
    }
    /** A frame of a peer came: its messages are of this moment. */
    frame() {
        this.#frameMs = this.#o.clock.nowMs();
    }
    /** A message came from its author, whatever becomes of it. On the vote path. */
    heard(peer, message, role) {
        if (peer >= this.#o.n)
            return;
        this.conduct.messages[peer]++;
        const phase = phaseOf(role);
        if (phase < 0) {
            if (role === 'fetch')
                this.conduct.catchingUp(peer, this.#frameMs);
            return;
        }
        if (!this.conduct.heard(peer, phase, slotOf(message), this.#frameMs))
            return;
        this.#period();
        if (++this.#replays[peer] >= REPLAYS)
            this.detected('stale-replay', peer);
    }
    /** A message did not hold: it never came. */
    refused(peer, message, role) {
        const phase = phaseOf(role);
        if (phase >= 0 && peer < this.#o.n)
            this.conduct.slots.refuse(peer, phase, slotOf(message));
    }
    said(message, role) {
        const phase = phaseOf(role);
        if (phase >= 0 && this.#o.self < this.#o.n)
            this.conduct.slots.note(this.#o.self, phase, slotOf(message), this.#o.clock.nowMs());
    }
    executed(sequence, view, fast) {
        this.conduct.slots.done(sequence, view, fast, this.#o.clock.nowMs());
    }
    report(peer) {
        return {
            ...this.conduct.of(peer),
            detections: this.counts.of(peer),
            evidence: this.#book.against(peer),
        };
    }
    /** Undefined where the slot is too old, or nothing is known of it. `names` by id. */
    explain(sequence, names) {
        const { self, quorum, faulty, clock } = this.#o;
        const row = this.conduct.slots.get(sequence);
        if (row === undefined)
            return undefined;
        const usualMs = this.conduct.slotMs;
        return explainSlot(row, { self, names, quorum, faulty, nowMs: clock.nowMs(), usualMs });
    }
    /** Two messages that no honest replica signs both. */
    accuse(evidence) {
        if (this.#book.has(evidence))
            return;
        this.detected('equivocation', evidence.from);
        if (!this.#book.add(evidence))
            return;
        this.#o.onEvidence(evidence);
        // What convinces us convinces the others.
        for (const attested of [evidence.first, evidence.second])
            this.show(attested);
    }
    /** A message that is signed in every setting and is no vote. `checked`: its signature holds. */
    words(attested, checked) {
        const { from } = attested;
        if (from === this.#o.self)
            return;
        const found = this.#words.keep(attested);
        if (found !== undefined) {
            const { first, second } = found;
            if (!this.#authentic(first))
                this.#words.forget(first);
            else if (checked || this.#authentic(second))
                this.accuse({ ...found, from });
        }
        if (attested.message.type === 'checkpoint')
            this.#compareState(attested);
    }
    /** A checkpoint is certified: whoever signed another state for it has another state, or says so. */
    stable(sequence, digest) {
        this.#stable.set(sequence, digest);
        for (const at of this.#stable.keys()) {
            if (this.#stable.size <= KEPT_STABLE)
                break;
            this.#stable.delete(at);
        }
        for (let peer = 0; peer < this.#o.n; peer++) {
            for (const word of this.#words.of(peer)) {
                if (word.message.type === 'checkpoint' && sequenceOf(word.message) === sequence)
                    this.#compareState(word);
            }
        }
    }
    /** The checkpoints that were found to differ, per peer: each counts once. */
    #differed = new Set();
    #compareState(word) {
        const sequence = sequenceOf(word.message);
        const { digest } = word.message;
        const certified = this.#stable.get(sequence);
        if (certified === undefined || digest === certified)
            return;
        const key = `${word.from}:${sequence}`;
        if (this.#differed.has(key))
            return;
        this.#differed.add(key);
        if (this.#differed.size > KEPT_STABLE * this.#o.n)
            this.#differed.delete([...this.#differed][0]);
        this.detected('wrong-state-hash', word.from);
        this.show(word);
    }
    /** Somebody's signed words that do not fit what others were told: they go to all. */
    show(attested) {
        const { from, envelope } = attested;
        this.#period();
        // Once there is evidence, more of it convicts nobody more.
        const enough = this.#book.against(from) > 2 || this.#shownOf[from] >= MAX_EXHIBITS / 4;
        if (enough || from === this.#o.self || envelope.signature.length === 0)
            return;
        this.#shownOf[from]++;
        this.#o.broadcast(encodeValue([EXHIBIT_ITEM, envelope.body, envelope.signature]));
    }
    /** A view begins: whoever asked for it may have told others something else. */
    entered(view) {
        const held = [];
        for (let peer = 0; peer < this.#o.n; peer++) {
            const word = this.#asked(peer, view);
            if (word !== undefined)
                held.push([peer, word.envelope.signature.slice(0, NAME_BYTES)]);
        }
        if (held.length > 0)
            this.#o.broadcast(encodeValue([HELD_ITEM, view, held]));
    }
    /** Which VIEW-CHANGEs another one holds. */
    onHeld(peer, item) {
        const [, view, held] = item;
        if (item.length !== 3 || typeof view !== 'number' || !Array.isArray(held) || held.length > this.#o.n)
            return 'body-malformed';
        this.#period();
        if (this.#shownBy[peer] >= MAX_EXHIBITS)
            return 'rate-limited';
        this.#shownBy[peer]++;
        for (const pair of held) {
            const [from, name] = Array.isArray(pair) ? pair : [];
            if (typeof from !== 'number' || !(name instanceof Uint8Array))
                return 'body-malformed';
            const word = this.#asked(from, view);
            if (word !== undefined && !bytesEqual(word.envelope.signature.subarray(0, NAME_BYTES), name))
                this.show(word);
        }
        return undefined;
    }
    #asked(from, view) {
        return this.#words.of(from).find(({ message }) => {
            const asked = message;
            return this.#o.codec.schemaOf(message).role === 'view-change' && asked.view === view;
        });
    }
    /** A peer shows us what somebody signed. */
    onExhibit(peer, item) {
        const [, body, signature] = item;
        if (item.length !== 3 || !(body instanceof Uint8Array) || !(signature instanceof Uint8Array))
            return 'body-malformed';
        this.#period();
        if (this.#shownBy[peer] >= MAX_EXHIBITS)
            return 'rate-limited';
        this.#shownBy[peer]++;
        const decoded = this.#o.codec.decodeBody(body);
        if (typeof decoded === 'string')
            return decoded;
        if (decoded.from === this.#o.self)
            return undefined;
        const attested = { ...decoded, envelope: { body, signature } };
        const { signed, role } = this.#o.codec.schemaOf(decoded.message);
        if (signed === 'session' || signature.length === 0)
            return 'signature-length';
        if (!this.#authentic(attested))
            return 'signature-invalid';
        if (signed === 'always' && role !== 'vote' && role !== 'proposal')
            this.words(attested, true);
        this.#o.compare(attested);
        return undefined;
    }
    #authentic(attested) {
        const schema = this.#o.codec.schemaOf(attested.message);
        const claims = this.#o.claims(attested, schema);
        return typeof claims !== 'string' && claims.length > 0 && claims.every((claim) => this.#o.holds(claim));
    }
    #period() {
        const nowMs = this.#o.clock.nowMs();
        if (nowMs - this.#periodMs < EXHIBIT_PERIOD_MS)
            return;
        this.#periodMs = nowMs;
        this.#shownBy.fill(0);
        this.#shownOf.fill(0);
        this.#replays.fill(0);
    }
}
function sequenceOf(message) {
    return Number(message.sequence ?? -1);
}
/** The slot that a proposal or a vote is for. HotStuff's block carries it in its leader's vote. */
function slotOf(message) {
    const { sequence, vote } = message;
    return sequence ?? vote?.message.sequence ?? -1;
}
//# sourceMappingURL=watch.js.map