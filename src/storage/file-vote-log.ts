/**
 * The vote log as append-only segments in a folder; `vote-log-format.ts` gives their bytes, `vote-log-scan.ts` says what
 * is a whole log. One file, longer than most: what is written, what is durable and who is told belong together.
 */

import { join } from 'node:path';
import { invariant } from '../core/assert.ts';
import { LockstepError } from '../core/errors.ts';
import { type Files, isDiskFull, type LogFile } from './files.ts';
import { storageFailed } from './fs.ts';
import type { Durability, LogWitness, VoteLog } from './interface.ts';
import { nodeFiles } from './node-files.ts';
import { KEPT_QUEUE_BYTES, RecordQueue } from './record-queue.ts';
import { RESERVE_BYTES, reserve } from './reserve.ts';
import {
  headerSeed,
  incomplete,
  SEGMENT_HEADER_BYTES,
  segmentHeader,
  segmentName,
} from './vote-log-format.ts';
import { type LogScan, scannedRecords, scanVoteLog } from './vote-log-scan.ts';

/** A sync that takes longer is slow, ms: the clients of a replica notice that it stands still. */
const SLOW_SYNC_MS = 2;
/** So many slow syncs more than others make a slow disk. */
const SLOW_SYNCS = 4;
/**
 * So many syncs of a slow disk are not waited for before one is again, which shows whether it still is slow: where the
 * thread has much to do, those on another seem long because nobody hears of their end.
 */
const SYNCS_BETWEEN_LOOKS = 256;

/** A segment longer than this is followed by a new one, at an idle moment. */
const SEGMENT_BYTES = 16 << 20;

export interface VoteLogOptions {
  /** The folder of the segments; made where it does not exist. */
  readonly path: string;
  /** 32 bytes: `Chain.id`. */
  readonly chainId: Uint8Array;
  readonly durability: Durability;
  /** A missing log is then `log-damaged`: for a home that has voted before. Default: an empty log is made. */
  readonly mustExist?: boolean;
  /** Default: none, so that a whole record missing at the end goes unnoticed. */
  readonly witness?: LogWitness;
  /** Default: the real disk. */
  readonly files?: Files;
  readonly segmentBytes?: number;
  /** `power` alone: zeros that are kept ahead of the records; see `reserve.ts`. */
  readonly reserveBytes?: number;
  /**
   * `power` alone. False (the default): `flush` returns when the sync has, and blocks the thread meanwhile; true: it
   * returns at once, and `onDurable` tells. A short sync is over sooner without the way to another thread and back, and
   * a long one would hold up all else: `if-slow` chooses by how long they take.
   */
  readonly syncLater?: boolean | 'if-slow';
  /** Told what each sync took that a promise waited for, in ms. Default: nobody is. */
  readonly onSync?: (tookMs: number) => void;
}

export interface OpenedVoteLog {
  readonly log: VoteLog;
  /** What was in the log when it was opened, oldest first; to be read before the first `replace`. */
  readonly records: Iterable<Uint8Array>;
  /** Bytes of an unfinished write that were cut off; the records in them were promised to nobody. */
  readonly cutBytes: number;
}

/** Where a log stands: the segment that is written to, and what comes before it. */
interface Place {
  readonly file: LogFile;
  readonly generation: number;
  readonly index: number;
  /** Bytes in the file, which holds no more than header and records. */
  readonly size: number;
  /** Bytes of the generation, this file's included. */
  readonly length: number;
  readonly seed: number;
}

class FileVoteLog implements VoteLog {
  readonly #options: VoteLogOptions;
  readonly #files: Files;
  readonly #queue: RecordQueue;
  readonly #segmentBytes: number;
  readonly #reserveBytes: number;
  #file: LogFile;
  #path: string;
  #generation: number;
  #index: number;
  /** Bytes of header and records in the file. */
  #size: number;
  /** Bytes in the file; beyond `#size` they are zeros. */
  #reserved: number;
  /** What a position is less the bytes of this generation before it. */
  #base: number;
  /** Positions, and the checksum at the second. */
  #written: number;
  #durable: number;
  #durableSeed: number;
  /** Of the sync under way, which is of `#file`; −1: none is. */
  #syncing = -1;
  #syncingSeed = 0;
  /** Somebody waits for this position. */
  #needed = 0;
  /** Slow syncs less the others, from 0 to `SLOW_SYNCS`; and how many did not block since one did. */
  #slow = 0;
  #unlooked = 0;
  #witnessed = -1;
  #failure: unknown;
  #replaced = false;

  onDurable: (error?: unknown) => void = () => {};

