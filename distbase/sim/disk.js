/** What outlives a crash: the vote log up to where it was written, and the newest two certified states. */
/** As many as the driver keeps: one may be in use as the source of a transfer while the next is made. */
const SNAPSHOTS_KEPT = 2;
export class Disk {
    /** The log, oldest record first; those from `written` on would be lost, in whole or in part, by a crash now. */
    records = [];
    /** Certified states, newest last. */
    snapshots = [];
    /** The epoch of the log's promises, and what proves the later sets: each is safe as soon as it is written. */
    logEpoch = 0;
    proofs = [];
    #written = 0;
    /** Records are missing, or their checksums do not hold. */
    damaged = false;
    /** Something was appended that is not written yet. */
    get dirty() {
        return this.records.length > this.#written;
    }
    /** The log as a starting replica reads it; undefined where it is not what was written. */
    open() {
        return this.damaged ? undefined : this.records.slice();
    }
    /** Loses what had been written: one record, or all from some record on. */
    damage(random) {
        if (this.records.length === 0)
            return;
        const from = random.below(this.records.length);
        this.records.splice(from, random.chance(0.5) ? 1 : this.records.length);
        this.damaged = true;
        this.flush();
    }
    get written() {
        return this.#written;
    }
    append(record) {
        this.records.push(record);
    }
    /** Everything appended so far survives from now on. */
    flush() {
        this.#written = this.records.length;
    }
    /** Keeps some beginning of what was not written yet: a crash may come in the middle of a write. */
    crash(random) {
        const tail = this.records.length - this.#written;
        this.records.length = this.#written + random.below(tail + 1);
        this.flush();
    }
    /** A shorter log in place of the whole, atomically. */
    replace(records) {
        this.records.length = 0;
        for (const record of records)
            this.records.push(record);
        this.flush();
    }
    save(snapshot) {
        const newest = this.snapshots.at(-1);
        if (newest !== undefined && newest.sequence >= snapshot.sequence)
            return;
        this.snapshots.push(snapshot);
        if (this.snapshots.length > SNAPSHOTS_KEPT)
            this.snapshots.shift();
    }
}
//# sourceMappingURL=disk.js.map