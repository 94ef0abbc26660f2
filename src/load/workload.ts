/** Clients that have keys of their own, and the signed transactions that they send. */

import { Client, generateKeyPair } from '../client/index.ts';
import { initialNonce } from '../client/nonces.ts';
import { EXPIRY_SPAN } from '../client/options.ts';
import type { Stopwatch } from '../core/stopwatch.ts';
import type { ClientOrder } from './orders.ts';

/** Keys that each client writes to: a state of some size, whose tree is as deep as a small application's. */
const KEYS = 1024;

/** Signed transactions kept at once, in bytes. */
const MAX_SIGNED_BYTES = 256 << 20;

export class LoadClient {
  readonly client: Client;
  private readonly value: Uint8Array;
  private readonly ready: Uint8Array[] = [];
  private nonce = initialNonce(Date.now());
  private made = 0;
  private sampleBytes = 0;

  private constructor(client: Client, payloadBytes: number) {
    this.client = client;
    this.value = new Uint8Array(payloadBytes).fill(0x61);
  }

  /** Connects to every validator of the cluster. */
  static async connect(order: ClientOrder, stopwatch?: Stopwatch): Promise<LoadClient> {
    const { home, txAuth: suite, payloadBytes } = order;
    const key = await generateKeyPair(suite);
    const client = await Client.connect({
      home,
      suite,
      key,
      minConnected: Number.POSITIVE_INFINITY,
      ...(stopwatch && { stopwatch }),
    });
    return new LoadClient(client, payloadBytes);
  }

  /** Signed transactions that are left. */
  get stock(): number {
    return this.ready.length;
  }

  sign(): Uint8Array {
    const key = `k${this.made++ % KEYS}`;
    const expiry = this.client.sequence + EXPIRY_SPAN;
    return this.client.sign({ op: 'put', key, value: this.value }, this.nonce++, expiry);
  }

  /** Signs until `count` are left. */
  stockUp(count: number): void {
    // Taken from the end: nonces go out in their order.
    const signed = Array.from({ length: Math.max(0, count - this.ready.length) }, () => this.sign());
    this.ready.unshift(...signed.reverse());
  }

  /** So many, or as many as may be signed ahead. */
  withinLimit(count: number, clients = 1): number {
    this.sampleBytes ||= this.sign().length;
    return Math.min(count, Math.floor(MAX_SIGNED_BYTES / this.sampleBytes / clients));
  }

  /** Forgets the stock. */
  discard(): void {
    this.ready.length = 0;
  }

  /** The next signed transaction, or undefined when the stock is used up. */
  take(): Uint8Array | undefined {
    return this.ready.pop();
  }
}
