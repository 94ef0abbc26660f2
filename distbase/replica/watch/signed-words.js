/**
 * The last checkpoints and view changes that each validator signed, whoever brought them, so that two which contradict
 * each other meet even where the protocol has no use for the second. They come once per checkpoint and per view.
 */
import { bytesEqual } from '../../core/bytes.js';
import { MAX_SIGNED_WORD_BYTES, MAX_SIGNED_WORDS } from '../../core/limits.js';
export class SignedWords {
    #contradicts;
    #held;
    constructor(n, contradicts) {
        this.#contradicts = contradicts;
        this.#held = Array.from({ length: n }, () => []);
    }
    /** Keeps it; gives the earlier one that it contradicts. Its signature may be unchecked: see `forget`. */
    keep(attested) {
        const held = this.#held[attested.from];
        const { body, signature } = attested.envelope;
        if (held === undefined || body.length + signature.length > MAX_SIGNED_WORD_BYTES)
            return undefined;
        for (const earlier of held) {
            if (bytesEqual(earlier.envelope.body, body))
                return undefined;
            const offence = this.#contradicts(earlier.message, attested.message);
            if (offence !== undefined)
                return { offence, first: earlier, second: attested };
        }
        // A copy: a view would keep the whole frame.
        held.push({ ...attested, envelope: { body: body.slice(), signature: signature.slice() } });
        if (held.length > MAX_SIGNED_WORDS)
            held.shift();
        return undefined;
    }
    /** It was not its author's after all. */
    forget(attested) {
        const held = this.#held[attested.from];
        const at = held?.indexOf(attested) ?? -1;
        if (at >= 0)
            held.splice(at, 1);
    }
    of(from) {
        return this.#held[from] ?? [];
    }
}
//# sourceMappingURL=signed-words.js.map