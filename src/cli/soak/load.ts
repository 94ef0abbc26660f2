/** Transactions without an end: so many in flight at any time, signed as they go. */

import { Histogram } from '../../load/histogram.ts';
import { failureCode } from '../../load/tally.ts';
import { LoadClient } from '../../load/workload.ts';

/** Until a client sends again after a failure, ms. */
const AFTER_FAILURE_MS = 10;

export interface SoakLoadOptions {
  readonly home: string;
  readonly clients: number;
  readonly payloadBytes: number;
  readonly outstanding: number;
  /** How many are to be settled. */
  readonly transactions: number;
}

export class SoakLoad {
  readonly latency = new Histogram();
  committed = 0;
  /** By error code. */
  readonly failures: Record<string, number> = {};
  private readonly o: SoakLoadOptions;
  private readonly clients: LoadClient[] = [];
  private started = 0;
  private inFlight = 0;
  private stopped = false;
  private done: () => void = () => {};

  private constructor(options: SoakLoadOptions) {
    this.o = options;
  }

  static async connect(options: SoakLoadOptions): Promise<SoakLoad> {
    const load = new SoakLoad(options);
    const { home, payloadBytes } = options;
    const order = {
      kind: 'latency',
      home,
      txAuth: 'ed25519',
      payloadBytes,
      warmupMs: 0,
      durationMs: 0,
    } as const;
    for (let i = 0; i < options.clients; i++) load.clients.push(await LoadClient.connect(order));
    return load;
  }

  /** Resolves when all are settled, or what was in flight when it was stopped. */
  run(): Promise<void> {
    return new Promise((resolve) => {
      this.done = resolve;
      for (let i = 0; i < this.o.outstanding; i++) this.next(this.clients[i % this.clients.length]!);
    });
  }

  stop(): void {
    this.stopped = true;
  }

  async close(): Promise<void> {
    this.stopped = true;
    await Promise.all(this.clients.map(({ client }) => client.close()));
  }

  private next(load: LoadClient): void {
    if (this.stopped || this.started >= this.o.transactions) {
      if (this.inFlight === 0) this.done();
      return;
    }
    this.started++;
    this.inFlight++;
    load.client.transmit(load.sign(), {
      settled: ({ latencyMs }) => {
        this.inFlight--;
        this.committed++;
        this.latency.record(latencyMs);
        this.next(load);
      },
      failed: (error) => {
        this.inFlight--;
        this.started--;
        const code = failureCode(error);
        this.failures[code] = (this.failures[code] ?? 0) + 1;
        setTimeout(() => this.next(load), AFTER_FAILURE_MS);
      },
    });
  }
}
