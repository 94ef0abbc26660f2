/** What validators say of themselves while a campaign runs, sampled from their `/metrics` and `/status`. */
import { httpUrl } from '../cluster.js';
import { getText } from '../http.js';
import { quantileOf } from './figures.js';
const EVERY_MS = 1_000;
const TIMEOUT_MS = 1_000;
/** The value of an exposition's series: the first whose line starts with `name`. */
export function metricValue(text, name, label = '') {
    for (const line of text.split('\n')) {
        if (!line.startsWith(name) || (line[name.length] !== '{' && line[name.length] !== ' '))
            continue;
        if (line.includes(label))
            return Number(line.slice(line.lastIndexOf(' ') + 1));
    }
    return Number.NaN;
}
export class Sampler {
    samples = [];
    /** Evidence against others and views entered, per process that was ever seen: counters end with their process. */
    violations = new Map();
    views = new Map();
    cluster;
    startedMs = performance.now();
    timer;
    constructor(cluster) {
        this.cluster = cluster;
    }
    start() {
        this.timer = setInterval(() => void this.look(), EVERY_MS);
    }
    stop() {
        clearInterval(this.timer);
    }
    async look() {
        await Promise.all(this.cluster.urls.map((_, id) => this.lookAt(id)));
    }
    /** A last look before a validator is killed. */
    async lookAt(id) {
        if (!this.cluster.alive(id))
            return;
        try {
            const text = await getText(`${httpUrl(this.cluster.urls[id])}/metrics`, TIMEOUT_MS);
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
        }
        catch {
            // It is down or busy: its next sample tells.
        }
    }
    /** Evidence of misbehaviour that any validator ever counted, by kind. */
    evidence() {
        const sum = {};
        for (const counts of this.violations.values())
            for (const [kind, count] of Object.entries(counts))
                sum[kind] = (sum[kind] ?? 0) + count;
        return sum;
    }
    /** Views entered, of all processes together. */
    viewChanges() {
        return [...this.views.values()].reduce((sum, count) => sum + count, 0);
    }
    summary() {
        const lags = this.samples.map((sample) => sample.lagP99Ms);
        const most = (of) => this.samples.reduce((max, s) => Math.max(max, of(s)), 0);
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
//# sourceMappingURL=sampler.js.map