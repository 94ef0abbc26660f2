/** What a soak comes to. */
import type { SoakSample } from './sampler.ts';
export interface SoakSetting {
    readonly protocol: string;
    readonly auth: string;
    readonly durability: string;
    readonly validators: number;
    readonly clients: number;
    readonly payloadBytes: number;
    readonly outstanding: number;
}
export interface SoakRow extends SoakSetting {
    readonly transactions: number;
    readonly failed: number;
    readonly seconds: number;
    readonly throughputTps: number;
    readonly p50Ms: number;
    readonly p99Ms: number;
    readonly stateHashesAgree: boolean;
    readonly diskMaxBytes: number;
    readonly heapMaxBytes: number;
    readonly residentMaxBytes: number;
    readonly anonymousMaxBytes: number;
    /** Mean of the last quarter over that of the second, less one, in percent: what grows for ever grows by 133 %. */
    readonly diskGrowthPercent: number;
    readonly heapGrowthPercent: number;
    readonly residentGrowthPercent: number;
    readonly anonymousGrowthPercent: number;
    readonly lagP99MedianMs: number;
    readonly lagP99WorstMs: number;
    readonly lagMaxMs: number;
    readonly samples: readonly SoakSample[];
}
/** The last quarter beside the second one: the first is still filling up. */
export declare function growthPercent(samples: readonly SoakSample[], of: (sample: SoakSample) => number): number;
export declare function summarize(samples: readonly SoakSample[]): {
    diskMaxBytes: number;
    heapMaxBytes: number;
    residentMaxBytes: number;
    anonymousMaxBytes: number;
    diskGrowthPercent: number;
    heapGrowthPercent: number;
    residentGrowthPercent: number;
    anonymousGrowthPercent: number;
    lagP99MedianMs: number;
    lagP99WorstMs: number;
    lagMaxMs: number;
    samples: readonly SoakSample[];
};
//# sourceMappingURL=row.d.ts.map