/** `lockstep profile cluster`: one setting after the other, each on a cluster of its own. */
import type { Setting } from '../bench/row.ts';
export interface ClusterProfileOptions {
    readonly settings: readonly Setting[];
    readonly home: string | undefined;
    readonly warmupMs: number;
    readonly durationMs: number;
    readonly saturate: boolean;
    readonly clients: number;
    readonly cpuProfileDir: string | undefined;
    readonly html: string | undefined;
    readonly json: string | undefined;
}
/** Resolves with the exit code: 1 where the parts do not add up to what the client measured. */
export declare function profileCluster(options: ClusterProfileOptions): Promise<number>;
//# sourceMappingURL=cluster.d.ts.map