/**
 * Prometheus metrics: a table of names, hence long. Nothing is counted here: every value is read from the telemetry and the running parts when
 * somebody scrapes, so that metrics cost nothing in between.
 */
import type { StatusSource } from './status.ts';
export interface Metrics {
    readonly contentType: string;
    /** The exposition of this moment. */
    text(): Promise<string>;
    /** Stops watching the event loop. */
    close(): void;
}
/** Makes the registry of one validator. Call `close` when it ends. */
export declare function createMetrics(source: StatusSource): Metrics;
//# sourceMappingURL=metrics.d.ts.map