/** The replicated log: entries without gaps, after a base whose state is executed. */
/** Bytes of batches kept for those who are late, below the stable checkpoint. */
const RETAINED_BYTES = 16 << 20;
export class Log {
    /** The log begins after this. */
    base;
    /** Undefined where it is not known: a state was restored whose entry the vote log does not hold. */
    baseTerm;
    entries = [];
    constructor(base, baseTerm) {
        this.base = base;
        this.baseTerm = baseTerm;
    }
    get last() {
        return this.base + this.entries.length;
    }
    /** −1 where it is not known. */
    get lastTerm() {
        return this.entries[this.entries.length - 1]?.term ?? this.baseTerm ?? -1;
    }
    get end() {
        return { sequence: this.last, term: this.lastTerm };
    }
    at(sequence) {
        return this.entries[sequence - this.base - 1];
    }
    /** The term of an entry, or of the base; undefined outside. */
    termAt(sequence) {
        return sequence === this.base ? this.baseTerm : this.at(sequence)?.term;
    }
    /** Its sequence follows `last`. */
    append(entry) {
        this.entries.push(entry);
    }
    /** Forgets everything above. */
    truncate(sequence) {
        this.entries.length = Math.max(0, sequence - this.base);
    }
    /** Begins after an installed state. What follows it stays if the log agrees there (§7 of the paper, receiver 6 and 7). */
    rebase(sequence, term) {
        if (this.termAt(sequence) === term)
            return;
        this.base = sequence;
        this.baseTerm = term;
        this.entries = [];
    }
    /** Forgets what lies so far below the stable checkpoint that nobody is served it any more: `retained` entries stay. */
    prune(stable, retained) {
        let keepFrom = Math.min(stable, this.last);
        let bytes = 0;
        while (keepFrom > this.base && stable - keepFrom < retained) {
            bytes += this.at(keepFrom).batch.bytes;
            if (bytes > RETAINED_BYTES)
                break;
            keepFrom--;
        }
        if (keepFrom <= this.base)
            return;
        const term = this.termAt(keepFrom);
        this.entries.splice(0, keepFrom - this.base);
        this.base = keepFrom;
        this.baseTerm = term;
    }
    /** The entries above a sequence, in order. */
    *above(sequence) {
        for (let at = Math.max(sequence, this.base) + 1; at <= this.last; at++)
            yield this.at(at);
    }
}
//# sourceMappingURL=log.js.map