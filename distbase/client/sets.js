/**
 * The validator sets after the genesis, as a client follows them: it asks whoever speaks of a later epoch, and believes
 * what proves itself. Where nobody it knows answers at an address any more, it asks there over HTTP.
 */
import { encodeClientRequest } from '../codec/client-messages.js';
import { certifiers, EpochChain } from '../proofs/epochs.js';
/** Least time between two questions over HTTP, ms. */
const HTTP_PAUSE_MS = 1_000;
const HTTP_TIMEOUT_MS = 2_000;
export class Sets {
    o;
    epochs;
    askedMs = Number.NEGATIVE_INFINITY;
    constructor(options) {
        this.o = options;
        const { chain, hasher, verify } = options;
        this.epochs = new EpochChain({
            chain,
            hasher,
            store: { save: () => { }, load: () => [] },
            verify,
            needed: (n) => certifiers(n, chain.genesis.byzantine),
        });
    }
    get latest() {
        return this.epochs.latest;
    }
    get epoch() {
        return this.epochs.latest.epoch;
    }
    /** The item that asks a validator for what we lack. */
    question() {
        return encodeClientRequest({ kind: 'epochs', above: this.epoch });
    }
    /** Takes a proof; true where it was the next one. */
    learn(proof) {
        if (this.epochs.add(proof) !== 'added')
            return false;
        this.o.advanced(this.epochs.latest);
        return true;
    }
    /** For an address where nobody answers whom we know. Failure is silence. */
    askOverHttp(url) {
        const nowMs = performance.now();
        if (nowMs - this.askedMs < HTTP_PAUSE_MS)
            return;
        this.askedMs = nowMs;
        const base = url.replace(/^ws/, 'http').replace(/\/$/, '');
        fetch(`${base}/epochs?above=${this.epoch}`, { signal: AbortSignal.timeout(HTTP_TIMEOUT_MS) })
            .then((response) => response.json())
            .then((answer) => {
            const { proofs } = answer;
            if (!Array.isArray(proofs))
                return;
            for (const proof of proofs) {
                this.learn(Uint8Array.from(atob(String(proof)), (char) => char.charCodeAt(0)));
            }
        })
            .catch(() => { });
    }
}
//# sourceMappingURL=sets.js.map