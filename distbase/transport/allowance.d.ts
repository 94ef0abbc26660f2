/**
 * How many messages of one validator are looked at, in which time. Each may cost a signature check, so that a validator that
 * says a thousand times what the others say could keep us from all of them. What is beyond its allowance waits (bounded) and is read
 * later, in small slices between which everybody else has a turn: an honest burst, a window of slots for one that was
 * away, comes late and loses nothing.
 *
 * The allowance follows what validators say at present: a base, and a multiple of the median of all. Fewer than half of them lie,
 * so that it is a number that an honest one reached.
 */
/** Messages that are looked at in one go, before the others have a turn: some ms of signature checks. */
export declare const SLICE_ITEMS = 64;
/** A frame that waits, or the rest of one. */
type Waiting = {
    readonly payload: Uint8Array;
} | {
    readonly items: readonly unknown[];
    at: number;
};
export declare class Allowance {
    /** Messages said in this period, read or not. */
    said: number;
    private left;
    private rate;
    private readonly queue;
    private bytes;
    /** Whether a frame that comes now is read at once. */
    get free(): boolean;
    get waiting(): boolean;
    get spent(): boolean;
    /** Messages were looked at. */
    spend(items: number): void;
    /** A frame came with so many messages and bytes. */
    count(items: number, bytes: number): void;
    /** False where too much waits already. */
    defer(payload: Uint8Array): boolean;
    /** The rest of a frame comes before all that waits. */
    keepRest(items: readonly unknown[], at: number): void;
    /** The next thing that waits, taken. */
    next(): Waiting | undefined;
    clear(): void;
    /** A period ends: `median` messages were said by the median validator in it. */
    renew(median: number, throttled: boolean): void;
    /** While something waits the allowance comes drop by drop. */
    drip(ms: number): void;
}
/** The lower median. */
export declare function medianSaid(counts: number[]): number;
export {};
//# sourceMappingURL=allowance.d.ts.map