  constructor(options: VoteLogOptions, files: Files, place: Place) {
    this.#options = options;
    this.#files = files;
    this.#segmentBytes = options.segmentBytes ?? SEGMENT_BYTES;
    this.#reserveBytes = options.durability === 'power' ? (options.reserveBytes ?? RESERVE_BYTES) : 0;
    this.#file = place.file;
    this.#generation = place.generation;
    this.#index = place.index;
    this.#path = join(options.path, segmentName(place.generation, place.index));
    this.#size = place.size;
    this.#reserved = place.size;
    this.#base = 0;
    this.#written = place.length;
    this.#durable = place.length;
    this.#durableSeed = place.seed;
    this.#queue = new RecordQueue(place.seed);
  }

  get bytes(): number {
    return this.#written - this.#base;
  }

  get appended(): number {
    return this.#written + this.#queue.length;
  }

  get durable(): number {
    return this.#durable;
  }

  /** Whether the records that it was opened with are no longer those in the files. */
  get replaced(): boolean {
    return this.#replaced;
  }

  append(record: Uint8Array): void {
    this.#queue.push(record);
  }

  flush(needed: number): void {
    this.#check();
    if (this.#queue.length > 0) this.#write();
    if (this.#options.durability === 'process') {
      this.#durable = this.#written;
      this.#durableSeed = this.#queue.seed;
      return;
    }
    if (needed > this.#needed) this.#needed = needed;
    if (this.#needed <= this.#durable) return;
    if (!this.#later()) this.#sync();
    else if (this.#syncing < 0) this.#syncLater();
  }

  #later(): boolean {
    const { syncLater = false } = this.#options;
    if (syncLater !== 'if-slow') return syncLater;
    if (this.#slow < SLOW_SYNCS) return false;
    if (this.#syncing >= 0 || ++this.#unlooked < SYNCS_BETWEEN_LOOKS) return true;
    this.#unlooked = 0;
    return false;
  }

  #check(): void {
    if (this.#failure !== undefined) throw storageFailed(this.#path, 'an earlier write failed');
  }

  /** A full disk leaves all as it was; any other failure ends the log. */
  #failed(cause: unknown): Error {
    if (!isDiskFull(cause)) this.#failure = cause;
    return storageFailed(this.#path, cause);
  }

  #write(): void {
    try {
      this.#file.write(this.#queue.bytes(), this.#size);
    } catch (cause) {
      try {
        this.#file.truncate(this.#size);
        this.#reserved = this.#size;
      } catch {
        // The half-written record is then a torn tail, which the next start cuts.
      }
      throw this.#failed(cause);
    }
    this.#size += this.#queue.length;
    if (this.#size > this.#reserved) this.#reserved = this.#size;
    this.#written += this.#queue.length;
    this.#queue.clear();
  }

  /** A sync that fails may have dropped what it was to write, and a second one would not say so: that ends the log. */
  #sync(): void {
    const begunMs = performance.now();
    try {
      this.#file.sync();
    } catch (cause) {
      this.#failure = cause;
      throw storageFailed(this.#path, cause, true);
    }
    this.#timed(performance.now() - begunMs);
    this.#durable = this.#written;
    this.#durableSeed = this.#queue.seed;
  }

  /**
   * A sync that a promise waited for. One on another thread took the way there and back as well: where it was short all
   * the same, the disk was slow for a moment only, and the next is waited for again.
   */
  #timed(tookMs: number): void {
    this.#slow = tookMs > SLOW_SYNC_MS ? Math.min(this.#slow + 1, SLOW_SYNCS) : Math.max(this.#slow - 1, 0);
    this.#options.onSync?.(tookMs);
  }

  /** One sync at a time; what is written meanwhile shares the next one. */
  #syncLater(): void {
    this.#syncing = this.#written;
    // Called with an empty queue, so that the queue's checksum is that of what is written.
    this.#syncingSeed = this.#queue.seed;
    const file = this.#file;
    const generation = this.#generation;
    const awaited = this.#needed > this.#durable;
    const begunMs = performance.now();
    file.syncLater((error) => {
      if (awaited) this.#timed(performance.now() - begunMs);
      // A replacement made everything durable by itself.
      if (generation !== this.#generation) return;
      // Of a segment that another follows by now, too: the sync before that may have been told nothing of what this one was.
      if (error !== undefined) {
        this.#syncing = -1;
        this.#failure = error;
        return this.onDurable(storageFailed(this.#path, error, true));
      }
      if (file !== this.#file) return;
      const reached = this.#syncing;
      this.#syncing = -1;
      if (reached > this.#durable) {
        this.#durable = reached;
        this.#durableSeed = this.#syncingSeed;
      }
      if (this.#needed > this.#durable && this.#queue.length === 0) this.#syncLater();
      this.onDurable();
    });
  }

  /** Queued records must have been flushed: what is not among `records` is forgotten, and a promise must not be. */
  replace(records: Iterable<Uint8Array>): void {
    invariant(this.#queue.length === 0, 'the vote log is flushed before it is replaced');
    this.#check();
    const { path: directory, chainId, durability } = this.#options;
    const generation = this.#generation + 1;
    const path = join(directory, segmentName(generation, 0));
    const next = `${path}.new`;
    const seed = this.#queue.seed;
    let file: LogFile | undefined;
    let size = SEGMENT_HEADER_BYTES;
    try {
      const header = segmentHeader(chainId, { generation, index: 0, position: 0, previous: 0 });
      file = this.#files.create(next);
      file.write(header, 0);
      this.#queue.seed = headerSeed(header);
      for (const record of records) {
        this.#queue.push(record);
        if (this.#queue.length < KEPT_QUEUE_BYTES) continue;
        file.write(this.#queue.bytes(), size);
        size += this.#queue.length;
        this.#queue.clear();
      }
      file.write(this.#queue.bytes(), size);
      size += this.#queue.length;
      if (durability === 'power') file.sync();
      this.#files.rename(next, path);
      if (durability === 'power') this.#files.syncDirectory(directory);
    } catch (cause) {
      // The log in place is untouched: the new one counts once it has its name.
      this.#queue.seed = seed;
      this.#queue.clear();
      file?.close();
      this.#discard(next);
      if (this.#files.exists(path)) this.#failure = cause;
      throw this.#failed(cause);
    }
    this.#queue.clear();
    this.#file.close();
    const last = this.#index;
    this.#file = file;
    this.#path = path;
    this.#generation = generation;
    this.#index = 0;
    this.#size = size;
    this.#reserved = size;
    this.#base = this.#written;
    this.#written += size;
    this.#durable = this.#written;
    this.#durableSeed = this.#queue.seed;
    this.#syncing = -1;
    this.#replaced = true;
    for (let index = last; index >= 0; index--)
      this.#discard(join(directory, segmentName(generation - 1, index)));
  }

  #discard(path: string): void {
    try {
      this.#files.remove(path);
    } catch {
      // It counts for nothing, and the next start removes it.
    }
  }

  tend(): void {
    if (this.#failure !== undefined || this.#queue.length > 0) return;
    if (this.#size >= this.#segmentBytes) this.#roll();
    else {
      // Synced here, so that no vote's sync has the zeros to write.
      const news = this.#reserve() || this.#durable < this.#written;
      if (news && this.#syncing < 0) this.#syncLater();
    }
    this.#testify();
  }

  /** Whether zeros were written. A disk without room for them is no failure: they are a matter of speed alone. */
  #reserve(): boolean {
    const before = this.#reserved;
    const wanted = Math.min(this.#size + this.#reserveBytes, this.#segmentBytes);
    try {
      this.#reserved = reserve(this.#file, this.#size, before, wanted);
    } catch (cause) {
      throw this.#failed(cause);
    }
    return this.#reserved > before;
  }

  /** Gives back what was reserved: nothing but records may be in a segment that another follows. */
  #trim(): boolean {
    if (this.#reserved === this.#size) return false;
    try {
      this.#file.truncate(this.#size);
    } catch (cause) {
      throw this.#failed(cause);
    }
    this.#reserved = this.#size;
    return true;
  }

  /** A new segment, made whole and durable before it is used. The old one must be durable: only the last may be torn. */
  #roll(): void {
    const { path: directory, chainId, durability } = this.#options;
    if (this.#syncing >= 0 && this.#size < 2 * this.#segmentBytes) return;
    const path = join(directory, segmentName(this.#generation, this.#index + 1));
    if (this.#trim() || this.#durable < this.#written) this.#sync();
    let file: LogFile | undefined;
    try {
      const place = {
        generation: this.#generation,
        index: this.#index + 1,
        position: this.#written - this.#base,
        previous: this.#queue.seed,
      };
      const header = segmentHeader(chainId, place);
      file = this.#files.create(path);
      file.write(header, 0);
      if (durability === 'power') {
        file.sync();
        this.#files.syncDirectory(directory);
      }
      this.#queue.seed = headerSeed(header);
    } catch (cause) {
      // There is room in the present one.
      file?.close();
      this.#discard(path);
      if (isDiskFull(cause)) return;
      throw this.#failed(cause);
    }
    this.#file.close();
    this.#file = file;
    this.#path = path;
    this.#index++;
    this.#size = SEGMENT_HEADER_BYTES;
    this.#reserved = SEGMENT_HEADER_BYTES;
    this.#written += SEGMENT_HEADER_BYTES;
    this.#durable = this.#written;
    this.#durableSeed = this.#queue.seed;
    this.#syncing = -1;
  }

  /** Tells the witness what is durable. One that cannot be told lags behind, which it may. */
  #testify(): void {
    const { witness } = this.#options;
    if (witness === undefined || this.#witnessed === this.#durable) return;
    try {
      const length = this.#durable - this.#base;
      witness.put({ generation: this.#generation, length, seed: this.#durableSeed });
      this.#witnessed = this.#durable;
    } catch {
      // The next time.
    }
  }

  /** Flushes, syncs whatever the durability, and closes. What cannot be written was sent to nobody. */
  close(): void {
    try {
      if (this.#failure !== undefined) return;
      if (this.#queue.length > 0) this.#write();
      this.#trim();
      this.#sync();
      this.#testify();
    } catch (error) {
      if (!isDiskFull(error)) throw error;
    } finally {
      this.#syncing = -1;
      this.#file.close();
      this.onDurable = () => {};
    }
  }
}

function makeLog(files: Files, { path: directory, chainId, durability }: VoteLogOptions): void {
  const path = join(directory, segmentName(1, 0));
  const next = `${path}.new`;
  const file = files.create(next);
  try {
    file.write(segmentHeader(chainId, { generation: 1, index: 0, position: 0, previous: 0 }), 0);
    if (durability === 'power') file.sync();
  } finally {
    file.close();
  }
  files.rename(next, path);
  if (durability === 'power') {
    files.syncDirectory(directory);
    files.syncDirectory(join(directory, '..'));
  }
}

/**
 * Removes what belongs to no log, cuts what a crash left half-written, and makes all of it durable: what a process wrote
 * before it was killed, names and cuts too, may be in memory only, and promises rest on it from now on.
 */
function settle(files: Files, { path: directory, durability }: VoteLogOptions, scan: LogScan): LogFile {
  const last = scan.segments.at(-1)!;
  for (const { name, wholeBytes, size } of scan.segments) {
    const file = files.open(join(directory, name));
    try {
      if (wholeBytes < size) file.truncate(wholeBytes);
      if (durability === 'power') file.sync();
    } finally {
      file.close();
    }
  }
  // Before anything is removed, or the old log could go while the new one has not come.
  if (durability === 'power') files.syncDirectory(directory);
  for (const name of scan.leftovers) files.remove(join(directory, name));
  files.remove(join(directory, segmentName(scan.generation, last.index + 1)));
  return files.open(join(directory, last.name));
}

/**
 * Opens the log of a chain, or makes an empty one. Every record is checked before this returns. Throws
 * `LockstepError`: `log-damaged`, `wrong-chain`, `too-new`, `storage-failed`, `disk-full`.
 */
export function openVoteLog(options: VoteLogOptions): OpenedVoteLog {
  const { path, chainId, witness } = options;
  const files = options.files ?? nodeFiles;
  invariant(chainId.length === 32, 'a chain id has 32 bytes');
  if (options.mustExist && !files.exists(path))
    throw incomplete(path, 'the folder of the vote log is missing');
  let scan: LogScan;
  let file: LogFile;
  try {
    files.makeDirectory(path);
    const mark = witness?.get();
    scan = scanVoteLog(files, path, chainId, mark);
    if (scan.generation === 0 && scan.damage === undefined) {
      if (options.mustExist) throw incomplete(path, 'there is no segment of the vote log');
      makeLog(files, options);
      scan = scanVoteLog(files, path, chainId, mark);
    }
    if (scan.damage !== undefined) throw scan.damage.error;
    file = settle(files, options, scan);
  } catch (error) {
    throw error instanceof LockstepError ? error : storageFailed(path, error);
  }
  const { generation, length, seed } = scan;
  const { index, wholeBytes: size } = scan.segments.at(-1)!;
  const log = new FileVoteLog(options, files, { file, generation, index, size, length, seed });
  const whole = scan;
  const records = {
    [Symbol.iterator]: () => {
      invariant(!log.replaced, 'records are read before the log is replaced');
      return scannedRecords(files, path, whole);
    },
  };
  return { log, records, cutBytes: scan.tornBytes };
}
