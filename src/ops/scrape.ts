/** Metrics of prom-client whose values are read when somebody scrapes. */

import {
  Counter,
  type CounterConfiguration,
  Gauge,
  type GaugeConfiguration,
  type MetricValueWithName,
  type Registry,
} from 'prom-client';
import type { Histogram } from '../core/telemetry.ts';
import type { NodeState, StatusSource } from './status.ts';

/** One scrape reads the parts once, not once per metric. */
export class Scrape {
  readonly source: StatusSource;
  readonly registry: Registry;
  state: NodeState;

  constructor(source: StatusSource, registry: Registry) {
    this.source = source;
    this.registry = registry;
    this.state = source.state();
  }

  counter(name: string, help: string, read: () => number): void {
    const configuration: CounterConfiguration<string> = {
      name,
      help,
      registers: [this.registry],
      collect() {
        this.reset();
        this.inc(read());
      },
    };
    new Counter(configuration);
  }

  counters<L extends string>(
    name: string,
    help: string,
    label: L,
    read: () => Iterable<[string, number]>,
  ): void {
    new Counter<L>({
      name,
      help,
      labelNames: [label],
      registers: [this.registry],
      collect() {
        this.reset();
        for (const [value, count] of read()) this.inc({ [label]: value } as Record<L, string>, count);
      },
    });
  }

  countersBy(
    name: string,
    help: string,
    labels: readonly [string, string],
    read: () => Iterable<readonly [readonly [string, string], number]>,
  ): void {
    const [first, second] = labels;
    new Counter<string>({
      name,
      help,
      labelNames: [...labels],
      registers: [this.registry],
      collect() {
        this.reset();
        for (const [[a, b], count] of read()) this.inc({ [first]: a, [second]: b }, count);
      },
    });
  }

  gauge(name: string, help: string, read: () => number): void {
    const configuration: GaugeConfiguration<string> = {
      name,
      help,
      registers: [this.registry],
      collect() {
        this.set(read());
      },
    };
    new Gauge(configuration);
  }

  gauges<L extends string>(
    name: string,
    help: string,
    label: L,
    read: () => Iterable<[string, number]>,
  ): void {
    new Gauge<L>({
      name,
      help,
      labelNames: [label],
      registers: [this.registry],
      collect() {
        this.reset();
        for (const [value, number] of read()) this.set({ [label]: value } as Record<L, string>, number);
      },
    });
  }

  /** A histogram whose buckets are the telemetry's own: prom-client's would count a second time. */
  histogram(name: string, help: string, read: () => Histogram): void {
    const metric = {
      name,
      help,
      type: 'histogram' as const,
      aggregator: 'sum' as const,
      reset: () => {},
      get: () =>
        Promise.resolve({
          name,
          help,
          type: 'histogram',
          aggregator: 'sum',
          values: exposition(name, read()),
        }),
    };
    // The registry asks a metric for nothing but its name and `get`; its type wants one of the library's classes.
    this.registry.registerMetric(metric as unknown as Gauge);
  }
}

function exposition(name: string, histogram: Histogram): MetricValueWithName<string>[] {
  const values: MetricValueWithName<string>[] = [];
  let cumulative = 0;
  histogram.bounds.forEach((bound, i) => {
    cumulative += histogram.counts[i]!;
    values.push({ metricName: `${name}_bucket`, labels: { le: bound }, value: cumulative });
  });
  values.push({ metricName: `${name}_bucket`, labels: { le: '+Inf' }, value: histogram.count });
  values.push({ metricName: `${name}_sum`, labels: {}, value: histogram.sum });
  values.push({ metricName: `${name}_count`, labels: {}, value: histogram.count });
  return values;
}
