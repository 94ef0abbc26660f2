/** A stretch of one client's closed loop: the next transaction leaves when the one before is acknowledged. */

import type { ClientRecorder } from './client-recorder.ts';
import { Histogram } from './histogram.ts';
import { failureCode, Tally } from './tally.ts';
import type { LoadClient } from './workload.ts';

/** Until the client sends again after a failure, ms. */
const AFTER_FAILURE_MS = 10;

export interface ClosedLoopOptions {
  readonly load: LoadClient;
  readonly windowMs: number;
  /** The least that are to be settled, however long that takes. Default: none. */
  readonly commits?: number;
  readonly recorder?: ClientRecorder | undefined;
  /** Called now and then while it goes on, with the share of the window that is over. */
  readonly onTick?: (done: number, tally: Tally, ratePerSecond: number) => void;
}

export interface ClosedLoopResult {
  readonly histogram: Histogram;
  readonly tally: Tally;
  /** Until the last transaction was settled. */
  readonly measuredMs: number;
  /** CPU time of this process meanwhile, in cores. */
  readonly cores: number;
  /** Transactions that were signed inside the window, since the stock was used up. */
  readonly signedInside: number;
}

const TICK_MS = 250;

/** What a measured window says of one client with one transaction under way. */
export function closedLoopFigures({ histogram, tally, measuredMs, cores, signedInside }: ClosedLoopResult) {
  return {
    latency: histogram.summary(),
    ...tally.result(),
    throughputTps: tally.committed / (measuredMs / 1000),
    measuredMs,
    clients: 1,
    outstanding: 1,
    signedInside,
    generatorCores: cores,
  };
}

/** What is submitted in the window is counted, whenever it is settled. */
export function closedLoop({
  load,
  windowMs,
  commits = 0,
  recorder,
  onTick,
}: ClosedLoopOptions): Promise<ClosedLoopResult> {
  const histogram = new Histogram();
  const tally = new Tally();
  const cpu = process.cpuUsage();
  const startedMs = performance.now();
  let tickMs = startedMs;
  let signedInside = 0;
  return new Promise((resolve) => {
    const next = (): void => {
      const nowMs = performance.now();
      const elapsedMs = nowMs - startedMs;
      if (elapsedMs >= windowMs && tally.committed + tally.failed >= commits) {
        const cores = tally.cores(cpu, elapsedMs);
        return resolve({ histogram, tally, measuredMs: elapsedMs, cores, signedInside });
      }
      if (nowMs >= tickMs) {
        tickMs = nowMs + TICK_MS;
        onTick?.(elapsedMs / windowMs, tally, tally.committed / (elapsedMs / 1000 + 1e-9));
      }
      tally.submitted++;
      let transaction = load.take();
      if (transaction === undefined) {
        transaction = load.sign();
        signedInside++;
      }
      recorder?.starts();
      load.client.transmit(transaction, {
        settled: ({ latencyMs, sequence }) => {
          recorder?.settled(sequence, latencyMs);
          tally.committed++;
          histogram.record(latencyMs);
          next();
        },
        failed: (error) => {
          tally.fail(failureCode(error));
          setTimeout(next, AFTER_FAILURE_MS);
        },
      });
    };
    next();
  });
}
