/** How far the chain is, from what validators say and without trusting any single one. */
export class Heights {
    reported = new Map();
    needed;
    agreed = 0;
    estimate = 0;
    /** `needed` = f + 1. */
    constructor(needed) {
        this.needed = needed;
    }
    /** Another set of validators: who is not in it is not heard any more. */
    resize(needed, members) {
        this.needed = needed;
        for (const from of this.reported.keys())
            if (!members.has(from))
                this.reported.delete(from);
    }
    /** Validators that have said where they are. */
    get reports() {
        return this.reported.size;
    }
    /** One validator's word. */
    report(from, sequence) {
        this.reported.set(from, sequence);
        if (this.reported.size < this.needed)
            return;
        // At most f lie, so that the (f + 1)-th largest is no more than what an honest one said.
        const sorted = [...this.reported.values()].sort((a, b) => b - a);
        this.estimate = Math.max(this.agreed, sorted[this.needed - 1]);
    }
    /** f + 1 validators executed something here. */
    executed(sequence) {
        if (sequence <= this.agreed)
            return;
        this.agreed = sequence;
        if (sequence > this.estimate)
            this.estimate = sequence;
    }
    /** A sequence that the chain has reached. */
    get current() {
        return this.estimate;
    }
}
//# sourceMappingURL=heights.js.map