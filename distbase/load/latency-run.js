/** One client in a closed loop: the next transaction leaves when the one before is acknowledged. */
import { runBurst } from './burst.js';
import { ClientRecorder } from './client-recorder.js';
import { Histogram } from './histogram.js';
import { failureCode, Tally } from './tally.js';
import { LoadClient } from './workload.js';
const PROGRESS_EVERY_MS = 250;
/**
 * The share of the warm-up in which several transactions are in flight: compilers need thousands of them, at client and
 * validators, and a closed loop on a cold cluster makes but hundreds a second.
 */
const WARMUP_BURST = 0.6;
const WARMUP_OUTSTANDING = 16;
const WARMUP_STOCK = 8_000;
export async function runLatency(order, progress) {
    const recorder = order.trace ? new ClientRecorder() : undefined;
    const load = await LoadClient.connect(order, recorder?.timeline);
    try {
        const burstMs = order.warmupMs * WARMUP_BURST;
        load.stockUp(WARMUP_STOCK);
        const burst = { clients: [load], outstanding: WARMUP_OUTSTANDING, leadMs: 0, windowMs: burstMs };
        await runBurst({ ...burst, phase: 'warming up', progress });
        return await loop(load, { ...order, warmupMs: order.warmupMs - burstMs }, progress, recorder);
    }
    finally {
        await load.client.close();
    }
}
async function loop(load, { warmupMs, durationMs }, progress, recorder) {
    const histogram = new Histogram();
    const tally = new Tally();
    const startedMs = performance.now();
    const measureMs = startedMs + warmupMs;
    const endMs = measureMs + durationMs;
    let reportMs = startedMs;
    let measuring = false;
    let cpu = process.cpuUsage();
    await new Promise((resolve) => {
        const next = () => {
            const nowMs = performance.now();
            if (nowMs >= endMs)
                return resolve();
            if (!measuring && nowMs >= measureMs) {
                measuring = true;
                cpu = process.cpuUsage();
            }
            if (nowMs >= reportMs) {
                reportMs = nowMs + PROGRESS_EVERY_MS;
                const phase = measuring ? 'measuring' : 'warming up';
                const done = measuring ? (nowMs - measureMs) / durationMs : (nowMs - startedMs) / warmupMs;
                const ratePerSecond = measuring ? tally.committed / ((nowMs - measureMs) / 1000 + 1e-9) : 0;
                progress({ phase, done, ...tally.counts(), ratePerSecond, outstanding: 1 });
            }
            const counted = measuring;
            if (counted)
                tally.submitted++;
            const transaction = load.take() ?? load.sign();
            if (counted)
                recorder?.starts();
            load.client.transmit(transaction, {
                settled: ({ latencyMs, sequence }) => {
                    if (counted) {
                        recorder?.settled(sequence, latencyMs);
                        tally.committed++;
                        histogram.record(latencyMs);
                    }
                    next();
                },
                failed: (error) => {
                    if (counted)
                        tally.fail(failureCode(error));
                    setTimeout(next, 10);
                },
            });
        };
        next();
    });
    const measuredMs = performance.now() - measureMs;
    return {
        ...(recorder && { trace: recorder.trace() }),
        latency: histogram.summary(),
        ...tally.result(),
        throughputTps: tally.committed / (measuredMs / 1000),
        measuredMs,
        clients: 1,
        outstanding: 1,
        signedAhead: 0,
        generatorCores: tally.cores(cpu, measuredMs),
    };
}
//# sourceMappingURL=latency-run.js.map