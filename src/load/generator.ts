/** Runs a load in a process of its own, so that what measures shares no event loop with what is measured. */

import { fork } from 'node:child_process';
import { type ErrorCode, LockstepError } from '../core/errors.ts';
import type { LoadOrder, LoadProgress, LoadReport, LoadResult } from './orders.ts';
import { processEntry } from './process-entry.ts';

export type {
  LatencyOrder,
  LoadOrder,
  LoadProgress,
  LoadResult,
  ThroughputOrder,
  TurnOrder,
} from './orders.ts';

/** Throws what the generator met: `not-connected`, or `internal` where it died. */
export function runLoad(
  order: LoadOrder,
  onProgress: (progress: LoadProgress) => void = () => {},
  signal?: AbortSignal,
): Promise<LoadResult> {
  return new Promise((resolve, reject) => {
    signal?.throwIfAborted();
    const child = fork(processEntry('generator-main'), { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
    const abort = (): void => void child.kill('SIGKILL');
    signal?.addEventListener('abort', abort, { once: true });
    let outcome: LoadReport | undefined;
    child.on('message', (report: LoadReport) => {
      if (report.kind === 'progress') onProgress(report.progress);
      else outcome = report;
    });
    child.once('error', reject);
    child.once('exit', (code, ended) => {
      signal?.removeEventListener('abort', abort);
      if (outcome?.kind === 'done') resolve(outcome.result);
      else if (outcome?.kind === 'failed') {
        const known = outcome.code as ErrorCode;
        reject(new LockstepError(known, `the load generator stopped: ${outcome.message}`));
      } else if (signal?.aborted) reject(signal.reason as Error);
      else
        reject(new LockstepError('internal', `the load generator ended early (${ended ?? `code ${code}`})`));
    });
    child.send(order);
  });
}
