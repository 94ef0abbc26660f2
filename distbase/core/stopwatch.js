/**
 * Where a process spends its time. Code that works on something says so with `enter` and `leave`; one part is current
 * at any instant, the innermost, and none while the process waits. `NO_STOPWATCH` is what everybody holds unless a
 * profiler asked for more: its methods are empty.
 */
/** What time is charged to. `waiting`: in no callback of ours. `driver`: in one, and in none of the parts below it. */
export const PARTS = [
    'waiting',
    'verify',
    'sign',
    'codec',
    'socket',
    'step',
    'execution',
    'storage',
    'driver',
    'client',
    'gc',
];
/** Stands for all clients where a peer is named by its id. */
export const CLIENTS = -1;
export const NO_STOPWATCH = Object.freeze({ begin() { }, enter() { }, leave() { }, sent() { } });
const CODES = Object.fromEntries(PARTS.map((part, code) => [part, code]));
const WAITING = CODES.waiting;
const GC = CODES.gc;
/** Deeper nesting than any real one; what is entered beyond it is charged to the part around it. */
const MAX_DEPTH = 64;
/** Pauses kept: minutes of them. */
const MAX_PAUSES = 16_384;
/** Adds up time by part, and keeps the last changes of part in a ring. `clockUs` never goes backwards. */
export class Timeline {
    /** When each receiver was last sent to, µs, by id; of clients the last one. */
    sentUs = new Map();
    /** When the present callback began, and on whose behalf. */
    begunUs = 0;
    source = undefined;
    /** When a client was last heard. */
    clientsHeardUs = 0;
    clockUs;
    totalsUs = new Float64Array(PARTS.length);
    counts = new Float64Array(PARTS.length);
    stack = new Uint8Array(MAX_DEPTH);
    times;
    codes;
    pauses = [];
    written = 0;
    depth = 0;
    current = WAITING;
    sinceUs;
    background = WAITING;
    backgroundCount = 0;
    /** `capacity`: changes of part that are kept, at least 1. */
    constructor(clockUs, capacity) {
        this.clockUs = clockUs;
        this.times = new Float64Array(capacity);
        this.codes = new Uint8Array(capacity);
        this.sinceUs = clockUs();
        this.keep(this.sinceUs, WAITING);
    }
    begin(part, from) {
        const nowUs = this.clockUs();
        this.begunUs = nowUs;
        this.source = from;
        if (from === CLIENTS)
            this.clientsHeardUs = nowUs;
        const code = CODES[part];
        this.depth = 1;
        this.stack[0] = code;
        this.counts[code]++;
        this.change(code, nowUs);
    }
    enter(part) {
        const code = CODES[part];
        this.counts[code]++;
        if (this.depth < MAX_DEPTH)
            this.stack[this.depth] = code;
        this.depth++;
        if (code !== this.current && this.depth <= MAX_DEPTH)
            this.change(code, this.clockUs());
    }
    leave() {
        if (this.depth === 0)
            return;
        this.depth--;
        const code = this.depth > 0
            ? this.stack[Math.min(this.depth, MAX_DEPTH) - 1]
            : this.backgroundCount > 0
                ? this.background
                : WAITING;
        if (code !== this.current)
            this.change(code, this.clockUs());
    }
    sent(to) {
        this.sentUs.set(to, this.clockUs());
    }
    /** Other threads work on `part` for us until as many `awaited` as `awaits`: to wait for them is that part. */
    awaits(part) {
        this.background = CODES[part];
        this.backgroundCount++;
        if (this.depth === 0 && this.current !== this.background)
            this.change(this.background, this.clockUs());
    }
    awaited() {
        if (this.backgroundCount > 0)
            this.backgroundCount--;
        if (this.depth === 0 && this.backgroundCount === 0)
            this.change(WAITING, this.clockUs());
    }
    /** The process stood still for garbage collection in this interval of the past: it is taken from what was current. */
    paused(fromUs, toUs) {
        if (!(toUs > fromUs))
            return;
        this.pauses.push([fromUs, toUs]);
        if (this.pauses.length > MAX_PAUSES)
            this.pauses.splice(0, MAX_PAUSES / 2);
        this.counts[GC]++;
        this.totalsUs[GC] += toUs - fromUs;
        const capacity = this.times.length;
        let endUs = toUs;
        // Backwards from the newest: a pause is told soon after it happened.
        for (let i = this.written - 1; i >= Math.max(0, this.written - capacity) && endUs > fromUs; i--) {
            const at = i % capacity;
            const startUs = Math.max(this.times[at], fromUs);
            if (startUs >= endUs)
                continue;
            this.totalsUs[this.codes[at]] -= endUs - startUs;
            endUs = startUs;
        }
    }
    totals() {
        const nowUs = this.clockUs();
        return Object.fromEntries(PARTS.map((part, code) => {
            const us = this.totalsUs[code] + (code === this.current ? nowUs - this.sinceUs : 0);
            return [part, { us: Math.max(0, us), count: this.counts[code] }];
        }));
    }
    data() {
        const capacity = this.times.length;
        const length = Math.min(this.written, capacity);
        const timesUs = new Float64Array(length);
        const parts = new Uint8Array(length);
        for (let i = 0; i < length; i++) {
            const at = (this.written - length + i) % capacity;
            timesUs[i] = this.times[at];
            parts[i] = this.codes[at];
        }
        return { timesUs, parts, pauses: [...this.pauses] };
    }
    change(code, nowUs) {
        this.totalsUs[this.current] += nowUs - this.sinceUs;
        this.sinceUs = nowUs;
        this.current = code;
        this.keep(nowUs, code);
    }
    keep(timeUs, code) {
        const at = this.written++ % this.times.length;
        this.times[at] = timeUs;
        this.codes[at] = code;
    }
}
/** Index of the last element that is not above `value`; −1 where all are. `values` ascend. */
function lastAtMost(values, value) {
    let low = 0;
    let high = values.length;
    while (low < high) {
        const middle = (low + high) >>> 1;
        if (values[middle] <= value)
            low = middle + 1;
        else
            high = middle;
    }
    return low - 1;
}
/**
 * Adds the µs of each part within [fromUs, toUs) to `into`, which is indexed as `PARTS`; pauses for garbage collection
 * are charged to `gc` instead of to what they interrupted. False, and nothing added, where the record does not reach
 * back that far.
 */
export function chargeInterval(data, fromUs, toUs, into) {
    const { timesUs, parts, pauses } = data;
    const first = lastAtMost(timesUs, fromUs);
    if (first < 0)
        return false;
    const overlapping = pauses.filter(([begin, end]) => end > fromUs && begin < toUs);
    for (let i = first; i < timesUs.length && timesUs[i] < toUs; i++) {
        const begin = Math.max(fromUs, timesUs[i]);
        const end = Math.min(toUs, timesUs[i + 1] ?? Number.POSITIVE_INFINITY);
        let paused = 0;
        for (const [from, to] of overlapping)
            paused += Math.max(0, Math.min(to, end) - Math.max(from, begin));
        into[parts[i]] += end - begin - paused;
        into[GC] += paused;
    }
    return true;
}
//# sourceMappingURL=stopwatch.js.map