/** Transactions without an end: so many in flight at any time, signed as they go. */
import { Histogram } from '../../load/histogram.ts';
export interface SoakLoadOptions {
    readonly home: string;
    readonly clients: number;
    readonly payloadBytes: number;
    readonly outstanding: number;
    /** How many are to be settled. */
    readonly transactions: number;
}
export declare class SoakLoad {
    readonly latency: Histogram;
    committed: number;
    /** By error code. */
    readonly failures: Record<string, number>;
    private readonly o;
    private readonly clients;
    private started;
    private inFlight;
    private stopped;
    private done;
    private constructor();
    static connect(options: SoakLoadOptions): Promise<SoakLoad>;
    /** Resolves when all are settled, or what was in flight when it was stopped. */
    run(): Promise<void>;
    stop(): void;
    close(): Promise<void>;
    private next;
}
//# sourceMappingURL=load.d.ts.map