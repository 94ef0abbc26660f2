/** From traces to figures: where the time of typical, of all and of the slowest commits went. */
import { type Part } from '../../core/stopwatch.ts';
import type { LoadResult } from '../../load/orders.ts';
import type { ProcessTrace } from './recorder.ts';
/** The parts must add up to the latency that the client measured within this share of it. */
export declare const TOLERANCE = 0.1;
export type PartsUs = Readonly<Record<Part, number>>;
export interface StageRow {
    readonly stage: string;
    /** Share of the commits whose path has this stage. */
    readonly share: number;
    /** Mean over those. */
    readonly us: number;
    readonly partsUs: PartsUs;
}
export interface PathRow {
    /** `typical`: the middle fifth by latency. `all`. `slowest`: the slowest hundredth. */
    readonly commits: 'typical' | 'all' | 'slowest';
    readonly count: number;
    /** Mean µs of each part over these commits. */
    readonly partsUs: PartsUs;
    readonly sumUs: number;
    /** What the client measured of the whole window, traced or not: the median, the mean, and the mean of the slowest. */
    readonly latencyUs: number;
    /** How far the sum is off the latency, in hundredths of the latency. */
    readonly offPercent: number;
    readonly within: boolean;
    /** Of the waiting: on the wire and until the receiver woke up, and the rest, inside the receiver. */
    readonly wireUs: number;
    readonly insideUs: number;
    readonly stages: readonly StageRow[];
}
export interface Attribution {
    readonly commits: number;
    /** Those whose path is known from end to end. */
    readonly traced: number;
    /** Typical, all, slowest. */
    readonly rows: readonly PathRow[];
    /** Whether the parts of typical and of all commits add up to what the client measured. */
    readonly addsUp: boolean;
}
/** Undefined where no commit could be followed from end to end. */
export declare function attribute(load: LoadResult, traces: readonly ProcessTrace[]): Attribution | undefined;
//# sourceMappingURL=attribution.d.ts.map