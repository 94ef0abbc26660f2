/**
 * The process that generates load; spawned by `generator.ts` or `session.ts`, told what to do over the process channel.
 * A session goes on until the channel is closed.
 */

import { once } from 'node:events';
import { runLatency } from './latency-run.ts';
import type { LoadOrder, LoadProgress, LoadReport, LoadResult, SessionOrder, TurnOrder } from './orders.ts';
import { failureCode } from './tally.ts';
import { runThroughput } from './throughput-run.ts';
import { runTurn } from './turn.ts';
import { LoadClient } from './workload.ts';

const tell = (report: LoadReport): void => void process.send?.(report);
/** The last report may be megabytes: the channel is not to be closed before it is through. */
const tellLast = (report: LoadReport): Promise<void> =>
  new Promise((resolve) => {
    if (process.send === undefined) return resolve();
    process.send(report, undefined, undefined, () => resolve());
  });

const progress = (state: LoadProgress): void => tell({ kind: 'progress', progress: state });

async function report(work: () => Promise<LoadResult>): Promise<void> {
  try {
    await tellLast({ kind: 'done', result: await work() });
  } catch (error) {
    await tellLast({ kind: 'failed', code: failureCode(error as Error), message: (error as Error).message });
  }
}

process.once('disconnect', () => process.exit(1));
const [order] = (await once(process, 'message')) as [LoadOrder | SessionOrder];
if (order.kind !== 'session') {
  await report(() =>
    order.kind === 'latency' ? runLatency(order, progress) : runThroughput(order, progress),
  );
  // Gone where the parent ended in the meantime.
  if (process.connected) process.disconnect();
} else {
  try {
    const load = await LoadClient.connect(order);
    process.on('message', (turn: TurnOrder) => void report(() => runTurn(load, turn, progress)));
    tell({ kind: 'ready' });
  } catch (error) {
    await tellLast({ kind: 'failed', code: failureCode(error as Error), message: (error as Error).message });
    if (process.connected) process.disconnect();
  }
}
