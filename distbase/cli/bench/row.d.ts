/** What `bench` and `demo` report: one row per measurement. Every unit is in a name. */
import type { ProtocolParameters } from '../../core/machine.ts';
import type { LatencySummary } from '../../load/histogram.ts';
import type { LoadResult } from '../../load/orders.ts';
export interface BenchRow {
    /** One closed-loop client; many transactions in flight; or the message pattern alone. */
    readonly kind: 'latency' | 'throughput' | 'floor';
    readonly protocol: string;
    /** How votes are authenticated. */
    readonly auth: string;
    /** What clients sign transactions with. */
    readonly txAuth: string;
    readonly durability: string;
    readonly validators: number;
    readonly clients: number;
    /** Bytes of the value that each transaction writes. */
    readonly payloadBytes: number;
    readonly p50Ms: number;
    readonly p90Ms: number;
    readonly p99Ms: number;
    readonly p999Ms: number;
    readonly minMs: number;
    readonly meanMs: number;
    readonly maxMs: number;
    /** Commits per second that a client saw, inside the measured window. */
    readonly throughputTps: number;
    /** The floor in the same run, with this row's frame sizes. */
    readonly floorP50Ms?: number;
    readonly floorP99Ms?: number;
    readonly submitted: number;
    readonly commits: number;
    readonly failed: number;
    /** Failures by error code. */
    readonly failures: Readonly<Record<string, number>>;
    /** Commits in 100 submissions. */
    readonly committedPercent: number;
    /** Transactions in flight at most. */
    readonly outstanding: number;
    readonly measuredMs: number;
    /** Transactions signed before the measured window. */
    readonly signedAhead: number;
    /** CPU time that the load generator took, in cores. */
    readonly generatorCores: number;
}
export interface Setting {
    readonly protocol: string;
    /** Those of the protocol's own parameters that differ from its defaults. */
    readonly protocolParameters?: ProtocolParameters;
    /** What its progress is shown under. Default: how votes are authenticated. */
    readonly label?: string;
    readonly auth: string;
    readonly txAuth: string;
    readonly durability: string;
    readonly validators: number;
    readonly payloadBytes: number;
}
export declare function loadRow(kind: 'latency' | 'throughput', setting: Setting, result: LoadResult, floor: LatencySummary | undefined): BenchRow;
/** The floor as a row of its own; its rounds count as commits. */
export declare function floorRow(setting: Setting, floor: LatencySummary, measuredMs: number): BenchRow;
//# sourceMappingURL=row.d.ts.map