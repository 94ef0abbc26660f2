/** Metrics of prom-client whose values are read when somebody scrapes. */
import { Counter, Gauge, } from 'prom-client';
/** One scrape reads the parts once, not once per metric. */
export class Scrape {
    source;
    registry;
    state;
    constructor(source, registry) {
        this.source = source;
        this.registry = registry;
        this.state = source.state();
    }
    counter(name, help, read) {
        const configuration = {
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
    counters(name, help, label, read) {
        new Counter({
            name,
            help,
            labelNames: [label],
            registers: [this.registry],
            collect() {
                this.reset();
                for (const [value, count] of read())
                    this.inc({ [label]: value }, count);
            },
        });
    }
    countersBy(name, help, labels, read) {
        const [first, second] = labels;
        new Counter({
            name,
            help,
            labelNames: [...labels],
            registers: [this.registry],
            collect() {
                this.reset();
                for (const [[a, b], count] of read())
                    this.inc({ [first]: a, [second]: b }, count);
            },
        });
    }
    gauge(name, help, read) {
        const configuration = {
            name,
            help,
            registers: [this.registry],
            collect() {
                this.set(read());
            },
        };
        new Gauge(configuration);
    }
    gauges(name, help, label, read) {
        new Gauge({
            name,
            help,
            labelNames: [label],
            registers: [this.registry],
            collect() {
                this.reset();
                for (const [value, number] of read())
                    this.set({ [label]: value }, number);
            },
        });
    }
    /** A histogram whose buckets are the telemetry's own: prom-client's would count a second time. */
    histogram(name, help, read) {
        const metric = {
            name,
            help,
            type: 'histogram',
            aggregator: 'sum',
            reset: () => { },
            get: () => Promise.resolve({
                name,
                help,
                type: 'histogram',
                aggregator: 'sum',
                values: exposition(name, read()),
            }),
        };
        // The registry asks a metric for nothing but its name and `get`; its type wants one of the library's classes.
        this.registry.registerMetric(metric);
    }
}
function exposition(name, histogram) {
    const values = [];
    let cumulative = 0;
    histogram.bounds.forEach((bound, i) => {
        cumulative += histogram.counts[i];
        values.push({ metricName: `${name}_bucket`, labels: { le: bound }, value: cumulative });
    });
    values.push({ metricName: `${name}_bucket`, labels: { le: '+Inf' }, value: histogram.count });
    values.push({ metricName: `${name}_sum`, labels: {}, value: histogram.sum });
    values.push({ metricName: `${name}_count`, labels: {}, value: histogram.count });
    return values;
}
//# sourceMappingURL=scrape.js.map