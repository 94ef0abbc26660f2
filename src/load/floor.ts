/**
 * The floor: what the message pattern alone costs on this machine. As many processes as the cluster has, and a client
 * process; the same socket libraries, frame sizes and frame counts; no protocol, no signatures, no log. No figure of
 * the real cluster can be below it, and whatever is far above it is ours to explain.
 */

import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { LockstepError } from '../core/errors.ts';
import type { FloorOrder, FloorPattern, FloorReport } from './floor-pattern.ts';
import type { LatencySummary } from './histogram.ts';
import { processEntry } from './process-entry.ts';

export type { FloorPattern, FloorStep } from './floor-pattern.ts';

export interface FloorOptions {
  /** Replica processes. */
  readonly validators: number;
  readonly pattern: FloorPattern;
  /** How much later than it would a frame from one replica to another leaves, ms. The client is beside each of them. */
  readonly delayMs?: ((from: number, to: number) => number) | undefined;
  readonly warmupMs?: number;
  readonly durationMs: number;
  /** Ends the measurement with its reason. */
  readonly signal?: AbortSignal;
}

const START_TIMEOUT_MS = 15_000;

/** Measures the floor; latencies are what the closed-loop client saw. */
export async function measureFloor(options: FloorOptions): Promise<LatencySummary> {
  const { validators: n, pattern, durationMs, warmupMs = 500, delayMs = () => 0, signal } = options;
  signal?.throwIfAborted();
  const children: ChildProcess[] = [];
  const start = (order: FloorOrder): ChildProcess => {
    const child = fork(processEntry('floor-main'), { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
    children.push(child);
    child.send(order);
    return child;
  };
  const killAll = (): void => {
    for (const child of children) child.kill('SIGKILL');
  };
  signal?.addEventListener('abort', killAll);
  try {
    const ids = Array.from({ length: n }, (_, id) => id);
    const replicas = ids.map((self) => {
      const delaysMs = ids.map((to) => (to === self ? 0 : delayMs(self, to)));
      return start({ role: 'replica', self, n, pattern, delaysMs });
    });
    const ports = (await Promise.all(replicas.map((child) => report(child, 'listening')))).map((r) => r.port);
    for (const child of replicas) child.send(ports);
    await Promise.all(replicas.map((child) => report(child, 'ready')));
    const client = start({ role: 'client', ports, pattern, warmupMs, durationMs });
    return (await report(client, 'measured', START_TIMEOUT_MS + warmupMs + durationMs)).summary;
  } catch (error) {
    signal?.throwIfAborted();
    throw error;
  } finally {
    signal?.removeEventListener('abort', killAll);
    killAll();
  }
}

async function report<K extends FloorReport['kind']>(
  child: ChildProcess,
  kind: K,
  timeoutMs: number = START_TIMEOUT_MS,
): Promise<Extract<FloorReport, { kind: K }>> {
  const stop = new AbortController();
  const timer = setTimeout(() => stop.abort(), timeoutMs);
  child.once('exit', () => stop.abort());
  try {
    const [message] = (await once(child, 'message', { signal: stop.signal })) as [FloorReport];
    if (message.kind === kind) return message as Extract<FloorReport, { kind: K }>;
    throw new LockstepError('internal', `a process of the floor said ${message.kind} instead of ${kind}`);
  } catch (error) {
    if (!stop.signal.aborted) throw error;
    throw new LockstepError('internal', `a process of the floor stopped before it was ${kind}`, {
      cause: error,
    });
  } finally {
    clearTimeout(timer);
  }
}
