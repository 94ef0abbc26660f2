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
] as const;

export type Part = (typeof PARTS)[number];

/** Stands for all clients where a peer is named by its id. */
export const CLIENTS = -1;

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

export const NO_STOPWATCH: Stopwatch = Object.freeze({ begin() {}, enter() {}, leave() {}, sent() {} });

/** µs and entries by part, since the stopwatch was made. */
export type PartTotals = Readonly<Record<Part, { readonly us: number; readonly count: number }>>;

/** What a `Timeline` recorded, oldest first: from `timesUs[i]` on, the current part was `PARTS[parts[i]]`. */
export interface TimelineData {
  readonly timesUs: Float64Array;
  readonly parts: Uint8Array;
  /** Beginning and end of every pause for garbage collection. */
  readonly pauses: readonly (readonly [fromUs: number, toUs: number])[];
}

const CODES = Object.fromEntries(PARTS.map((part, code) => [part, code])) as Readonly<Record<Part, number>>;
const WAITING = CODES.waiting;
const GC = CODES.gc;

/** Deeper nesting than any real one; what is entered beyond it is charged to the part around it. */
const MAX_DEPTH = 64;

/** Pauses kept: minutes of them. */
const MAX_PAUSES = 16_384;

/** Adds up time by part, and keeps the last changes of part in a ring. `clockUs` never goes backwards. */
export class Timeline implements Stopwatch {
  /** When each receiver was last sent to, µs, by id; of clients the last one. */
  readonly sentUs = new Map<number, number>();
  /** When the present callback began, and on whose behalf. */
  begunUs = 0;
  source: number | undefined = undefined;
  /** When a client was last heard. */
  clientsHeardUs = 0;
  private readonly clockUs: () => number;
  private readonly totalsUs = new Float64Array(PARTS.length);
  private readonly counts = new Float64Array(PARTS.length);
  private readonly stack = new Uint8Array(MAX_DEPTH);
  private readonly times: Float64Array;
  private readonly codes: Uint8Array;
  private readonly pauses: (readonly [number, number])[] = [];
  private written = 0;
  private depth = 0;
  private current = WAITING;
  private sinceUs: number;
  private background = WAITING;
  private backgroundCount = 0;

  /** `capacity`: changes of part that are kept, at least 1. */
  constructor(clockUs: () => number, capacity: number) {
    this.clockUs = clockUs;
    this.times = new Float64Array(capacity);
    this.codes = new Uint8Array(capacity);
    this.sinceUs = clockUs();
    this.keep(this.sinceUs, WAITING);
  }

  begin(part: Part, from?: number): void {
    const nowUs = this.clockUs();
    this.begunUs = nowUs;
    this.source = from;
    if (from === CLIENTS) this.clientsHeardUs = nowUs;
    const code = CODES[part];
    this.depth = 1;
    this.stack[0] = code;
    this.counts[code]!++;
    this.change(code, nowUs);
  }

  enter(part: Part): void {
    const code = CODES[part];
    this.counts[code]!++;
    if (this.depth < MAX_DEPTH) this.stack[this.depth] = code;
    this.depth++;
    if (code !== this.current && this.depth <= MAX_DEPTH) this.change(code, this.clockUs());
  }

  leave(): void {
    if (this.depth === 0) return;
    this.depth--;
    const code =
      this.depth > 0
        ? this.stack[Math.min(this.depth, MAX_DEPTH) - 1]!
        : this.backgroundCount > 0
          ? this.background
          : WAITING;
    if (code !== this.current) this.change(code, this.clockUs());
  }

  sent(to: number): void {
    this.sentUs.set(to, this.clockUs());
  }

  /** Other threads work on `part` for us until as many `awaited` as `awaits`: to wait for them is that part. */
  awaits(part: Part): void {
    this.background = CODES[part];
    this.backgroundCount++;
    if (this.depth === 0 && this.current !== this.background) this.change(this.background, this.clockUs());
  }

  awaited(): void {
    if (this.backgroundCount > 0) this.backgroundCount--;
    if (this.depth === 0 && this.backgroundCount === 0) this.change(WAITING, this.clockUs());
  }

  /** The process stood still for garbage collection in this interval of the past: it is taken from what was current. */
  paused(fromUs: number, toUs: number): void {
    if (!(toUs > fromUs)) return;
    this.pauses.push([fromUs, toUs]);
    if (this.pauses.length > MAX_PAUSES) this.pauses.splice(0, MAX_PAUSES / 2);
    this.counts[GC]!++;
    this.totalsUs[GC]! += toUs - fromUs;
    const capacity = this.times.length;
    let endUs = toUs;
    // Backwards from the newest: a pause is told soon after it happened.
    for (let i = this.written - 1; i >= Math.max(0, this.written - capacity) && endUs > fromUs; i--) {
      const at = i % capacity;
      const startUs = Math.max(this.times[at]!, fromUs);
      if (startUs >= endUs) continue;
      this.totalsUs[this.codes[at]!]! -= endUs - startUs;
      endUs = startUs;
    }
  }

  totals(): PartTotals {
    const nowUs = this.clockUs();
    return Object.fromEntries(
      PARTS.map((part, code) => {
        const us = this.totalsUs[code]! + (code === this.current ? nowUs - this.sinceUs : 0);
        return [part, { us: Math.max(0, us), count: this.counts[code]! }];
      }),
    ) as PartTotals;
  }

  data(): TimelineData {
    const capacity = this.times.length;
    const length = Math.min(this.written, capacity);
    const timesUs = new Float64Array(length);
    const parts = new Uint8Array(length);
    for (let i = 0; i < length; i++) {
      const at = (this.written - length + i) % capacity;
      timesUs[i] = this.times[at]!;
      parts[i] = this.codes[at]!;
    }
    return { timesUs, parts, pauses: [...this.pauses] };
  }

  private change(code: number, nowUs: number): void {
    this.totalsUs[this.current]! += nowUs - this.sinceUs;
    this.sinceUs = nowUs;
    this.current = code;
    this.keep(nowUs, code);
  }

  private keep(timeUs: number, code: number): void {
    const at = this.written++ % this.times.length;
    this.times[at] = timeUs;
    this.codes[at] = code;
  }
}

/** Index of the last element that is not above `value`; −1 where all are. `values` ascend. */
function lastAtMost(values: Float64Array, value: number): number {
  let low = 0;
  let high = values.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (values[middle]! <= value) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

/**
 * Adds the µs of each part within [fromUs, toUs) to `into`, which is indexed as `PARTS`; pauses for garbage collection
 * are charged to `gc` instead of to what they interrupted. False, and nothing added, where the record does not reach
 * back that far.
 */
export function chargeInterval(
  data: TimelineData,
  fromUs: number,
  toUs: number,
  into: Float64Array,
): boolean {
  const { timesUs, parts, pauses } = data;
  const first = lastAtMost(timesUs, fromUs);
  if (first < 0) return false;
  const overlapping = pauses.filter(([begin, end]) => end > fromUs && begin < toUs);
  for (let i = first; i < timesUs.length && timesUs[i]! < toUs; i++) {
    const begin = Math.max(fromUs, timesUs[i]!);
    const end = Math.min(toUs, timesUs[i + 1] ?? Number.POSITIVE_INFINITY);
    let paused = 0;
    for (const [from, to] of overlapping) paused += Math.max(0, Math.min(to, end) - Math.max(from, begin));
    into[parts[i]!]! += end - begin - paused;
    into[GC]! += paused;
  }
  return true;
}
