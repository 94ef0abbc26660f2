/** Virtual time: nothing waits, the clock jumps to the next event. */
function before(a, b) {
    return a.atMs < b.atMs || (a.atMs === b.atMs && a.order < b.order);
}
/** A binary heap of events, and the clock that follows it. */
export class Scheduler {
    /** The present, in virtual ms since the start of the run. */
    nowMs = 0;
    /** Events fired so far. */
    fired = 0;
    #heap = [];
    #order = 0;
    get pending() {
        return this.#heap.length;
    }
    /** When the next event is due, in virtual ms; Infinity where none waits. */
    get nextMs() {
        return this.#heap.length === 0 ? Number.POSITIVE_INFINITY : this.#heap[0].atMs;
    }
    /** Fires `target` with `tag` and `payload` after `delayMs` of virtual time. */
    schedule(delayMs, target, tag, payload) {
        const entry = {
            atMs: this.nowMs + Math.max(0, delayMs),
            order: this.#order++,
            target,
            tag,
            payload,
        };
        const heap = this.#heap;
        let i = heap.length;
        heap.push(entry);
        while (i > 0) {
            const parent = (i - 1) >> 1;
            if (!before(entry, heap[parent]))
                break;
            heap[i] = heap[parent];
            i = parent;
        }
        heap[i] = entry;
    }
    /** Advances to the next event and fires it. False where none waits. */
    advance() {
        const entry = this.#pop();
        if (entry === undefined)
            return false;
        this.nowMs = entry.atMs;
        this.fired++;
        entry.target.fire(entry.tag, entry.payload);
        return true;
    }
    /** Moves the clock forward to `atMs` where nothing is due before it. */
    skipTo(atMs) {
        if (atMs > this.nowMs && this.nextMs >= atMs)
            this.nowMs = atMs;
    }
    #pop() {
        const heap = this.#heap;
        const top = heap[0];
        const last = heap.pop();
        if (top === undefined || last === undefined || heap.length === 0)
            return top;
        let i = 0;
        for (;;) {
            let child = 2 * i + 1;
            if (child >= heap.length)
                break;
            if (child + 1 < heap.length && before(heap[child + 1], heap[child]))
                child++;
            if (!before(heap[child], last))
                break;
            heap[i] = heap[child];
            i = child;
        }
        heap[i] = last;
        return top;
    }
}
//# sourceMappingURL=scheduler.js.map