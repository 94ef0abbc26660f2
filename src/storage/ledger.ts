/**
 * The ledger in an ordered map: executed slots, their index, certified checkpoints, evidence, and cells. Synchronous
 * and on one thread; `ledger-store.ts` gives it a thread of its own.
 *
 * | key                               | value                                                              |
 * | --------------------------------- | ------------------------------------------------------------------ |
 * | 1 ‖ sequence (8)                  | a slot, see `slot-record.ts`                                       |
 * | 2 ‖ sequence (8)                  | a certified checkpoint, see `ledger-records.ts`                    |
 * | 3 ‖ run (8)                       | the run's transactions by digest, see `ledger-index.ts`            |
 * | 4 ‖ run (8)                       | the same by client                                                 |
 * | 5 ‖ validator (8) ‖ number (8)    | evidence; its epoch times `MAX_EVIDENCE_PER_VALIDATOR`, and so on  |
 * | 6 ‖ name                          | a cell: format, chain, witness                                     |
 */

import { epochOfBody } from '../codec/body-epoch.ts';
import { bytesEqual, toHex } from '../core/bytes.ts';
import { LockstepError } from '../core/errors.ts';
import type { ReplicaId, Sequence } from '../core/ids.ts';
import { MAX_EVIDENCE_PER_VALIDATOR } from '../core/limits.ts';
import { readUint53, writeUint53 } from '../core/uint53.ts';
import type { SignedBody, StoredEvidence } from './interface.ts';
import { findInTable, firstOf, type Position, RUN_SLOTS, RunBuilder, runOf } from './ledger-index.ts';
import { decodeCheckpoint, decodeEvidence, openCell, sealCell } from './ledger-records.ts';
import { forEachTag, headerOf, readSlot } from './slot-record.ts';
import type { Tables } from './tables.ts';

export const STORE_VERSION = 1;

const SLOT = 1;
const CHECKPOINT = 2;
const BY_DIGEST = 3;
const BY_CLIENT = 4;
const EVIDENCE = 5;
const CELL = 6;

const NOTHING = new Uint8Array(0);
const LAST = Number.MAX_SAFE_INTEGER;
const MOST_EPOCHS = Math.floor(LAST / MAX_EVIDENCE_PER_VALIDATOR);

/** Slots removed in one transaction, at least: twice what it writes, so that pruning keeps up without a long pause. */
const PRUNED_AT_LEAST = 256;

/** Runs asked in one go, before others get their turn: some milliseconds. */
const RUNS_AT_ONCE = 256;

export type LedgerOp =
  | { readonly kind: 'slot'; readonly sequence: Sequence; readonly record: Uint8Array }
  | { readonly kind: 'checkpoint'; readonly sequence: Sequence; readonly record: Uint8Array }
  | { readonly kind: 'evidence'; readonly from: ReplicaId; readonly record: Uint8Array }
  /** What lies above is not of the ledger any more. */
  | { readonly kind: 'truncate'; readonly sequence: Sequence }
  | { readonly kind: 'witness'; readonly bytes: Uint8Array };

export interface LedgerSummary {
  /** The last slot here; 0 where there is none. */
  readonly head: Sequence;
  /** The first slot here; 0 where there is none. */
  readonly first: Sequence;
  /** The last certified checkpoint here; 0 where there is none. */
  readonly checkpoint: Sequence;
  readonly diskBytes: number;
}

export interface Found {
  /** Newest first. By their tags: what is not meant may be among them. */
  readonly positions: readonly Position[];
  /** What is older than this was not looked at yet. Undefined at the end. */
  readonly next: Position | undefined;
}

export type IndexKind = 'digest' | 'client';

export interface LedgerOptions {
  readonly tables: Tables;
  /** Names it in errors. */
  readonly path: string;
  /** 32 bytes: `Chain.id`. */
  readonly chainId: Uint8Array;
  /** Certified checkpoints kept, and the slots since the oldest of them; Infinity: all. */
  readonly retain: number;
}

function keyOf(table: number, number: number): Buffer {
  const key = Buffer.allocUnsafe(9);
  key[0] = table;
  writeUint53(key, 1, number);
  return key;
}

const numberOf = (key: Uint8Array): number => readUint53(key, 1);

const cellKey = (name: string) => Buffer.concat([Uint8Array.of(CELL), Buffer.from(name, 'latin1')]);

/** The error for a store whose bytes are not what was written. */
export function storeDamaged(path: string, what: string): LockstepError {
  return new LockstepError(
    'store-damaged',
    `${path}: ${what}. The store is history and no promise: \`lockstep repair --home DIR\` puts it aside; what the vote log ` +
      'and the snapshot hold is stored anew, and older history is what the other validators have',
  );
}

