/**
 * The rate that a cluster bears. Clients keep a number of transactions in flight; the number is doubled until the rate
 * no longer grows, and the best one is measured. Everything that is sent in a measured window was signed before it:
 * on a small machine the client's signatures would otherwise be taken from the validators' share.
 */

import { type BurstResult, runBurst } from './burst.ts';
import { openLoop } from './open-loop.ts';
import type { LoadProgress, LoadResult, PacedResult, ThroughputOrder } from './orders.ts';
import { SteadyState } from './steady.ts';
import { LoadClient } from './workload.ts';

const FIRST_OUTSTANDING = 128;
/** Per client: half of the chain's window of nonces, so that nothing falls out of it. */
const MAX_OUTSTANDING_PER_CLIENT = 512;
/** A step of the search, and before it the time for the pipeline to fill. */
const SEARCH_MS = 500;
const LEAD_MS = 300;
/** How many clients connect at once. */
const CONNECTING = 8;
/** A step must be this much faster than the best one before to be worth its longer queue. */
const WORTHWHILE = 1.05;
/** Steps in a row that brought nothing, before the search ends: one may be an accident. */
const PATIENCE = 2;
/** Stock for this much more than the rate that the search found. */
const STOCK_MARGIN = 1.7;
/** A window of the warm-up where that goes on until its rate no longer changes. */
const WINDOW_MS = 400;
/** Of the arrivals at a fixed rate: the same ones each time. */
const ARRIVALS_SEED = 1;
/** Signatures between two turns of the event loop, so that sessions answer pings meanwhile. */
const SIGN_CHUNK = 500;

export async function runThroughput(
  order: ThroughputOrder,
  progress: (progress: LoadProgress) => void,
): Promise<LoadResult> {
  const clients: LoadClient[] = [];
  try {
    while (clients.length < order.clients) {
      const count = Math.min(CONNECTING, order.clients - clients.length);
      clients.push(...(await Promise.all(Array.from({ length: count }, () => LoadClient.connect(order)))));
      const done = clients.length / order.clients;
      progress({ phase: 'connecting', done, committed: 0, failed: 0, ratePerSecond: 0, outstanding: 0 });
    }
    return await new ThroughputRun(clients, order, progress).run();
  } finally {
    await Promise.all(clients.map(({ client }) => client.close()));
  }
}

class ThroughputRun {
  private readonly clients: readonly LoadClient[];
  private readonly order: ThroughputOrder;
  private readonly progress: (progress: LoadProgress) => void;
  private readonly steady = new SteadyState();

  constructor(
    clients: readonly LoadClient[],
    order: ThroughputOrder,
    progress: (progress: LoadProgress) => void,
  ) {
    this.clients = clients;
    this.order = order;
    this.progress = progress;
  }

  async run(): Promise<LoadResult> {
    const { durationMs, outstanding: fixed, steadyWithinMs, paced } = this.order;
    const first = fixed ?? FIRST_OUTSTANDING;
    const startedMs = performance.now();
    const warm = await this.warmUp(first);
    const warmupMs = performance.now() - startedMs;
    const { outstanding, rate } =
      fixed === undefined
        ? await this.search(warm.ratePerSecond)
        : { outstanding: fixed, rate: warm.ratePerSecond };
    const seconds = (LEAD_MS + durationMs) / 1000;
    const signedAhead = await this.stockUp(rate * seconds * STOCK_MARGIN + 2 * outstanding);
    const last = await this.burst(outstanding, LEAD_MS, durationMs, 'measuring');
    const calm = paced && (await this.pace(last.ratePerSecond, paced));
    return {
      latency: last.histogram.summary(),
      ...last.tally.result(),
      throughputTps: last.ratePerSecond,
      measuredMs: last.measuredMs,
      clients: this.clients.length,
      outstanding,
      signedAhead,
      // A burst ends where the stock does.
      signedInside: 0,
      generatorCores: last.cores,
      warmup: {
        ms: warmupMs,
        ...(steadyWithinMs !== undefined && { steady: this.steady.reached }),
        windows: this.steady.windows,
      },
      ...(calm && { paced: calm }),
    };
  }

