/** Metrics of prom-client whose values are read when somebody scrapes. */
import { type Registry } from 'prom-client';
import type { Histogram } from '../core/telemetry.ts';
import type { NodeState, StatusSource } from './status.ts';
/** One scrape reads the parts once, not once per metric. */
export declare class Scrape {
    readonly source: StatusSource;
    readonly registry: Registry;
    state: NodeState;
    constructor(source: StatusSource, registry: Registry);
    counter(name: string, help: string, read: () => number): void;
    counters<L extends string>(name: string, help: string, label: L, read: () => Iterable<[string, number]>): void;
    countersBy(name: string, help: string, labels: readonly [string, string], read: () => Iterable<readonly [readonly [string, string], number]>): void;
    gauge(name: string, help: string, read: () => number): void;
    gauges<L extends string>(name: string, help: string, label: L, read: () => Iterable<[string, number]>): void;
    /** A histogram whose buckets are the telemetry's own: prom-client's would count a second time. */
    histogram(name: string, help: string, read: () => Histogram): void;
}
//# sourceMappingURL=scrape.d.ts.map