export class Ledger {
  private readonly o: LedgerOptions;
  private readonly t: Tables;
  private readonly byDigest = new RunBuilder();
  private readonly byClient = new RunBuilder();
  private run = 0;
  private headSequence: Sequence = 0;
  /** No slot at or below it is here any more, by way of pruning. */
  private floor: Sequence = 0;
  /** Sequences of the checkpoints kept, ascending; the last one only, where all are kept. */
  private checkpoints: Sequence[] = [];

  /** Throws `wrong-chain`, `too-new`, `store-damaged`, `storage-failed`. */
  constructor(options: LedgerOptions) {
    this.o = options;
    this.t = options.tables;
    this.checkCells();
    this.load();
  }

  get head(): Sequence {
    return this.headSequence;
  }

  /** After a transaction that failed: what is known of the tables is read from them anew. */
  reload(): void {
    this.load();
  }

  /** The caller's own bytes, as they were at the last transaction; undefined where there are none. */
  get witness(): Uint8Array | undefined {
    const bytes = this.cell('witness');
    return bytes && Uint8Array.from(bytes);
  }

  private cell(name: string): Uint8Array | undefined {
    const record = this.t.get(cellKey(name));
    if (record === undefined) return undefined;
    const bytes = openCell(record);
    if (bytes === undefined) throw storeDamaged(this.o.path, `its cell ${name} is damaged`);
    return bytes;
  }

  private checkCells(): void {
    const { path, chainId } = this.o;
    const format = this.cell('format');
    if (format === undefined) {
      this.t.transact(() => {
        this.t.put(cellKey('format'), sealCell(Uint8Array.of(STORE_VERSION)));
        this.t.put(cellKey('chain'), sealCell(chainId));
      });
      return;
    }
    if (format[0] !== STORE_VERSION) {
      throw new LockstepError(
        'too-new',
        `${path} has store format ${format[0]}; this release reads format ${STORE_VERSION}. Start it with the release that wrote it`,
      );
    }
    const chain = this.cell('chain');
    if (chain === undefined || !bytesEqual(chain, chainId)) {
      throw new LockstepError(
        'wrong-chain',
        `${path} belongs to chain ${toHex(chain ?? new Uint8Array(0)).slice(0, 16)}…, the genesis of this home is chain ` +
          `${toHex(chainId).slice(0, 16)}…. Put back the genesis that the store was made with, or use another home`,
      );
    }
  }

  private load(): void {
    this.headSequence = this.lastOf(SLOT);
    const kept = Number.isFinite(this.o.retain) ? this.o.retain + 1 : 1;
    this.checkpoints = this.numbers(CHECKPOINT, { reverse: true, limit: kept }).reverse();
    this.floor = Math.max(0, this.firstSlot() - 1);
    this.fillRun();
  }

  private firstSlot(): Sequence {
    return this.numbers(SLOT, { limit: 1 })[0] ?? 0;
  }

  private lastOf(table: number): number {
    return this.numbers(table, { reverse: true, limit: 1 })[0] ?? 0;
  }

  private numbers(
    table: number,
    { from = 0, to = LAST, reverse = false, limit = Number.POSITIVE_INFINITY },
  ): number[] {
    const range = { from: keyOf(table, from), to: keyOf(table, to), reverse, limit };
    return this.t.keys(range).map(numberOf);
  }

  /** Builds the index of the run that the head is in. */
  private fillRun(): void {
    this.byDigest.clear();
    this.byClient.clear();
    this.run = runOf(Math.max(1, this.headSequence));
    for (const sequence of this.numbers(SLOT, { from: firstOf(this.run) })) {
      this.index(sequence, this.t.get(keyOf(SLOT, sequence))!);
    }
  }

  private index(sequence: Sequence, record: Uint8Array): void {
    let index = 0;
    forEachTag(record, (digest, client) => {
      this.byDigest.add(digest, sequence, index);
      this.byClient.add(client, sequence, index++);
    });
  }

  /** Writes all of it, in order, in one transaction. Throws `storage-failed`: the ledger is then of no more use. */
  apply(ops: readonly LedgerOp[]): void {
    this.t.transact(() => {
      let slots = 0;
      for (const op of ops) {
        if (op.kind === 'slot') slots += this.putSlot(op.sequence, op.record) ? 1 : 0;
        else if (op.kind === 'checkpoint') this.putCheckpoint(op.sequence, op.record);
        else if (op.kind === 'truncate') this.truncate(op.sequence);
        else if (op.kind === 'evidence') this.putEvidence(op.from, op.record);
        else this.t.put(cellKey('witness'), sealCell(op.bytes));
      }
      this.prune(Math.max(PRUNED_AT_LEAST, 2 * slots));
    });
  }