  /** Twice at least: how many transactions a warm-up takes is known only after a first, short one. */
  private async warmUp(outstanding: number): Promise<BurstResult> {
    const { warmupMs, steadyWithinMs } = this.order;
    const startedMs = performance.now();
    await this.stockUp(10 * outstanding);
    let last = await this.burst(outstanding, 0, SEARCH_MS, 'warming up');
    for (let left = warmupMs; ; left = steadyWithinMs === undefined ? 0 : WINDOW_MS) {
      if (left > 0) {
        await this.stockUp((2 * last.ratePerSecond * left) / 1000 + 2 * outstanding);
        last = await this.burst(outstanding, 0, left, 'warming up');
        if (last.ratePerSecond > 0) this.steady.add(last.ratePerSecond);
      }
      const late = performance.now() - startedMs >= (steadyWithinMs ?? 0);
      if (steadyWithinMs === undefined || this.steady.reached || late) return last;
    }
  }

  /** Arrivals at a share of the saturated rate. */
  private async pace(
    saturatedTps: number,
    { percent, durationMs }: NonNullable<ThroughputOrder['paced']>,
  ): Promise<PacedResult> {
    const { clients, progress } = this;
    const ratePerSecond = Math.max(1, (saturatedTps * percent) / 100);
    const needed = (ratePerSecond * (LEAD_MS + durationMs) * 1.1) / 1000 + 100;
    // What cannot all be signed ahead is signed as it goes, from the beginning: the load is to be the same throughout.
    const each = Math.ceil(needed / clients.length);
    const possible = clients[0]!.withinLimit(each, clients.length) >= each;
    const signedAhead = possible ? await this.stockUp(needed) : 0;
    if (!possible) for (const client of clients) client.discard();
    const result = await openLoop({
      clients,
      ratePerSecond,
      leadMs: LEAD_MS,
      windowMs: durationMs,
      seed: ARRIVALS_SEED,
      onTick: (share, tally, inFlight) => {
        const done = Math.max(0, share);
        progress({ phase: 'pacing', done, ...tally.counts(), ratePerSecond, outstanding: inFlight });
      },
    });
    return { percent, signedAhead, ...result };
  }

  /** Doubles what is in flight while that pays. */
  private async search(warmRate: number): Promise<{ outstanding: number; rate: number }> {
    let best = { outstanding: FIRST_OUTSTANDING, rate: 0 };
    let fastest = warmRate;
    let fruitless = 0;
    const most = MAX_OUTSTANDING_PER_CLIENT * this.clients.length;
    for (let tried = FIRST_OUTSTANDING; tried <= most && fruitless < PATIENCE; tried *= 2) {
      // A step may be twice as fast as the one before.
      await this.stockUp((2 * fastest * (LEAD_MS + SEARCH_MS)) / 1000 + 2 * tried);
      const step = await this.burst(tried, LEAD_MS, SEARCH_MS, 'searching');
      if (step.tally.failed > 0) break;
      if (step.ratePerSecond > best.rate * WORTHWHILE) {
        best = { outstanding: tried, rate: step.ratePerSecond };
        fruitless = 0;
      } else fruitless++;
      fastest = Math.max(fastest, step.ratePerSecond);
    }
    return best;
  }

  /** Signs until there are so many, all clients together; gives how many there are. */
  private async stockUp(total: number): Promise<number> {
    const count = this.clients.length;
    const each = this.clients[0]!.withinLimit(Math.ceil(total / count), count);
    for (const [i, client] of this.clients.entries()) {
      for (let have = client.stock; have < each; have += SIGN_CHUNK) {
        client.stockUp(Math.min(each, have + SIGN_CHUNK));
        const done = (i + have / each) / this.clients.length;
        this.progress({ phase: 'signing', done, committed: 0, failed: 0, ratePerSecond: 0, outstanding: 0 });
        await new Promise((resolve) => setImmediate(resolve));
      }
    }
    return this.clients.reduce((sum, client) => sum + client.stock, 0);
  }

  private burst(
    outstanding: number,
    leadMs: number,
    windowMs: number,
    phase: LoadProgress['phase'],
  ): Promise<BurstResult> {
    const { clients, progress } = this;
    return runBurst({ clients, outstanding, leadMs, windowMs, phase, progress });
  }
}
