/** One stretch of a session's closed loop: several transactions in flight, then one at a time, unmeasured, then measured. */

import { runBurst } from './burst.ts';
import { closedLoop, closedLoopFigures } from './closed-loop.ts';
import type { LoadProgress, LoadResult, TurnOrder } from './orders.ts';
import type { LoadClient } from './workload.ts';

const BURST_OUTSTANDING = 16;
/** Signed before a turn: more than one commits. */
const STOCK = 8_000;
const QUIET = { committed: 0, failed: 0, ratePerSecond: 0, outstanding: 1 } as const;

export async function runTurn(
  load: LoadClient,
  { burstMs, warmupMs, durationMs }: TurnOrder,
  progress: (progress: LoadProgress) => void,
): Promise<LoadResult> {
  load.stockUp(load.withinLimit(STOCK));
  if (burstMs > 0) {
    const burst = { clients: [load], outstanding: BURST_OUTSTANDING, leadMs: 0, windowMs: burstMs };
    await runBurst({ ...burst, phase: 'warming up', progress });
  }
  if (warmupMs > 0) await closedLoop({ load, windowMs: warmupMs });
  const signedAhead = load.stock;
  const measured = await closedLoop({
    load,
    windowMs: durationMs,
    onTick: (done, { committed, failed }, ratePerSecond) =>
      progress({ ...QUIET, phase: 'measuring', done, committed, failed, ratePerSecond }),
  });
  return {
    ...closedLoopFigures(measured),
    signedAhead,
    warmup: { ms: burstMs + warmupMs, windows: [] },
  };
}
