/** The computer under a replica: its clocks, its pauses, and how long its work and its disk take. */
export declare class Host {
    #private;
    /** Its clock gains or loses: ms of its own per ms of true time. */
    rate: number;
    /** How far the time of day is off, in ms. */
    wallSkewMs: number;
    /** What handling one event takes, and writing the log, in ms of true time. */
    stepMs: number;
    flushMs: number;
    /** It handles nothing before this instant of true time. */
    busyUntilMs: number;
    /** Its monotonic clock, in ms. */
    clockMs(trueMs: number): number;
    /** Its time of day, in ms: what a batch that it proposes says. */
    wallMs(trueMs: number): number;
    /** From now on its clock runs at another pace; it goes on from where it is. */
    setRate(trueMs: number, rate: number): void;
    /** Its clock jumps ahead: no monotonic clock goes back. */
    jump(ms: number): void;
    /** Handles nothing for this long. */
    pause(trueMs: number, ms: number): void;
    /** All is well again; the clock goes on from where it is. */
    heal(trueMs: number): void;
}
//# sourceMappingURL=host.d.ts.map