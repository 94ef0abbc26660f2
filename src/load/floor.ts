/**
 * The floor: what the message pattern alone costs on this machine. As many processes as the cluster has, and a client
 * process; the same socket libraries, frame sizes and frame counts; no protocol, no signatures, no log. No figure of
 * the real cluster can be below it, and whatever is far above it is ours to explain.
 */

import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { LockstepError } from '../core/errors.ts';
import type { FloorLog, FloorOrder, FloorPattern, FloorReport, FloorStretch } from './floor-pattern.ts';
import type { LatencySummary } from './histogram.ts';
import { processEntry } from './process-entry.ts';

export type { FloorLog, FloorPattern, FloorStep } from './floor-pattern.ts';

export interface FloorCluster {
  /** Replica processes. */
  readonly validators: number;
  readonly pattern: FloorPattern;
  /** How much later than it would a frame from one replica to another leaves, ms. The client is beside each of them. */
  readonly delayMs?: ((from: number, to: number) => number) | undefined;
  /** Default: nothing is written. */
  readonly log?: FloorLog;
  /** Ends the measurement with its reason. */
  readonly signal?: AbortSignal;
}

export interface FloorOptions extends FloorCluster {
  readonly warmupMs?: number;
  readonly durationMs: number;
}

const START_TIMEOUT_MS = 15_000;

/** Processes that pass the bare messages whenever they are told to; in between they can be stopped. */
export class Floor {
  private readonly children: ChildProcess[] = [];
  private readonly signal: AbortSignal | undefined;
  private client!: ChildProcess;
  private readonly killAll = (): void => {
    for (const child of this.children) child.kill('SIGKILL');
  };

  private constructor(signal: AbortSignal | undefined) {
    signal?.throwIfAborted();
    this.signal = signal;
    signal?.addEventListener('abort', this.killAll);
  }

  static async start({
    validators: n,
    pattern,
    delayMs = () => 0,
    log,
    signal,
  }: FloorCluster): Promise<Floor> {
    const floor = new Floor(signal);
    try {
      const ids = Array.from({ length: n }, (_, id) => id);
      const replicas = ids.map((self) => {
        const delaysMs = ids.map((to) => (to === self ? 0 : delayMs(self, to)));
        return floor.spawn({ role: 'replica', self, n, pattern, delaysMs, ...(log && { log }) });
      });
      const ports = (await Promise.all(replicas.map((child) => report(child, 'listening')))).map(
        (r) => r.port,
      );
      for (const child of replicas) child.send(ports);
      await Promise.all(replicas.map((child) => report(child, 'ready')));
      floor.client = floor.spawn({ role: 'client', ports, pattern });
      await report(floor.client, 'ready');
      return floor;
    } catch (error) {
      floor.stop();
      signal?.throwIfAborted();
      throw error;
    }
  }

  private spawn(order: FloorOrder): ChildProcess {
    const child = fork(processEntry('floor-main'), { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
    this.children.push(child);
    child.send(order);
    return child;
  }

  /** What the closed-loop client saw in one stretch. */
  async measure(stretch: FloorStretch): Promise<LatencySummary> {
    this.client.send(stretch);
    const timeoutMs = START_TIMEOUT_MS + stretch.warmupMs + stretch.durationMs;
    try {
      return (await report(this.client, 'measured', timeoutMs)).summary;
    } catch (error) {
      this.signal?.throwIfAborted();
      throw error;
    }
  }

  pause(): void {
    for (const child of this.children) child.kill('SIGSTOP');
  }

  resume(): void {
    for (const child of this.children) child.kill('SIGCONT');
  }

  stop(): void {
    this.signal?.removeEventListener('abort', this.killAll);
    this.killAll();
  }
}

/** Measures the floor once. */
export async function measureFloor(options: FloorOptions): Promise<LatencySummary> {
  const { durationMs, warmupMs = 500 } = options;
  const floor = await Floor.start(options);
  try {
    return await floor.measure({ warmupMs, durationMs });
  } finally {
    floor.stop();
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
