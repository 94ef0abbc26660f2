/** How `lockstep profile` times things: medians of short samples, after a warm-up. */
/** Long enough that reading the clock does not count. */
const SAMPLE_MS = 0.3;
/** Calls after which V8 has its best code for a kernel. */
const WARM_CALLS = 400;
const LEAST_SAMPLES = 5;
export function median(values) {
    const sorted = [...values].sort((a, b) => a - b);
    return sorted[sorted.length >> 1] ?? Number.NaN;
}
/** Median µs of one call, within about `budgetMs`; warm-up not counted. */
export function timeUs(call, budgetMs) {
    const warmUntil = performance.now() + budgetMs;
    let warm = 0;
    for (; warm < WARM_CALLS && performance.now() < warmUntil; warm++)
        call();
    const began = performance.now();
    call();
    let perSample = Math.max(1, Math.round(SAMPLE_MS / Math.max(performance.now() - began, 1e-4)));
    if (warm < WARM_CALLS)
        perSample = 1;
    const samples = [];
    const until = performance.now() + budgetMs;
    while (samples.length < LEAST_SAMPLES || performance.now() < until) {
        const start = performance.now();
        for (let i = 0; i < perSample; i++)
            call();
        samples.push((1000 * (performance.now() - start)) / perSample);
    }
    return median(samples);
}
/** The same for calls that resolve. */
export async function timeAsyncUs(call, budgetMs) {
    const warmUntil = performance.now() + budgetMs / 2;
    while (performance.now() < warmUntil)
        await call();
    const samples = [];
    const until = performance.now() + budgetMs;
    while (samples.length < LEAST_SAMPLES || performance.now() < until) {
        const start = performance.now();
        await call();
        samples.push(1000 * (performance.now() - start));
    }
    return median(samples);
}
//# sourceMappingURL=timing.js.map