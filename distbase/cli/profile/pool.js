/** The pool: a batch inline and handed over, by its size; throughput by the number of threads. */
import { readFileSync } from 'node:fs';
import { PoolVerifier } from '../../crypto/pool.js';
import { createVerifier } from '../../crypto/verifier.js';
import { timeAsyncUs, timeUs } from './timing.js';
const BATCH = 64;
const IN_FLIGHT = 16;
/** CPU time of this thread, µs, where the system tells it apart from the threads of the pool; else undefined. */
function threadCpuUs() {
    const usage = process.threadCpuUsage?.();
    if (usage !== undefined)
        return usage.user + usage.system;
    try {
        return Number(readFileSync(`/proc/self/task/${process.pid}/schedstat`, 'utf8').split(' ')[0]) / 1000;
    }
    catch {
        return undefined;
    }
}
async function poolOf(threads, inputs) {
    const verifier = await createVerifier({ threads });
    if (!(verifier instanceof PoolVerifier))
        throw new Error('a pool was asked for');
    verifier.prepare(inputs.suite, inputs.publicKey);
    return verifier;
}
/** Batches in turn, so that no call sees the items of the last. */
function batches(items, size) {
    let at = 0;
    return () => {
        if (at + size > items.length)
            at = 0;
        at += size;
        return items.slice(at - size, at);
    };
}
export async function profileBatches(inputs, sizes, budgetMs) {
    const pool = await poolOf(1, inputs);
    const inline = await createVerifier({ threads: 0 });
    inline.prepare(inputs.suite, inputs.publicKey);
    const rows = [];
    for (const items of sizes) {
        const next = batches(inputs.items, items);
        const inlineUs = items === 1
            ? timeUs(() => inline.verifySync(next()[0]), budgetMs)
            : await timeAsyncUs(() => inline.verify(next()), budgetMs);
        let calls = 0;
        const cpuBefore = threadCpuUs();
        const activeBefore = performance.eventLoopUtilization();
        const pooledUs = await timeAsyncUs(() => {
            calls++;
            return pool.verifyPooled(next());
        }, budgetMs);
        const cpuAfter = threadCpuUs();
        const spentUs = cpuBefore !== undefined && cpuAfter !== undefined
            ? cpuAfter - cpuBefore
            : 1000 * performance.eventLoopUtilization(activeBefore).active;
        rows.push({
            suite: inputs.suite,
            items,
            inlineUs,
            pooledUs,
            mainThreadUsPerItem: spentUs / (calls * items),
        });
    }
    await pool.close();
    await inline.close();
    return rows;
}
export async function profileThreads(inputs, threads, budgetMs) {
    const rows = [];
    for (const count of threads) {
        const pool = await poolOf(count, inputs);
        const next = batches(inputs.items, BATCH);
        const burst = () => Promise.all(Array.from({ length: IN_FLIGHT }, () => pool.verifyPooled(next())));
        const us = await timeAsyncUs(burst, 3 * budgetMs);
        const itemsPerSecond = (1e6 * BATCH * IN_FLIGHT) / us;
        rows.push({
            suite: inputs.suite,
            threads: count,
            itemsPerSecond,
            speedup: itemsPerSecond / (rows[0]?.itemsPerSecond ?? itemsPerSecond),
        });
        await pool.close();
    }
    return rows;
}
//# sourceMappingURL=pool.js.map