/** The computer under a replica: its clocks, its pauses, and how long its work and its disk take. */

export class Host {
  /** Its clock gains or loses: ms of its own per ms of true time. */
  rate = 1;
  /** How far the time of day is off, in ms. */
  wallSkewMs = 0;
  /** What handling one event takes, and writing the log, in ms of true time. */
  stepMs = 0;
  flushMs = 0;
  /** How long a state takes to its disk, while it goes on. */
  saveMs = 0;
  /** It handles nothing before this instant of true time. */
  busyUntilMs = 0;
  #offsetMs = 0;

  /** Its monotonic clock, in ms. */
  clockMs(trueMs: number): number {
    return trueMs * this.rate + this.#offsetMs;
  }

  /** Its time of day, in ms: what a batch that it proposes says. */
  wallMs(trueMs: number): number {
    return trueMs + this.wallSkewMs;
  }

  /** From now on its clock runs at another pace; it goes on from where it is. */
  setRate(trueMs: number, rate: number): void {
    this.#offsetMs += trueMs * (this.rate - rate);
    this.rate = rate;
  }

  /** Its clock jumps ahead: no monotonic clock goes back. */
  jump(ms: number): void {
    this.#offsetMs += ms;
  }

  /** Handles nothing for this long. */
  pause(trueMs: number, ms: number): void {
    this.busyUntilMs = Math.max(this.busyUntilMs, trueMs + ms);
  }

  /** All is well again; the clock goes on from where it is. */
  heal(trueMs: number): void {
    this.setRate(trueMs, 1);
    this.wallSkewMs = 0;
    this.stepMs = 0;
    this.flushMs = 0;
    this.saveMs = 0;
    this.busyUntilMs = 0;
  }
}
