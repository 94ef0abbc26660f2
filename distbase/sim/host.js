/** The computer under a replica: its clocks, its pauses, and how long its work and its disk take. */
export class Host {
    /** Its clock gains or loses: ms of its own per ms of true time. */
    rate = 1;
    /** How far the time of day is off, in ms. */
    wallSkewMs = 0;
    /** What handling one event takes, and writing the log, in ms of true time. */
    stepMs = 0;
    flushMs = 0;
    /** It handles nothing before this instant of true time. */
    busyUntilMs = 0;
    #offsetMs = 0;
    /** Its monotonic clock, in ms. */
    clockMs(trueMs) {
        return trueMs * this.rate + this.#offsetMs;
    }
    /** Its time of day, in ms: what a batch that it proposes says. */
    wallMs(trueMs) {
        return trueMs + this.wallSkewMs;
    }
    /** From now on its clock runs at another pace; it goes on from where it is. */
    setRate(trueMs, rate) {
        this.#offsetMs += trueMs * (this.rate - rate);
        this.rate = rate;
    }
    /** Its clock jumps ahead: no monotonic clock goes back. */
    jump(ms) {
        this.#offsetMs += ms;
    }
    /** Handles nothing for this long. */
    pause(trueMs, ms) {
        this.busyUntilMs = Math.max(this.busyUntilMs, trueMs + ms);
    }
    /** All is well again; the clock goes on from where it is. */
    heal(trueMs) {
        this.setRate(trueMs, 1);
        this.wallSkewMs = 0;
        this.stepMs = 0;
        this.flushMs = 0;
        this.busyUntilMs = 0;
    }
}
//# sourceMappingURL=host.js.map