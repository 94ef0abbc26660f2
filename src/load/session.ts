/**
 * One closed-loop client in a process of its own that stays connected from turn to turn. A client that comes anew for
 * each of them is cold itself, and makes validators throw away code that they had compiled for the client before.
 */

import { type ChildProcess, fork } from 'node:child_process';
import { type ErrorCode, LockstepError } from '../core/errors.ts';
import type { ClientOrder, LoadProgress, LoadReport, LoadResult, SessionOrder, TurnOrder } from './orders.ts';
import { processEntry } from './process-entry.ts';

export class LoadSession {
  private readonly child: ChildProcess;
  private hear: (report: LoadReport) => void = () => {};
  private lose: (error: Error) => void = () => {};

  private constructor(child: ChildProcess) {
    this.child = child;
    child.on('message', (report: LoadReport) => this.hear(report));
    child.once('error', (error) => this.lose(error));
    child.once('exit', (code, signal) =>
      this.lose(
        new LockstepError('internal', `the load generator ended early (${signal ?? `code ${code}`})`),
      ),
    );
  }

  /** Resolves when the client is connected to every validator. Throws what it met, such as `not-connected`. */
  static async open(order: ClientOrder, signal?: AbortSignal): Promise<LoadSession> {
    signal?.throwIfAborted();
    const stdio = ['ignore', 'inherit', 'inherit', 'ipc'] as const;
    const session = new LoadSession(fork(processEntry('generator-main'), { stdio: [...stdio] }));
    try {
      const { home, txAuth, payloadBytes } = order;
      await session.ask({ kind: 'session', home, txAuth, payloadBytes }, signal, () => {});
      return session;
    } catch (error) {
      session.close();
      throw error;
    }
  }

  /** One turn of the loop; one at a time. */
  async turn(
    order: TurnOrder,
    onProgress: (progress: LoadProgress) => void = () => {},
    signal?: AbortSignal,
  ): Promise<LoadResult> {
    const { burstMs, warmupMs, durationMs } = order;
    const report = await this.ask({ burstMs, warmupMs, durationMs }, signal, onProgress);
    if (report.kind === 'done') return report.result;
    throw new LockstepError('internal', `the load generator said ${report.kind} instead of done`);
  }

  /** Stops the process, as the validators are stopped while it is not their turn. */
  pause(): void {
    this.child.kill('SIGSTOP');
  }

  resume(): void {
    this.child.kill('SIGCONT');
  }

  close(): void {
    this.child.kill('SIGKILL');
  }

  private async ask(
    order: SessionOrder | TurnOrder,
    signal: AbortSignal | undefined,
    onProgress: (progress: LoadProgress) => void,
  ): Promise<LoadReport> {
    signal?.throwIfAborted();
    const abort = (): void => this.lose(signal!.reason as Error);
    try {
      return await new Promise((resolve, reject) => {
        this.lose = reject;
        this.hear = (report) => {
          if (report.kind === 'progress') return onProgress(report.progress);
          if (report.kind !== 'failed') return resolve(report);
          reject(
            new LockstepError(report.code as ErrorCode, `the load generator stopped: ${report.message}`),
          );
        };
        signal?.addEventListener('abort', abort, { once: true });
        this.child.send(order);
      });
    } finally {
      signal?.removeEventListener('abort', abort);
      this.lose = () => {};
    }
  }
}
