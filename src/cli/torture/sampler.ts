/** What validators say of themselves while a campaign runs, sampled from their `/metrics` and `/status`. */

import type { ReplicaId } from '../../core/ids.ts';
import { httpUrl, type LocalCluster } from '../cluster.ts';
import { getText } from '../http.ts';
import { quantileOf } from './figures.ts';

const EVERY_MS = 1_000;
const TIMEOUT_MS = 1_000;

/** One look at one validator. */
export interface Sample {
  /** ms since the campaign began. */
  readonly atMs: number;
  readonly validator: ReplicaId;
  readonly lagP99Ms: number;
  readonly lagMaxMs: number;
  readonly heapBytes: number;
  readonly residentBytes: number;
  readonly sequence: number;
}

export interface SampleSummary {
  readonly samples: number;
  /** Of the samples' own 99th percentiles: the median, and the 99th percentile. */
  readonly lagP99MedianMs: number;
  readonly lagP99Ms: number;
  readonly lagMaxMs: number;
  readonly heapMaxBytes: number;
  readonly residentMaxBytes: number;
}

/** The value of an exposition's series: the first whose line starts with `name`. */
export function metricValue(text: string, name: string, label = ''): number {
  for (const line of text.split('\n')) {
    if (!line.startsWith(name) || (line[name.length] !== '{' && line[name.length] !== ' ')) continue;
    if (line.includes(label)) return Number(line.slice(line.lastIndexOf(' ') + 1));
  }
  return Number.NaN;
}

export class Sampler {
  readonly samples: Sample[] = [];
  /** Evidence against others and views entered, per process that was ever seen: counters end with their process. */
  private readonly violations = new Map<number, Readonly<Record<string, number>>>();
  private readonly views = new Map<number, number>();
  private readonly cluster: LocalCluster;
  private readonly startedMs = performance.now();
  private timer: NodeJS.Timeout | undefined;

  constructor(cluster: LocalCluster) {
    this.cluster = cluster;
  }

  start(): void {
    this.timer = setInterval(() => void this.look(), EVERY_MS);
  }

  stop(): void {
    clearInterval(this.timer);
  }

  async look(): Promise<void> {
    await Promise.all(this.cluster.urls.map((_, id) => this.lookAt(id)));
  }

  /** A last look before a validator is killed. */
  async lookAt(id: ReplicaId): Promise<void> {
    if (!this.cluster.alive(id)) return;
    try {
      const text = await getText(`${httpUrl(this.cluster.urls[id]!)}/metrics`, TIMEOUT_MS);
      const { pid, violations, counters, sequence } = await this.cluster.status(id);
      this.violations.set(pid, violations);
      this.views.set(pid, counters.viewChanges ?? 0);
      this.samples.push({
        atMs: performance.now() - this.startedMs,
        validator: id,
        lagP99Ms: metricValue(text, 'event_loop_lag_ms', 'quantile="0.99"'),
        lagMaxMs: metricValue(text, 'event_loop_lag_ms', 'quantile="1"'),
        heapBytes: metricValue(text, 'nodejs_heap_size_used_bytes'),
        residentBytes: metricValue(text, 'process_resident_memory_bytes'),
        sequence,
      });
    } catch {
      // It is down or busy: its next sample tells.
    }
  }

  /** Evidence of misbehaviour that any validator ever counted, by kind. */
  evidence(): Record<string, number> {
    const sum: Record<string, number> = {};
    for (const counts of this.violations.values())
      for (const [kind, count] of Object.entries(counts)) sum[kind] = (sum[kind] ?? 0) + count;
    return sum;
  }

  /** Views entered, of all processes together. */
  viewChanges(): number {
    return [...this.views.values()].reduce((sum, count) => sum + count, 0);
  }

  summary(): SampleSummary {
    const lags = this.samples.map((sample) => sample.lagP99Ms);
    const most = (of: (sample: Sample) => number) => this.samples.reduce((max, s) => Math.max(max, of(s)), 0);
    return {
      samples: this.samples.length,
      lagP99MedianMs: quantileOf(lags, 0.5),
      lagP99Ms: quantileOf(lags, 0.99),
      lagMaxMs: most((sample) => sample.lagMaxMs),
      heapMaxBytes: most((sample) => sample.heapBytes),
      residentMaxBytes: most((sample) => sample.residentBytes),
    };
  }
}
