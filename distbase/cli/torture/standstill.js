/**
 * Time in which the machine itself stood still: a virtual machine that its host paused, a laptop that slept. No process
 * could do anything in it, so it is told and not held against anybody. Noticed by a timer of our own that comes late
 * by more than any load explains.
 */
const TICK_MS = 50;
/** A timer of ours was never this late on a machine that ran. */
const STANDSTILL_MS = 2_000;
export class Standstill {
    /** Since the start, ms. */
    totalMs = 0;
    lastMs = performance.now();
    timer = setInterval(() => this.tick(), TICK_MS);
    constructor() {
        this.timer.unref();
    }
    /** A clock that stood still with the machine, ms. */
    nowMs() {
        this.tick();
        return performance.now() - this.totalMs;
    }
    stop() {
        clearInterval(this.timer);
    }
    tick() {
        const nowMs = performance.now();
        const late = nowMs - this.lastMs - TICK_MS;
        this.lastMs = nowMs;
        if (late > STANDSTILL_MS)
            this.totalMs += late;
    }
}
//# sourceMappingURL=standstill.js.map