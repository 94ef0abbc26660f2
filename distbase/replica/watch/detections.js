/** What a peer can be found at, and what of it each rejection shows. */
/** `equivocation` alone is proven to others; the rest is what this replica saw. */
export const DETECTIONS = [
    'equivocation',
    'invalid-signature',
    'malformed-message',
    'timing-violation',
    'non-participation',
    'wrong-state-hash',
    'stale-replay',
    'conflicting-result',
    'withheld-batch',
];
/**
 * What a message that was not taken says about the peer whose session brought it. What an honest peer may cause is not
 * here: that a view, a window or a connection has moved on meanwhile, or that we have too much to do.
 */
const SHOWN_BY = {
    'signature-invalid': 'invalid-signature',
    'signature-length': 'invalid-signature',
    unsigned: 'invalid-signature',
    'frame-mac': 'invalid-signature',
    'frame-truncated': 'malformed-message',
    'frame-version': 'malformed-message',
    'frame-kind': 'malformed-message',
    'frame-too-large': 'malformed-message',
    'body-malformed': 'malformed-message',
    'body-unknown-type': 'malformed-message',
    'body-trailing': 'malformed-message',
    'batch-malformed': 'malformed-message',
    'digest-mismatch': 'malformed-message',
    'batch-invalid': 'malformed-message',
    'bad-claim': 'malformed-message',
    stranger: 'malformed-message',
    'time-drift': 'timing-violation',
    // A vote comes from its author, and our own words come from nobody: whoever sends them plays back what it heard.
    'sender-mismatch': 'stale-replay',
};
export function detectionOf(code) {
    return SHOWN_BY[code];
}
/** Counts per kind and peer; as large as the set. */
export class DetectionCounts {
    n;
    #counts;
    constructor(n) {
        this.n = n;
        this.#counts = new Float64Array(DETECTIONS.length * n);
    }
    add(kind, peer, by = 1) {
        if (peer >= 0 && peer < this.n)
            this.#counts[DETECTIONS.indexOf(kind) * this.n + peer] += by;
    }
    get(kind, peer) {
        return this.#counts[DETECTIONS.indexOf(kind) * this.n + peer] ?? 0;
    }
    copy(peer, other, at) {
        for (let kind = 0; kind < DETECTIONS.length; kind++)
            this.#counts[kind * this.n + peer] = other.#counts[kind * other.n + at];
    }
    /** What this peer was found at; kinds that never occurred are left out. */
    of(peer) {
        const found = {};
        for (const kind of DETECTIONS) {
            const count = this.get(kind, peer);
            if (count > 0)
                found[kind] = count;
        }
        return found;
    }
}
//# sourceMappingURL=detections.js.map