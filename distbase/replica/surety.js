/**
 * Votes that a session vouches for prove nothing to others. A validator that has reason to suspect another asks it to sign its votes
 * for a few seconds, again and again while the suspicion lasts: what it says then can convict it. To sign costs a tenth of a
 * millisecond per vote, so that a validator does it for each that asks for a bounded part of the time. One that goes on without
 * signatures is counted for it, as is one whose signatures do not hold.
 */
import { encodeValue } from '../codec/value.js';
import { SIGNED_VOTES_MS, SIGNED_VOTES_PERIOD_MS } from '../core/limits.js';
/** The item `[10]`: sign your votes for a while. */
export const SIGN_ITEM = 10;
/** How often it is looked whether somebody is to be asked, ms. */
const LOOK_MS = 500;
/** What is on its way when a peer is asked is not signed yet; nor does it sign for longer than it must. */
const GRACE_MS = 1_000;
/** Votes without a signature, in the time between, that are a refusal. */
const REFUSALS = 3;
export class Surety {
    /** Whether our votes are signed now: somebody asked. */
    signing = false;
    /** Whether anybody is asked now, so that votes are looked at. */
    watching = false;
    #o;
    #askedMs;
    #unsigned;
    #lastAskOf;
    #signUntilMs = Number.NEGATIVE_INFINITY;
    #cancel;
    constructor(options) {
        const { n } = options;
        this.#o = options;
        this.#askedMs = new Float64Array(n).fill(Number.NEGATIVE_INFINITY);
        this.#unsigned = new Float64Array(n);
        this.#lastAskOf = new Float64Array(n).fill(Number.NEGATIVE_INFINITY);
    }
    start() {
        this.#cancel = this.#o.clock.after(LOOK_MS, () => {
            this.#look();
            this.start();
        });
    }
    stop() {
        this.#cancel?.();
    }
    #look() {
        const { clock, suspects, send } = this.#o;
        const nowMs = clock.nowMs();
        this.signing = nowMs < this.#signUntilMs;
        this.watching = this.#askedMs.some((askedMs) => nowMs < askedMs + SIGNED_VOTES_MS);
        for (const peer of suspects()) {
            if (nowMs < this.#askedMs[peer] + SIGNED_VOTES_PERIOD_MS)
                continue;
            this.#askedMs[peer] = nowMs;
            this.#unsigned[peer] = 0;
            this.watching = true;
            send(peer, encodeValue([SIGN_ITEM]));
        }
    }
    /** A peer asks us. */
    onItem(from, item) {
        if (item.length !== 1)
            return 'body-malformed';
        const nowMs = this.#o.clock.nowMs();
        // Somewhat before its time: clocks differ, and so do ways.
        if (nowMs < this.#lastAskOf[from] + 0.9 * SIGNED_VOTES_PERIOD_MS)
            return 'rate-limited';
        this.#lastAskOf[from] = nowMs;
        this.#signUntilMs = nowMs + SIGNED_VOTES_MS;
        this.signing = true;
        return undefined;
    }
    /** A vote came while somebody is asked. */
    heard(peer, signed) {
        const sinceMs = this.#o.clock.nowMs() - this.#askedMs[peer];
        if (signed || sinceMs < GRACE_MS || sinceMs > SIGNED_VOTES_MS - GRACE_MS)
            return;
        if (++this.#unsigned[peer] === REFUSALS)
            this.#o.refused(peer);
    }
}
//# sourceMappingURL=surety.js.map