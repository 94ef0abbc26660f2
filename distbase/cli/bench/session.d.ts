/** One measured cluster: real processes in a temporary folder, the floor before them, loads against them. */
import { type Delays } from '../../core/delays.ts';
import { type LatencyOrder, type LoadResult, type ThroughputOrder } from '../../load/generator.ts';
import type { LatencySummary } from '../../load/histogram.ts';
import { LocalCluster } from '../cluster.ts';
import type { Progress } from './progress.ts';
import type { Setting } from './row.ts';
/** What a measurement ends with where the process was told to end. */
export declare class Stopped extends Error {
}
/** Aborted, with `Stopped`, at Ctrl-C or SIGTERM. The second promise is for who only waits. */
export declare function stopSignal(): {
    readonly signal: AbortSignal;
    readonly told: Promise<string>;
};
export interface Agreement {
    /** All validators reported, at the same sequence, the same ledger header and the same checkpoint. */
    readonly agree: boolean;
    readonly sequences: readonly number[];
}
export declare function startCluster(setting: Setting, progress: Progress, signal: AbortSignal, delays?: Delays): Promise<LocalCluster>;
/** How the floor of a comparison differs from that of a single run. */
export interface FloorChoice {
    readonly warmupMs?: number;
    /** PBFT's pattern is that of its fast path. */
    readonly fast?: boolean;
    readonly delays?: Delays | undefined;
}
export declare function measureFloorOf(setting: Setting, durationMs: number, progress: Progress, signal: AbortSignal, { warmupMs, fast, delays }?: FloorChoice): Promise<LatencySummary>;
/** What is left of an order once the cluster and the setting are known. */
export type LoadPlan = Omit<LatencyOrder, 'home' | 'txAuth' | 'payloadBytes'> | Omit<ThroughputOrder, 'home' | 'txAuth' | 'payloadBytes'>;
/** Runs a load with live progress; says once when the measured window has begun. */
export declare function measure(cluster: LocalCluster, setting: Setting, plan: LoadPlan, progress: Progress, signal: AbortSignal, onMeasuring?: () => void): Promise<LoadResult>;
/** Whether all validators have executed the same: waits for those that are behind. */
export declare function agreement(cluster: LocalCluster, progress: Progress, signal?: AbortSignal, withinMs?: number): Promise<Agreement>;
//# sourceMappingURL=session.d.ts.map