  /** False where it was here already, or is pruned: a replica that restarted executes again what its log holds. */
  private putSlot(sequence: Sequence, record: Uint8Array): boolean {
    if (sequence <= this.headSequence) {
      if (sequence <= this.floor) return false;
      const known = this.t.get(keyOf(SLOT, sequence));
      // Below the head and not here: others executed it for us, and we took their state.
      if (known === undefined || bytesEqual(headerOf(known), headerOf(record))) return false;
      this.truncate(sequence - 1);
    }
    const run = runOf(sequence);
    if (run !== this.run) this.closeRun(run);
    this.t.put(keyOf(SLOT, sequence), record);
    this.index(sequence, record);
    this.headSequence = sequence;
    return true;
  }

  private closeRun(next: number): void {
    if (this.byDigest.size > 0) {
      this.t.put(keyOf(BY_DIGEST, this.run), this.byDigest.table());
      this.t.put(keyOf(BY_CLIENT, this.run), this.byClient.table());
    }
    this.byDigest.clear();
    this.byClient.clear();
    this.run = next;
  }

  private putCheckpoint(sequence: Sequence, record: Uint8Array): void {
    const last = this.checkpoints.at(-1) ?? 0;
    if (sequence <= last) return;
    this.t.put(keyOf(CHECKPOINT, sequence), record);
    if (!Number.isFinite(this.o.retain)) this.checkpoints.length = 0;
    this.checkpoints.push(sequence);
  }

  private putEvidence(from: ReplicaId, record: Uint8Array): void {
    const key = (number: number) => Buffer.concat([keyOf(EVIDENCE, from), keyOf(0, number).subarray(1)]);
    const fresh = decodeEvidence(record);
    if (fresh === undefined) throw storeDamaged(this.o.path, 'what is to be kept is no evidence');
    // A place is another validator's in another epoch: each has room of its own.
    const epoch = epochOfBody(fresh.first.body) ?? 0;
    const first = epoch < MOST_EPOCHS ? epoch * MAX_EVIDENCE_PER_VALIDATOR : 0;
    const most = MAX_EVIDENCE_PER_VALIDATOR;
    const there = this.t.keys({ from: key(first), to: key(first + most), limit: most });
    // What convinces nobody else leaves room for what does.
    if (there.length >= (signed(fresh) ? most : most / 2)) return;
    // Found again after a restart.
    for (const known of there) {
      const old = decodeEvidence(this.t.get(known)!);
      if (old !== undefined && samePair(old, fresh) && (signed(old) || !signed(fresh))) return;
    }
    this.t.put(key(first + there.length), record);
  }

  private truncate(sequence: Sequence): void {
    for (const table of [SLOT, CHECKPOINT]) {
      for (const above of this.numbers(table, { from: sequence + 1 })) this.t.remove(keyOf(table, above));
    }
    const reopened = runOf(sequence + 1);
    for (const table of [BY_DIGEST, BY_CLIENT]) {
      for (const run of this.numbers(table, { from: reopened })) this.t.remove(keyOf(table, run));
    }
    this.headSequence = this.lastOf(SLOT);
    this.floor = Math.min(this.floor, sequence);
    this.checkpoints = this.checkpoints.filter((kept) => kept <= sequence);
    if (this.checkpoints.length === 0) {
      const last = this.lastOf(CHECKPOINT);
      if (last > 0) this.checkpoints.push(last);
    }
    // The head may be in a run that is closed: it is opened again.
    for (const table of [BY_DIGEST, BY_CLIENT]) {
      this.t.remove(keyOf(table, runOf(Math.max(1, this.headSequence))));
    }
    this.fillRun();
  }

  /** Removes up to `budget` slots that the retention does not ask for, and what belongs to them. */
  private prune(budget: number): void {
    const { retain } = this.o;
    if (this.checkpoints.length <= retain) return;
    const base = this.checkpoints[this.checkpoints.length - Math.max(1, retain)]!;
    const gone = this.numbers(SLOT, { from: this.floor + 1, to: base, limit: budget });
    for (const sequence of gone) this.t.remove(keyOf(SLOT, sequence));
    if (gone.length === budget) {
      this.floor = gone.at(-1)!;
      return;
    }
    this.floor = Math.max(this.floor, base);
    for (const table of [BY_DIGEST, BY_CLIENT]) {
      const runs = this.numbers(table, { to: runOf(base + 1) - 1, limit: budget });
      for (const run of runs) if (firstOf(run) + RUN_SLOTS - 1 <= base) this.t.remove(keyOf(table, run));
    }
    for (const sequence of this.numbers(CHECKPOINT, { to: base - 1, limit: budget })) {
      this.t.remove(keyOf(CHECKPOINT, sequence));
    }
    while (this.checkpoints[0]! < base) this.checkpoints.shift();
  }

  // ------------------------------------------------------------------------------------- reading

  summary(): LedgerSummary {
    return {
      head: this.headSequence,
      first: this.firstSlot(),
      checkpoint: this.checkpoints.at(-1) ?? 0,
      diskBytes: this.t.diskBytes,
    };
  }

