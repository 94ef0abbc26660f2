/**
 * Transactions that arrive at a rate of their own, whatever the cluster does: what a latency at a share of saturation is
 * measured with. Arrivals are a Poisson process, as of many clients that know nothing of each other. A latency counts
 * from when its transaction was due, so that a stalled generator or cluster hides nothing (in a closed loop whoever
 * waits asks nothing meanwhile, and its waiting is one bad figure instead of many).
 */

import { SeededRandom } from '../core/random.ts';
import { Histogram } from './histogram.ts';
import type { PacedResult } from './orders.ts';
import { failureCode, Tally } from './tally.ts';
import type { LoadClient } from './workload.ts';

/** Timers count in ms: what is due within one goes out together. */
const TICK_MS = 1;
const PROGRESS_EVERY_MS = 250;
/** Most time for what is in flight at the end, ms. */
const DRAIN_MS = 10_000;
/** At most so many of a client under way: within the chain's window of nonces, so that nothing falls out of it. */
const MAX_OUTSTANDING_PER_CLIENT = 512;

export interface OpenLoopOptions {
  readonly clients: readonly LoadClient[];
  readonly ratePerSecond: number;
  /** Load before the window opens, ms. */
  readonly leadMs: number;
  readonly windowMs: number;
  readonly seed: number;
  readonly onTick: (done: number, tally: Tally, inFlight: number) => void;
}

export function openLoop(options: OpenLoopOptions): Promise<Omit<PacedResult, 'percent' | 'signedAhead'>> {
  return new Promise((resolve) => new OpenLoop(options, resolve).start());
}

class OpenLoop {
  private readonly o: OpenLoopOptions;
  private readonly resolve: (result: Omit<PacedResult, 'percent' | 'signedAhead'>) => void;
  private readonly random: SeededRandom;
  private readonly histogram = new Histogram();
  private readonly lateness = new Histogram();
  private readonly tally = new Tally();
  private readonly inFlight: number[];
  private readonly openMs: number;
  private readonly closeMs: number;
  private dueMs: number;
  private turn = 0;
  private settledInside = 0;
  private signedInside = 0;
  private allInFlight = 0;
  private mostInFlight = 0;
  private cpu: NodeJS.CpuUsage | undefined;
  private cores = 0;
  private reportMs = 0;

  constructor(options: OpenLoopOptions, resolve: OpenLoop['resolve']) {
    this.o = options;
    this.resolve = resolve;
    this.random = new SeededRandom(options.seed);
    this.inFlight = options.clients.map(() => 0);
    this.dueMs = performance.now();
    this.openMs = this.dueMs + options.leadMs;
    this.closeMs = this.openMs + options.windowMs;
  }

  start(): void {
    this.tick();
  }

  private tick(): void {
    const nowMs = performance.now();
    if (this.cpu === undefined && nowMs >= this.openMs) this.cpu = process.cpuUsage();
    while (this.dueMs <= nowMs && this.dueMs < this.closeMs) {
      this.send(this.dueMs, nowMs);
      this.dueMs += (-1000 * Math.log(1 - this.random.float())) / this.o.ratePerSecond;
    }
    if (nowMs >= this.reportMs) {
      this.reportMs = nowMs + PROGRESS_EVERY_MS;
      this.o.onTick((nowMs - this.openMs) / this.o.windowMs, this.tally, this.allInFlight);
    }
    if (nowMs < this.closeMs) {
      setTimeout(() => this.tick(), TICK_MS);
      return;
    }
    if (this.cpu !== undefined && this.cores === 0)
      this.cores = this.tally.cores(this.cpu, nowMs - this.openMs);
    if (this.allInFlight > 0 && nowMs < this.closeMs + DRAIN_MS) {
      setTimeout(() => this.tick(), TICK_MS);
      return;
    }
    for (let left = this.tally.unsettled(); left > 0; left--) this.tally.fail('timeout');
    this.finish();
  }

  private send(dueMs: number, nowMs: number): void {
    const { clients } = this.o;
    const i = this.turn++ % clients.length;
    const load = clients[i]!;
    const counted = dueMs >= this.openMs;
    if (counted) {
      this.tally.submitted++;
      this.lateness.record(nowMs - dueMs);
    }
    if (this.inFlight[i]! >= MAX_OUTSTANDING_PER_CLIENT) {
      // The cluster does not bear the rate: a failure, and not a queue in front of the clock.
      if (counted) this.tally.fail('not-sent');
      return;
    }
    let transaction = load.take();
    if (transaction === undefined) {
      transaction = load.sign();
      if (counted) this.signedInside++;
    }
    this.inFlight[i]!++;
    this.mostInFlight = Math.max(this.mostInFlight, ++this.allInFlight);
    load.client.transmit(transaction, {
      settled: () => {
        this.inFlight[i]!--;
        this.allInFlight--;
        const settledMs = performance.now();
        if (settledMs >= this.openMs && settledMs < this.closeMs) this.settledInside++;
        if (!counted) return;
        this.tally.committed++;
        this.histogram.record(settledMs - dueMs);
      },
      failed: (error) => {
        this.inFlight[i]!--;
        this.allInFlight--;
        if (counted) this.tally.fail(failureCode(error));
      },
    });
  }

  private finish(): void {
    const { histogram, lateness, tally, cores, signedInside, settledInside, mostInFlight } = this;
    const { ratePerSecond, windowMs } = this.o;
    this.resolve({
      offeredTps: ratePerSecond,
      throughputTps: settledInside / (windowMs / 1000),
      latency: histogram.summary(),
      ...tally.result(),
      lateP99Ms: lateness.percentile(99),
      outstanding: mostInFlight,
      measuredMs: windowMs,
      signedInside,
      generatorCores: cores,
    });
  }
}
