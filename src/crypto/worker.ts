/** A thread of the pool. Its handler runs one task: judges the items of a region and writes verdicts into it. */

import { threadId, workerData } from 'node:worker_threads';
import { Bench } from './judge.ts';
import { KeyTable } from './key-table.ts';
import { Region } from './shared-batch.ts';
import { type KernelModules, loadSuites } from './suites/load.ts';
import { warmUp } from './warm-up.ts';

/** What the main thread gives to every thread at its start. */
export interface WorkerSetup {
  readonly regions: readonly SharedArrayBuffer[];
  readonly slab: SharedArrayBuffer;
  readonly keyTable: SharedArrayBuffer;
  readonly cache: number;
  /** Compiled once by the main thread, so that threads share the machine code too. */
  readonly modules: KernelModules;
}

/** A region's number; a memory of its own for an item too large for any; or nothing: to hear that the thread is warm. */
export type Task = number | SharedArrayBuffer | undefined;

const setup = workerData as WorkerSetup;
const regions = setup.regions.map((memory) => new Region(memory, setup.slab));
const keyTable = new KeyTable(setup.keyTable);
const suites = await loadSuites(setup.modules);
const bench = new Bench(suites, setup.cache);
let pinned = 0;
pinNewKeys();
warmUp(suites, new Bench(suites, 2));
const reported = { ...bench.cache() };

function pinNewKeys(): void {
  for (const count = keyTable.count; pinned < count; pinned++) {
    bench.prepare(keyTable.suite(pinned), keyTable.key(pinned));
  }
}

/** Piscina's handler. */
export default function run(task: Task): void {
  if (task === undefined) return;
  const start = performance.now();
  const region = typeof task === 'number' ? regions[task]! : new Region(task, setup.slab);
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
