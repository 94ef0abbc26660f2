/** The stated targets, and by how much a figure misses one. */
import type { BenchRow } from './row.ts';
export interface Target {
    readonly name: string;
    /** As it is printed beside the figure. */
    readonly stated: string;
    readonly limit: number;
    readonly atLeast: boolean;
}
export declare const TARGETS: {
    readonly p50Ms: {
        readonly name: 'p50';
        readonly stated: '< 1 ms';
        readonly limit: 1;
        readonly atLeast: false;
    };
    readonly p99Ms: {
        readonly name: 'p99';
        readonly stated: '< 5 ms';
        readonly limit: 5;
        readonly atLeast: false;
    };
    readonly throughputTps: {
        readonly name: 'throughput';
        readonly stated: '≥ 10,000 tx/s';
        readonly limit: 10000;
        readonly atLeast: true;
    };
    readonly committedPercent: {
        readonly name: 'committed';
        readonly stated: '≥ 99.5 %';
        readonly limit: 99.5;
        readonly atLeast: true;
    };
};
export declare function meets(target: Target, value: number): boolean;
/** Empty where the target is met; else how far off it is, relative to the target. */
export declare function missedBy(target: Target, value: number): string;
/** Targets that a setting's rows miss, by name. */
export declare function missedTargets(latency: BenchRow, throughput: BenchRow): string[];
//# sourceMappingURL=targets.d.ts.map