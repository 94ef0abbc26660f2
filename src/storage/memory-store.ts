/** The store's twin in memory. Its tables are what a crash leaves; what waits in it, a crash loses. */

import type { Sequence } from '../core/ids.ts';
import type { ExecutedSlot, LedgerStore, StoredCheckpoint, StoredEvidence } from './interface.ts';
import { Ledger } from './ledger.ts';
import { makeGroup, opsOf, type Waiting, waitingBytes, waitingSlot } from './ledger-groups.ts';
import { ask, type Question } from './ledger-questions.ts';
import { encodeCheckpoint, encodeEvidence } from './ledger-records.ts';
import { MemoryTables } from './memory-tables.ts';
import { StoreReader } from './store-reader.ts';

export interface MemoryStoreOptions {
  /** 32 bytes: `Chain.id`. */
  readonly chainId: Uint8Array;
  /** Keep it over a simulated crash. */
  readonly tables?: MemoryTables;
  /** Default: all. */
  readonly retain?: number;
  /** How many writes wait before they are written together. Default: none waits. */
  readonly lag?: number;
}

export class MemoryStore extends StoreReader implements LedgerStore {
  readonly keepsSlots: boolean;
  onFailure: (error: unknown) => void = () => {};
  onFull: (error: unknown) => void = () => {};
  private readonly ledger: Ledger;
  private readonly lag: number;
  private waiting: Waiting[] = [];
  private lastWitness: Uint8Array | undefined;

  constructor({ chainId, tables, retain = Number.POSITIVE_INFINITY, lag = 0 }: MemoryStoreOptions) {
    super('memory');
    this.ledger = new Ledger({ tables: tables ?? new MemoryTables(), path: 'memory', chainId, retain });
    this.lag = lag;
    this.keepsSlots = retain > 0;
    this.lastWitness = this.ledger.witness;
  }

  get head(): Sequence {
    return this.ledger.head;
  }

  get queuedBytes(): number {
    return this.waiting.reduce((sum, one) => sum + waitingBytes(one), 0);
  }

  add(slot: ExecutedSlot): void {
    this.push(waitingSlot(slot));
  }

  certify(checkpoint: StoredCheckpoint): void {
    const { sequence } = checkpoint;
    this.push({ kind: 'other', op: { kind: 'checkpoint', sequence, record: encodeCheckpoint(checkpoint) } });
  }

  accuse(evidence: StoredEvidence): void {
    const { from } = evidence;
    this.push({ kind: 'other', op: { kind: 'evidence', from, record: encodeEvidence(evidence) } });
  }

  truncate(sequence: Sequence): void {
    this.push({ kind: 'other', op: { kind: 'truncate', sequence } });
  }

  putWitness(bytes: Uint8Array): void {
    this.lastWitness = bytes.slice();
    this.push({ kind: 'other', op: { kind: 'witness', bytes: this.lastWitness } });
  }

  getWitness(): Uint8Array | undefined {
    return this.lastWitness;
  }

  flushSync(): void {
    if (this.waiting.length === 0) return;
    const ops = opsOf(makeGroup(this.waiting));
    this.waiting = [];
    this.ledger.apply(ops);
  }

  async close(): Promise<void> {
    this.flushSync();
  }

  protected async ask(question: Question): Promise<unknown> {
    this.flushSync();
    return ask(this.ledger, question);
  }

  private push(one: Waiting): void {
    this.waiting.push(one);
    if (this.waiting.length > this.lag) this.flushSync();
  }
}
