/** Virtual time: nothing waits, the clock jumps to the next event. */
/** Whatever an event can be addressed to. One method and a tag, so that no event needs a closure. */
export interface Fireable {
    fire(tag: number, payload: unknown): void;
}
/** A binary heap of events, and the clock that follows it. */
export declare class Scheduler {
    #private;
    /** The present, in virtual ms since the start of the run. */
    nowMs: number;
    /** Events fired so far. */
    fired: number;
    get pending(): number;
    /** When the next event is due, in virtual ms; Infinity where none waits. */
    get nextMs(): number;
    /** Fires `target` with `tag` and `payload` after `delayMs` of virtual time. */
    schedule(delayMs: number, target: Fireable, tag: number, payload: unknown): void;
    /** Advances to the next event and fires it. False where none waits. */
    advance(): boolean;
    /** Moves the clock forward to `atMs` where nothing is due before it. */
    skipTo(atMs: number): void;
}
//# sourceMappingURL=scheduler.d.ts.map