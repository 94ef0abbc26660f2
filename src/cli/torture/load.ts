/**
 * The load of a campaign: clients that pay each other on the ledger at a steady pace, and keep books of every
 * transfer that was acknowledged. A pause of the cluster is made up for afterwards, as far as a second's worth.
 */

import { Client } from '../../client/index.ts';
import type { SeededRandom } from '../../core/random.ts';
import type { Identity } from '../../crypto/keys.ts';
import { Histogram } from '../../load/histogram.ts';
import { AccountAudit } from './account.ts';
import type { Standstill } from './standstill.ts';

/**
 * Transfers that one client has under way at most. A replica keeps the results of a client's last eight transactions
 * in its state, so that as many find their answer even after all validators restarted.
 */
export const LANES_PER_CLIENT = 8;

/** What every client owns at first: more than any campaign spends, and together within the ledger's bound. */
export const ALLOCATION = 100_000_000_000;

const MOST_PER_TRANSFER = 1_000;
const TICK_MS = 5;
/** Longest that a transfer may take, ms: the ceiling for any fault, twice. */
const TIMEOUT_MS = 60_000;

export interface Payer {
  readonly identity: Identity;
  /** Its account: the client id of its Ed25519 key. */
  readonly account: string;
}

interface Paying {
  readonly client: Client;
  readonly audit: AccountAudit;
}

export class LedgerLoad {
  readonly latency = new Histogram();
  acknowledged = 0;
  unknown = 0;
  /** Results that the ledger declined: none is to be expected. */
  readonly failures: string[] = [];
  private readonly paying: Paying[] = [];
  private readonly payers: readonly Payer[];
  private readonly random: SeededRandom;
  private readonly rate: number;
  private readonly clock: Standstill;
  private timer: NodeJS.Timeout | undefined;
  private tokens = 0;
  private tickedMs = 0;
  private readonly idle: (() => void)[] = [];
  private lanes: Promise<void>[] = [];
  private stopped = false;
  private startedMs = 0;
  private runMs = 0;
  private lastMs = 0;
  private longestMs = 0;

  private constructor(payers: readonly Payer[], rate: number, random: SeededRandom, clock: Standstill) {
    this.clock = clock;
    this.payers = payers;
    this.rate = rate;
    this.random = random;
  }

  /** `rate`: transfers per second, of all clients together. */
  static async connect(
    home: string,
    payers: readonly Payer[],
    rate: number,
    random: SeededRandom,
    clock: Standstill,
  ): Promise<LedgerLoad> {
    const load = new LedgerLoad(payers, rate, random, clock);
    for (const [i, { identity }] of payers.entries()) {
      const key = identity.ed25519;
      const client = await Client.connect({
        home,
        key,
        timeoutMs: TIMEOUT_MS,
        maxOutstanding: LANES_PER_CLIENT,
      });
      load.paying.push({ client, audit: new AccountAudit(`client ${i}`, ALLOCATION) });
    }
    return load;
  }

  start(): void {
    this.startedMs = this.clock.nowMs();
    this.tickedMs = this.startedMs;
    this.lastMs = this.startedMs;
    this.timer = setInterval(() => this.tick(), TICK_MS);
    this.lanes = this.paying.flatMap((one) => Array.from({ length: LANES_PER_CLIENT }, () => this.pay(one)));
  }

  /** No new transfers; resolves when all are settled or given up. */
  async stop(): Promise<void> {
    if (this.stopped) return;
    this.stopped = true;
    this.runMs = this.clock.nowMs() - this.startedMs;
    clearInterval(this.timer);
    for (const wake of this.idle.splice(0)) wake();
    await Promise.all(this.lanes);
  }

  /** Compares the books with the ledger: what is left on each account must be what the transfers explain. */
  async settle(): Promise<void> {
    const { client } = this.paying[0]!;
    for (const [i, { audit }] of this.paying.entries()) {
      const { result } = await client.query({ op: 'balance', account: this.payers[i]!.account });
      // What others paid in is not on the account: they pay strangers.
      audit.close(Number((result as { balance?: unknown }).balance));
      this.failures.push(...audit.failures);
    }
  }

  async close(): Promise<void> {
    clearInterval(this.timer);
    this.stopped = true;
    await Promise.all(this.paying.map(({ client }) => client.close()));
  }

  /** Acknowledged per second, over the time between `start` and `stop`. */
  get ratePerSecond(): number {
    const ms = this.runMs || this.clock.nowMs() - this.startedMs;
    return ms === 0 ? 0 : (this.acknowledged * 1000) / ms;
  }

  /** From here on the longest time without an acknowledgement is looked for. */
  openGap(): void {
    this.longestMs = 0;
  }

  /** The longest time between two acknowledgements since `openGap`, the one that runs now included, ms. */
  gapMs(): number {
    return Math.max(this.longestMs, this.clock.nowMs() - this.lastMs);
  }

  private tick(): void {
    const nowMs = this.clock.nowMs();
    const due = ((nowMs - this.tickedMs) * this.rate) / 1000;
    this.tickedMs = nowMs;
    this.tokens = Math.min(this.tokens + due, this.rate);
    while (this.tokens >= 1 && this.idle.length > 0) {
      this.tokens--;
      this.idle.shift()!();
    }
  }

  private turn(): Promise<void> {
    return this.stopped ? Promise.resolve() : new Promise((resolve) => this.idle.push(resolve));
  }

  private async pay({ client, audit }: Paying): Promise<void> {
    for (;;) {
      await this.turn();
      if (this.stopped) return;
      const amount = 1 + this.random.below(MOST_PER_TRANSFER);
      // A thousand strangers: the state is small, and never the same.
      const to = this.random.below(1_000).toString(16).padStart(64, '0');
      try {
        const { result, latencyMs } = await client.submit({ op: 'transfer', to, amount });
        if (!result.ok) this.failures.push(`${audit.name}: ${JSON.stringify(result)}`);
        else audit.settled(amount, Number((result as { balance?: unknown }).balance));
        this.acknowledged++;
        this.latency.record(latencyMs);
        const nowMs = this.clock.nowMs();
        this.longestMs = Math.max(this.longestMs, nowMs - this.lastMs);
        this.lastMs = nowMs;
      } catch (error) {
        if (this.stopped && (error as { code?: string }).code === 'closed') return;
        this.unknown++;
        audit.unknown.push(amount);
      }
    }
  }
}
