/** Timelines of several processes beside each other: one clock for all, and a form that travels as JSON. */
import { PARTS } from '../core/stopwatch.js';
/** Differences that are taken to set the clock; the least disturbed one counts. */
const SAMPLES = 50;
/**
 * µs of the machine's monotonic clock (CLOCK_MONOTONIC), the same in every process. `performance.now()` counts the same
 * clock from the process's start and costs a fraction of `process.hrtime`, so it is read, and moved by the difference.
 */
export function machineClock() {
    let offsetUs = 0;
    let bestGapMs = Number.POSITIVE_INFINITY;
    for (let i = 0; i < SAMPLES; i++) {
        const beforeMs = performance.now();
        const machineUs = Number(process.hrtime.bigint()) / 1000;
        const afterMs = performance.now();
        if (afterMs - beforeMs >= bestGapMs)
            continue;
        bestGapMs = afterMs - beforeMs;
        offsetUs = machineUs - 500 * (beforeMs + afterMs);
    }
    return () => 1000 * performance.now() + offsetUs;
}
export function encodeTimeline({ timesUs, parts, pauses }) {
    return {
        parts: PARTS,
        timesUs: Buffer.from(timesUs.buffer, timesUs.byteOffset, timesUs.byteLength).toString('base64'),
        codes: Buffer.from(parts.buffer, parts.byteOffset, parts.byteLength).toString('base64'),
        pauses,
    };
}
/** Undefined where it was written by a version with other parts. */
export function decodeTimeline(text) {
    if (text.parts.join() !== PARTS.join())
        return undefined;
    const times = Buffer.from(text.timesUs, 'base64');
    const timesUs = new Float64Array(times.length >> 3);
    Buffer.from(timesUs.buffer).set(times.subarray(0, timesUs.byteLength));
    return { timesUs, parts: new Uint8Array(Buffer.from(text.codes, 'base64')), pauses: text.pauses };
}
//# sourceMappingURL=timeline.js.map