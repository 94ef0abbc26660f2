/** The vote log as one append-only file; `vote-log-format.ts` gives its bytes. */

import { closeSync, existsSync, fstatSync, ftruncateSync, openSync, readSync, rmSync } from 'node:fs';
import { invariant } from '../core/assert.ts';
import { renameDurably, storageFailed, syncData, writeAll } from './fs.ts';
import type { Durability, VoteLog } from './interface.ts';
import { KEPT_QUEUE_BYTES, RecordQueue } from './record-queue.ts';
import { checkFileHeader, damaged, FILE_HEADER_BYTES, fileHeader, headerSeed } from './vote-log-format.ts';
import { type LogEnd, readRecords } from './vote-log-reader.ts';

export interface VoteLogOptions {
  readonly path: string;
  /** 32 bytes: `Chain.id`. */
  readonly chainId: Uint8Array;
  readonly durability: Durability;
  /** A missing log is then `log-damaged`: for a home that has voted before. Default: an empty log is made. */
  readonly mustExist?: boolean;
}

export interface OpenedVoteLog {
  readonly log: VoteLog;
  /** What was in the log when it was opened, oldest first; to be read before the first `replace`. */
  readonly records: Iterable<Uint8Array>;
  /** Bytes of an unfinished write that were cut off; the records in them were promised to nobody. */
  readonly cutBytes: number;
}

class FileVoteLog implements VoteLog {
  readonly #options: VoteLogOptions;
  readonly #queue: RecordQueue;
  #fd: number;
  #bytes: number;
  #failed = false;
  /** Grows with every `replace`. */
  generation = 0;

  constructor(options: VoteLogOptions, fd: number, end: LogEnd) {
    this.#options = options;
    this.#fd = fd;
    this.#bytes = end.offset;
    this.#queue = new RecordQueue(end.seed);
  }

  get bytes(): number {
    return this.#bytes;
  }

  append(record: Uint8Array): void {
    this.#queue.push(record);
  }

  /** Throws `storage-failed`, now and ever after, where the disk does not take the bytes. */
  flush(): void {
    if (this.#queue.length === 0) return;
    this.#write(this.#fd, this.#options.path, this.#bytes);
    this.#bytes += this.#queue.length;
    this.#queue.clear();
  }

  #write(fd: number, path: string, at: number): void {
    if (this.#failed) throw storageFailed(path, 'an earlier write failed');
    try {
      writeAll(fd, this.#queue.bytes(), at);
      syncData(fd, this.#options.durability);
    } catch (cause) {
      this.#failed = true;
      try {
        ftruncateSync(fd, at);
      } catch {
        // The half-written record is then a torn tail, which the next start cuts.
      }
      throw storageFailed(path, cause);
    }
  }

  /** Queued records must have been flushed: what is not among `records` is forgotten, and a promise must not be. */
  replace(records: Iterable<Uint8Array>): void {
    invariant(this.#queue.length === 0, 'the vote log is flushed before it is replaced');
    const { path, chainId, durability } = this.#options;
    const next = `${path}.new`;
    let fd: number | undefined;
    let size = FILE_HEADER_BYTES;
    const seed = this.#queue.seed;
    try {
      const header = fileHeader(chainId);
      fd = openSync(next, 'w', 0o600);
      writeAll(fd, header, 0);
      this.#queue.seed = headerSeed(header);
      for (const record of records) {
        this.#queue.push(record);
        if (this.#queue.length >= KEPT_QUEUE_BYTES) {
          writeAll(fd, this.#queue.bytes(), size);
          size += this.#queue.length;
          this.#queue.clear();
        }
      }
      writeAll(fd, this.#queue.bytes(), size);
      size += this.#queue.length;
      syncData(fd, durability);
      renameDurably(next, path, durability);
    } catch (cause) {
      // The log in place is untouched, but the disk is not to be trusted with another promise.
      this.#failed = true;
      this.#queue.seed = seed;
      this.#queue.clear();
      if (fd !== undefined) closeSync(fd);
      throw storageFailed(next, cause);
    }
    closeSync(this.#fd);
    this.#fd = fd;
    this.#bytes = size;
    this.#queue.clear();
    this.generation++;
  }

  /** Flushes and closes; a log that failed is only closed. */
  close(): void {
    if (!this.#failed) this.flush();
    closeSync(this.#fd);
  }
}

function createFile({ path, chainId, durability }: VoteLogOptions): void {
  const next = `${path}.new`;
  try {
    const fd = openSync(next, 'w', 0o600);
    try {
      writeAll(fd, fileHeader(chainId), 0);
      syncData(fd, durability);
    } finally {
      closeSync(fd);
    }
    renameDurably(next, path, durability);
  } catch (cause) {
    throw storageFailed(path, cause);
  }
}

function* recordsOf(path: string, end: LogEnd, size: number, log: FileVoteLog): Generator<Uint8Array> {
  invariant(log.generation === 0, 'records are read before the log is replaced');
  const fd = openSync(path, 'r');
  try {
    yield* readRecords(fd, path, size, { ...end });
  } finally {
    closeSync(fd);
  }
}

/**
 * Opens the log of a chain, or makes an empty one. Every record is checked before this returns. Throws
 * `LockstepError`: `log-damaged`, `wrong-chain`, `too-new`, `storage-failed`. The folder must exist.
 */
export function openVoteLog(options: VoteLogOptions): OpenedVoteLog {
  const { path, chainId, durability } = options;
  invariant(chainId.length === 32, 'a chain id has 32 bytes');
  rmSync(`${path}.new`, { force: true });
  if (!existsSync(path)) {
    if (options.mustExist) throw damaged(path, 0, 'the file is missing');
    createFile(options);
  }

  const fd = openSync(path, 'r+');
  try {
    const size = fstatSync(fd).size;
    const header = new Uint8Array(FILE_HEADER_BYTES);
    const got = readSync(fd, header, 0, FILE_HEADER_BYTES, 0);
    checkFileHeader(path, header.subarray(0, got), chainId);

    const first: LogEnd = { offset: FILE_HEADER_BYTES, seed: headerSeed(header) };
    const end = { ...first };
    for (const _ of readRecords(fd, path, size, end));
    if (end.offset < size) {
      ftruncateSync(fd, end.offset);
      syncData(fd, durability);
    }
    const log = new FileVoteLog(options, fd, end);
    const whole = end.offset;
    const records = { [Symbol.iterator]: () => recordsOf(path, first, whole, log) };
    return { log, records, cutBytes: size - end.offset };
  } catch (error) {
    closeSync(fd);
    throw error;
  }
}
