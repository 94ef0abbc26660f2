/** A thread of the pool. Its handler runs one task: judges the items of a region and writes verdicts into it. */
import { threadId, workerData } from 'node:worker_threads';
import { Bench } from './judge.js';
import { KeyTable } from './key-table.js';
import { Region } from './shared-batch.js';
import { loadSuites } from './suites/load.js';
import { warmUp } from './warm-up.js';
const setup = workerData;
const regions = setup.regions.map((memory) => new Region(memory, setup.slab));
const keyTable = new KeyTable(setup.keyTable);
const suites = await loadSuites(setup.modules);
const bench = new Bench(suites, setup.cache);
let pinned = 0;
pinNewKeys();
warmUp(suites, new Bench(suites, 2));
const reported = { ...bench.cache() };
function pinNewKeys() {
    for (const count = keyTable.count; pinned < count; pinned++) {
        bench.prepare(keyTable.suite(pinned), keyTable.key(pinned));
    }
}
/** Piscina's handler. */
export default function run(task) {
    if (task === undefined)
        return;
    const start = performance.now();
    const region = typeof task === 'number' ? regions[task] : new Region(task, setup.slab);
    pinNewKeys();
    const items = region.items((index) => keyTable.key(index));
    const failed = bench.judgeAll(items, region.verdicts());
    const now = bench.cache();
    region.writeReport({
        failed,
        cacheHits: now.hits - reported.hits,
        cacheMisses: now.misses - reported.misses,
        cacheEvictions: now.evictions - reported.evictions,
        cacheKeys: now.keys,
        threadId,
        busyUs: Math.round(1000 * (performance.now() - start)),
    });
    Object.assign(reported, now);
}
//# sourceMappingURL=worker.js.map