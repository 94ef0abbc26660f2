/** What validators say of themselves while a campaign runs, sampled from their `/metrics` and `/status`. */
import type { ReplicaId } from '../../core/ids.ts';
import { type LocalCluster } from '../cluster.ts';
/** One look at one validator. */
export interface Sample {
    /** ms since the campaign began. */
    readonly atMs: number;
    readonly validator: ReplicaId;
    readonly lagP99Ms: number;
    readonly lagMaxMs: number;
    readonly heapBytes: number;
    readonly residentBytes: number;
    readonly sequence: number;
}
export interface SampleSummary {
    readonly samples: number;
    /** Of the samples' own 99th percentiles: the median, and the 99th percentile. */
    readonly lagP99MedianMs: number;
    readonly lagP99Ms: number;
    readonly lagMaxMs: number;
    readonly heapMaxBytes: number;
    readonly residentMaxBytes: number;
}
/** The value of an exposition's series: the first whose line starts with `name`. */
export declare function metricValue(text: string, name: string, label?: string): number;
export declare class Sampler {
    readonly samples: Sample[];
    /** Evidence against others and views entered, per process that was ever seen: counters end with their process. */
    private readonly violations;
    private readonly views;
    private readonly cluster;
    private readonly startedMs;
    private timer;
    constructor(cluster: LocalCluster);
    start(): void;
    stop(): void;
    look(): Promise<void>;
    /** A last look before a validator is killed. */
    lookAt(id: ReplicaId): Promise<void>;
    /** Evidence of misbehaviour that any validator ever counted, by kind. */
    evidence(): Record<string, number>;
    /** Views entered, of all processes together. */
    viewChanges(): number;
    summary(): SampleSummary;
}
//# sourceMappingURL=sampler.d.ts.map