/**
 * One client in a closed loop. What it sends in the measured window is signed before it: between two transactions there
 * is nothing but the client's own work on the answer.
 */

import { runBurst } from './burst.ts';
import { ClientRecorder } from './client-recorder.ts';
import { closedLoop, closedLoopFigures } from './closed-loop.ts';
import type { LatencyOrder, LoadProgress, LoadResult } from './orders.ts';
import { SteadyState } from './steady.ts';
import { LoadClient } from './workload.ts';

/**
 * The share of the warm-up in which several transactions are in flight: compilers need thousands of them, at client and
 * validators, and a closed loop on a cold cluster makes but hundreds a second.
 */
const WARMUP_BURST = 0.6;
const WARMUP_OUTSTANDING = 16;
const WARMUP_STOCK = 8_000;
/** A short warm-up needs fewer: no cluster commits as many in a millisecond. */
const WARMUP_STOCK_PER_MS = 16;
/**
 * A window of the warm-up: at least so long, and so many commits. It is calls and not seconds that compilers wait for: on
 * a slow machine windows of time alone look alike long before the code is compiled.
 */
const WINDOW_MS = 250;
const WINDOW_COMMITS = 400;
/** Stock for this much more than the rate at the end of the warm-up. */
const STOCK_MARGIN = 1.5;
/** Signatures between two turns of the event loop, so that sessions answer pings meanwhile. */
const SIGN_CHUNK = 500;
/** Load between signing and measuring: signing has filled the caches with its own. */
const LEAD_MS = 100;

const QUIET = { committed: 0, failed: 0, ratePerSecond: 0, outstanding: 1 } as const;

export async function runLatency(
  order: LatencyOrder,
  progress: (progress: LoadProgress) => void,
): Promise<LoadResult> {
  const recorder = order.trace ? new ClientRecorder() : undefined;
  const load = await LoadClient.connect(order, recorder?.timeline);
  try {
    const startedMs = performance.now();
    const burstMs = order.warmupMs * WARMUP_BURST;
    const mostMs = Math.max(order.warmupMs, order.steadyWithinMs ?? 0);
    load.stockUp(Math.min(WARMUP_STOCK, Math.ceil(mostMs * WARMUP_STOCK_PER_MS)));
    const burst = { clients: [load], outstanding: WARMUP_OUTSTANDING, leadMs: 0, windowMs: burstMs };
    await runBurst({ ...burst, phase: 'warming up', progress });
    const { steady, ratePerSecond } = await warmUp(load, order, order.warmupMs - burstMs, progress);
    const warmupMs = performance.now() - startedMs;

    const signedAhead = await stockUp(load, (ratePerSecond * order.durationMs) / 1000, progress);
    await closedLoop({ load, windowMs: LEAD_MS });
    const measured = await closedLoop({
      load,
      windowMs: order.durationMs,
      recorder,
      onTick: (done, tally, rate) =>
        progress({ ...QUIET, phase: 'measuring', done, ...tally.counts(), ratePerSecond: rate }),
    });
    return {
      ...(recorder && { trace: recorder.trace() }),
      ...closedLoopFigures(measured),
      signedAhead,
      warmup: {
        ms: warmupMs,
        ...(order.steadyWithinMs !== undefined && { steady: steady.reached }),
        windows: steady.windows,
      },
    };
  } finally {
    await load.client.close();
  }
}

/** For `leastMs`, and then until windows' medians no longer change where that is asked for. */
async function warmUp(
  load: LoadClient,
  { steadyWithinMs }: LatencyOrder,
  leastMs: number,
  progress: (progress: LoadProgress) => void,
): Promise<{ steady: SteadyState; ratePerSecond: number }> {
  const steady = new SteadyState();
  const startedMs = performance.now();
  const mostMs = Math.max(leastMs, steadyWithinMs ?? 0);
  let ratePerSecond = 0;
  for (;;) {
    const elapsedMs = performance.now() - startedMs;
    const enough = steadyWithinMs === undefined || steady.reached;
    if (elapsedMs >= mostMs || (elapsedMs >= leastMs && enough)) return { steady, ratePerSecond };
    progress({ ...QUIET, phase: 'warming up', done: elapsedMs / mostMs, ratePerSecond });
    // Never an empty window: at the end of a fixed time it may be a short one.
    const windowMs = steadyWithinMs === undefined ? Math.min(WINDOW_MS, leastMs - elapsedMs) : WINDOW_MS;
    const commits = steadyWithinMs === undefined ? 0 : WINDOW_COMMITS;
    const { histogram, tally, measuredMs } = await closedLoop({ load, windowMs, commits });
    ratePerSecond = Math.max(ratePerSecond, tally.committed / (measuredMs / 1000));
    if (histogram.count > 0) steady.add(histogram.percentile(50));
  }
}

/** Signs what a window needs; gives how many there are. */
async function stockUp(
  load: LoadClient,
  needed: number,
  progress: (progress: LoadProgress) => void,
): Promise<number> {
  const count = load.withinLimit(Math.ceil(needed * STOCK_MARGIN) + WARMUP_OUTSTANDING);
  for (let have = load.stock; have < count; have += SIGN_CHUNK) {
    load.stockUp(Math.min(count, have + SIGN_CHUNK));
    progress({ ...QUIET, phase: 'signing', done: have / count });
    await new Promise((resolve) => setImmediate(resolve));
  }
  return load.stock;
}
