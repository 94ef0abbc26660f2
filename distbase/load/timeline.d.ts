/** Timelines of several processes beside each other: one clock for all, and a form that travels as JSON. */
import { type TimelineData } from '../core/stopwatch.ts';
/**
 * µs of the machine's monotonic clock (CLOCK_MONOTONIC), the same in every process. `performance.now()` counts the same
 * clock from the process's start and costs a fraction of `process.hrtime`, so it is read, and moved by the difference.
 */
export declare function machineClock(): () => number;
/** A `TimelineData` as JSON carries it. */
export interface TimelineText {
    /** Names of the codes in `codes`. */
    readonly parts: readonly string[];
    /** Little-endian doubles, base64. */
    readonly timesUs: string;
    /** A byte each, base64. */
    readonly codes: string;
    readonly pauses: readonly (readonly [number, number])[];
}
export declare function encodeTimeline({ timesUs, parts, pauses }: TimelineData): TimelineText;
/** Undefined where it was written by a version with other parts. */
export declare function decodeTimeline(text: TimelineText): TimelineData | undefined;
//# sourceMappingURL=timeline.d.ts.map