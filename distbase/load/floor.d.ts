/**
 * The floor: what the message pattern alone costs on this machine. As many processes as the cluster has, and a client
 * process; the same socket libraries, frame sizes and frame counts; no protocol, no signatures, no log. No figure of
 * the real cluster can be below it, and whatever is far above it is ours to explain.
 */
import type { FloorPattern } from './floor-pattern.ts';
import type { LatencySummary } from './histogram.ts';
export type { FloorPattern, FloorStep } from './floor-pattern.ts';
export interface FloorOptions {
    /** Replica processes. */
    readonly validators: number;
    readonly pattern: FloorPattern;
    /** How much later than it would a frame from one replica to another leaves, ms. The client is beside each of them. */
    readonly delayMs?: ((from: number, to: number) => number) | undefined;
    readonly warmupMs?: number;
    readonly durationMs: number;
    /** Ends the measurement with its reason. */
    readonly signal?: AbortSignal;
}
/** Measures the floor; latencies are what the closed-loop client saw. */
export declare function measureFloor(options: FloorOptions): Promise<LatencySummary>;
//# sourceMappingURL=floor.d.ts.map