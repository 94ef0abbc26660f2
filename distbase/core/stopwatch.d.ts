/**
 * Where a process spends its time. Code that works on something says so with `enter` and `leave`; one part is current
 * at any instant, the innermost, and none while the process waits. `NO_STOPWATCH` is what everybody holds unless a
 * profiler asked for more: its methods are empty.
 */
/** What time is charged to. `waiting`: in no callback of ours. `driver`: in one, and in none of the parts below it. */
export declare const PARTS: readonly ['waiting', 'verify', 'sign', 'codec', 'socket', 'step', 'execution', 'storage', 'driver', 'client', 'gc'];
export type Part = (typeof PARTS)[number];
/** Stands for all clients where a peer is named by its id. */
export declare const CLIENTS = -1;
export interface Stopwatch {
    /**
     * A callback of the event loop begins with this part, whatever an earlier one left open. `from`: who sent what it
     * handles, a validator's id or `CLIENTS`; undefined where nobody did.
     */
    begin(part: Part, from?: number): void;
    /** From now on this part, until the matching `leave`. */
    enter(part: Part): void;
    leave(): void;
    /** What was queued for this receiver is with its socket. */
    sent(to: number): void;
}
export declare const NO_STOPWATCH: Stopwatch;
/** µs and entries by part, since the stopwatch was made. */
export type PartTotals = Readonly<Record<Part, {
    readonly us: number;
    readonly count: number;
}>>;
/** What a `Timeline` recorded, oldest first: from `timesUs[i]` on, the current part was `PARTS[parts[i]]`. */
export interface TimelineData {
    readonly timesUs: Float64Array;
    readonly parts: Uint8Array;
    /** Beginning and end of every pause for garbage collection. */
    readonly pauses: readonly (readonly [fromUs: number, toUs: number])[];
}
/** Adds up time by part, and keeps the last changes of part in a ring. `clockUs` never goes backwards. */
export declare class Timeline implements Stopwatch {
    /** When each receiver was last sent to, µs, by id; of clients the last one. */
    readonly sentUs: Map<number, number>;
    /** When the present callback began, and on whose behalf. */
    begunUs: number;
    source: number | undefined;
    /** When a client was last heard. */
    clientsHeardUs: number;
    private readonly clockUs;
    private readonly totalsUs;
    private readonly counts;
    private readonly stack;
    private readonly times;
    private readonly codes;
    private readonly pauses;
    private written;
    private depth;
    private current;
    private sinceUs;
    private background;
    private backgroundCount;
    /** `capacity`: changes of part that are kept, at least 1. */
    constructor(clockUs: () => number, capacity: number);
    begin(part: Part, from?: number): void;
    enter(part: Part): void;
    leave(): void;
    sent(to: number): void;
    /** Other threads work on `part` for us until as many `awaited` as `awaits`: to wait for them is that part. */
    awaits(part: Part): void;
    awaited(): void;
    /** The process stood still for garbage collection in this interval of the past: it is taken from what was current. */
    paused(fromUs: number, toUs: number): void;
    totals(): PartTotals;
    data(): TimelineData;
    private change;
    private keep;
}
/**
 * Adds the µs of each part within [fromUs, toUs) to `into`, which is indexed as `PARTS`; pauses for garbage collection
 * are charged to `gc` instead of to what they interrupted. False, and nothing added, where the record does not reach
 * back that far.
 */
export declare function chargeInterval(data: TimelineData, fromUs: number, toUs: number, into: Float64Array): boolean;
//# sourceMappingURL=stopwatch.d.ts.map