  slot(sequence: Sequence): Uint8Array | undefined {
    return this.t.get(keyOf(SLOT, sequence));
  }

  /** Sequences of stored slots from `from` on, at most `limit`. */
  slotsFrom(from: Sequence, limit: number): Sequence[] {
    return this.numbers(SLOT, { from, limit });
  }

  /** The first certified checkpoint at or above a sequence. */
  checkpointFrom(from: Sequence): Uint8Array | undefined {
    const sequence = this.numbers(CHECKPOINT, { from, limit: 1 })[0];
    return sequence === undefined ? undefined : this.t.get(keyOf(CHECKPOINT, sequence));
  }

  /** The last one at or below. */
  checkpointTo(to: Sequence): Uint8Array | undefined {
    const sequence = this.numbers(CHECKPOINT, { to, reverse: true, limit: 1 })[0];
    return sequence === undefined ? undefined : this.t.get(keyOf(CHECKPOINT, sequence));
  }

  evidence(limit: number): Uint8Array[] {
    const range = { from: keyOf(EVIDENCE, 0), to: keyOf(EVIDENCE + 1, 0), limit };
    return this.t.keys(range).flatMap((key) => (key[0] === EVIDENCE ? [this.t.get(key)!] : []));
  }

  /** Where a tag occurs before a place, or from the newest on: up to `limit`, and a part of the way at a time. */
  find(kind: IndexKind, tag: number, before: Position | undefined, limit: number): Found {
    const table = kind === 'digest' ? BY_DIGEST : BY_CLIENT;
    const from = before ?? { sequence: this.headSequence + 1, index: 0 };
    const newest = runOf(Math.max(1, Math.min(from.sequence, this.headSequence)));
    const positions: Position[] = [];
    /** False once there are enough. */
    const take = (found: readonly Position[]): boolean => {
      for (const position of found) {
        const { sequence, index } = position;
        if (sequence <= this.floor || sequence > from.sequence) continue;
        if (sequence === from.sequence && index >= from.index) continue;
        positions.push(position);
        if (positions.length === limit) return false;
      }
      return true;
    };
    if (newest >= this.run) {
      const builder = kind === 'digest' ? this.byDigest : this.byClient;
      if (!take(builder.find(this.run, tag))) return { positions, next: positions.at(-1) };
    }
    const runs = this.numbers(table, {
      to: Math.min(newest, this.run - 1),
      reverse: true,
      limit: RUNS_AT_ONCE,
    });
    for (const run of runs) {
      const found = findInTable(this.t.get(keyOf(table, run))!, run, tag);
      if (found === undefined) throw storeDamaged(this.o.path, `the index of run ${run} is damaged`);
      if (!take(found)) return { positions, next: positions.at(-1) };
    }
    if (runs.length < RUNS_AT_ONCE) return { positions, next: undefined };
    return { positions, next: { sequence: firstOf(runs.at(-1)!), index: 0 } };
  }

  /** Reads everything. Throws `store-damaged` where anything is not what was written. */
  check(): void {
    const { path } = this.o;
    for (const sequence of this.numbers(SLOT, {})) {
      if (readSlot(this.slot(sequence) ?? NOTHING) === undefined) {
        throw storeDamaged(path, `slot ${sequence} is damaged`);
      }
    }
    for (const sequence of this.numbers(CHECKPOINT, {})) {
      if (decodeCheckpoint(this.checkpointFrom(sequence) ?? NOTHING) === undefined) {
        throw storeDamaged(path, `checkpoint ${sequence} is damaged`);
      }
    }
    for (const table of [BY_DIGEST, BY_CLIENT]) {
      for (const run of this.numbers(table, {})) {
        if (findInTable(this.t.get(keyOf(table, run)) ?? NOTHING, run, 0) === undefined) {
          throw storeDamaged(path, `the index of run ${run} is damaged`);
        }
      }
    }
    if (this.evidence(Number.POSITIVE_INFINITY).some((record) => decodeEvidence(record) === undefined)) {
      throw storeDamaged(path, 'its evidence is damaged');
    }
  }

  close(): Promise<void> {
    return this.t.close();
  }
}

/** Whether others would believe it: what a session vouched for carries no signatures. */
function signed({ first, second }: StoredEvidence): boolean {
  return first.signature.length > 0 && second.signature.length > 0;
}

/** Whether both hold the same two messages, in whichever order. */
function samePair(a: StoredEvidence, b: StoredEvidence): boolean {
  const same = (x: SignedBody, y: SignedBody) => bytesEqual(x.body, y.body);
  return (
    (same(a.first, b.first) && same(a.second, b.second)) ||
    (same(a.first, b.second) && same(a.second, b.first))
  );
}
