/** The figures of `lockstep profile crypto` for people: terminal tables and an HTML page. */
import type { OperationRow } from './operations.ts';
import type { BatchRow, ThreadRow } from './pool.ts';
export interface CryptoProfile {
    readonly machine: {
        readonly cpu: string;
        readonly cores: number;
    };
    readonly versions: Readonly<Record<string, string>>;
    readonly settings: Readonly<Record<string, unknown>>;
    readonly rows: readonly OperationRow[];
    readonly batches: readonly BatchRow[];
    readonly threads: readonly ThreadRow[];
}
/** µs everywhere, but for throughput. */
export declare function profileText(profile: CryptoProfile): string;
export declare function profileHtml(profile: CryptoProfile): string;
//# sourceMappingURL=report.d.ts.map