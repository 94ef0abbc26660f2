/** The ledger's answers as they are used; where they come from is the caller's affair. */

import type { Digest, Sequence } from '../core/ids.ts';
import type { LedgerReader } from './interface.ts';
import { type Found, type IndexKind, type Ledger, type LedgerSummary, storeDamaged } from './ledger.ts';
import type { Position } from './ledger-index.ts';
import { ask, type Question } from './ledger-questions.ts';
import {
  decodeCheckpoint,
  decodeEvidence,
  type StoredCheckpoint,
  type StoredEvidence,
} from './ledger-records.ts';
import { readSlot, type StoredSlot, tagOf } from './slot-record.ts';

export abstract class StoreReader implements LedgerReader {
  protected readonly path: string;

  constructor(path: string) {
    this.path = path;
  }

  /** The answer as `ledger-questions.ts` gives it. */
  protected abstract ask(question: Question): Promise<unknown>;

  async summary(): Promise<LedgerSummary> {
    return (await this.ask({ kind: 'summary' })) as LedgerSummary;
  }

  async slot(sequence: Sequence): Promise<StoredSlot | undefined> {
    const record = (await this.ask({ kind: 'slot', sequence })) as Uint8Array | undefined;
    if (record === undefined) return undefined;
    const slot = readSlot(record);
    if (slot === undefined) throw storeDamaged(this.path, `slot ${sequence} is damaged`);
    return slot;
  }

  async slotsFrom(from: Sequence, limit: number): Promise<Sequence[]> {
    return (await this.ask({ kind: 'slots', from, limit })) as Sequence[];
  }

  async checkpointFrom(sequence: Sequence): Promise<StoredCheckpoint | undefined> {
    return this.checkpoint(await this.ask({ kind: 'checkpoint', from: sequence }), sequence);
  }

  async checkpointTo(sequence: Sequence): Promise<StoredCheckpoint | undefined> {
    return this.checkpoint(await this.ask({ kind: 'checkpoint', to: sequence }), sequence);
  }

  private checkpoint(record: unknown, near: Sequence): StoredCheckpoint | undefined {
    if (record === undefined) return undefined;
    const checkpoint = decodeCheckpoint(record as Uint8Array);
    if (checkpoint === undefined)
      throw storeDamaged(this.path, `the checkpoint next to slot ${near} is damaged`);
    return checkpoint;
  }

  async evidence(limit: number): Promise<StoredEvidence[]> {
    const records = (await this.ask({ kind: 'evidence', limit })) as Uint8Array[];
    return records.map((record) => {
      const evidence = decodeEvidence(record);
      if (evidence === undefined) throw storeDamaged(this.path, 'its evidence is damaged');
      return evidence;
    });
  }

  async find(by: IndexKind, digest: Digest, before: Position | undefined, limit: number): Promise<Found> {
    return (await this.ask({ kind: 'find', by, tag: tagOf(digest), before, limit })) as Found;
  }
}

/** Reads a ledger that this thread has open: for tools. */
export class LedgerView extends StoreReader {
  private readonly ledger: Ledger;

  constructor(ledger: Ledger, path: string) {
    super(path);
    this.ledger = ledger;
  }

  protected async ask(question: Question): Promise<unknown> {
    return ask(this.ledger, question);
  }

  close(): Promise<void> {
    return this.ledger.close();
  }
}
