import {
  copyFileSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { LockstepError } from '../../src/core/errors.ts';
import { openVoteLog, type VoteLogOptions } from '../../src/storage/file-vote-log.ts';
import { openFileWitness } from '../../src/storage/file-witness.ts';
import type { Files } from '../../src/storage/files.ts';
import { nodeFiles } from '../../src/storage/node-files.ts';
import { SEGMENT_HEADER_BYTES, segmentName } from '../../src/storage/vote-log-format.ts';

const chainId = new Uint8Array(32).fill(7);
const RECORDS = ['first', 'second record', 'the last one'];
let folder: string;
let path: string;
let file: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'lockstep-reserve-'));
  path = join(folder, 'votes');
  file = join(path, segmentName(1, 0));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const mark = () => join(folder, 'votes.mark');
const open = (options: Partial<VoteLogOptions> = {}) =>
  openVoteLog({
    path,
    chainId,
    durability: 'power',
    witness: openFileWitness(nodeFiles, mark()),
    reserveBytes: 9000,
    ...options,
  });
const text = (s: string) => new TextEncoder().encode(s);
const texts = (records: Iterable<Uint8Array>) => Array.from(records, (r) => new TextDecoder().decode(r));
const code = () => {
  try {
    open().log.close();
  } catch (error) {
    return (error as LockstepError).code;
  }
  return 'opened';
};

/** The log as a kill -9 leaves it: with room ahead. Gives its bytes, and where its records end. */
function killed(options: Partial<VoteLogOptions> = {}): { bytes: Buffer; end: number } {
  const { log } = open(options);
  log.tend();
  for (const record of RECORDS) log.append(text(record));
  log.flush(log.appended);
  log.tend();
  const end = log.bytes;
  const bytes = readFileSync(file);
  const marks = join(folder, 'marks');
  copyFileSync(mark(), marks);
  log.close();
  copyFileSync(marks, mark());
  writeFileSync(file, bytes);
  return { bytes, end };
}

describe('room ahead of the records', () => {
  it('is zeros, and no part of the log', () => {
    const { bytes, end } = killed();
    expect(bytes.length).toBeGreaterThan(end + 4000);
    expect(bytes.subarray(end).every((byte) => byte === 0)).toBe(true);
    const { log, records, cutBytes } = open();
    expect(cutBytes).toBe(0);
    expect(texts(records)).toEqual(RECORDS);
    log.append(text('after'));
    log.close();
    expect(texts(open().records)).toEqual([...RECORDS, 'after']);
  });

  it('is given back by a log that is closed', () => {
    const { log } = open();
    log.tend();
    expect(statSync(file).size).toBeGreaterThan(4000);
    log.close();
    expect(statSync(file).size).toBe(SEGMENT_HEADER_BYTES);
  });

  it('is not taken where a promise need survive the process alone', () => {
    const { log } = open({ durability: 'process' });
    log.tend();
    expect(statSync(file).size).toBe(SEGMENT_HEADER_BYTES);
    log.close();
  });

  it('ends with the segment, and is given back before another follows', () => {
    const written: string[] = [];
    const { log } = open({ segmentBytes: 600 });
    for (let i = 0; i < 60; i++) {
      written.push(`record ${i} ${'x'.repeat(60)}`);
      log.append(text(written.at(-1)!));
      log.flush(log.appended);
      log.tend();
    }
    const names = readdirSync(path).sort();
    expect(names.length).toBeGreaterThan(2);
    for (const name of names.slice(0, -1)) {
      expect(readFileSync(join(path, name)).at(-1), 'no zeros at the end').not.toBe(0);
    }
    expect(statSync(join(path, names.at(-1)!)).size).toBeLessThanOrEqual(600);
    log.close();
    expect(texts(open().records)).toEqual(written);
  });

  it('is used by records that are longer than it', () => {
    const { log } = open();
    log.tend();
    const long = 'y'.repeat(30_000);
    for (const record of ['short', long, 'again']) {
      log.append(text(record));
      log.flush(log.appended);
    }
    log.tend();
    log.close();
    expect(texts(open().records)).toEqual(['short', long, 'again']);
  });
});

describe('damage before reserved room', () => {
  it('is refused for every byte of the records', () => {
    const { bytes, end } = killed();
    for (let at = 0; at < end; at++) {
      const changed = Buffer.from(bytes);
      changed[at]! ^= 1 << (at % 8);
      writeFileSync(file, changed);
      expect(code(), `byte ${at}`).toBe('log-damaged');
    }
  });

  it('is noticed where whole records at the end became zeros', () => {
    const { bytes, end } = killed();
    const last = end - text(RECORDS.at(-1)!).length - 12;
    writeFileSync(file, Buffer.from(bytes).fill(0, last));
    expect(code()).toBe('log-damaged');
  });

  it('is refused in a segment that another follows', () => {
    const { log } = open({ segmentBytes: 200 });
    for (let i = 0; i < 12; i++) {
      log.append(text(`record number ${i} ${'x'.repeat(60)}`));
      log.flush(log.appended);
      log.tend();
    }
    log.close();
    const first = readFileSync(file);
    writeFileSync(file, Buffer.concat([first, Buffer.alloc(64)]));
    expect(code()).toBe('log-damaged');
  });
});

describe('a disk without room', () => {
  /** Takes so many bytes in a file's length. */
  const small = (most: number): Files => ({
    ...nodeFiles,
    open: (name) => {
      const inner = nodeFiles.open(name);
      return {
        size: () => inner.size(),
        read: (into, at) => inner.read(into, at),
        write(bytes, at) {
          if (at + bytes.length > most)
            throw Object.assign(new Error('ENOSPC: no space left'), { code: 'ENOSPC' });
          inner.write(bytes, at);
        },
        truncate: (size) => inner.truncate(size),
        sync: () => inner.sync(),
        syncLater: (done) => inner.syncLater(done),
        close: () => inner.close(),
      };
    },
  });

  it('gives all there is to the records', () => {
    open().log.close();
    const { log } = open({ files: small(5000), reserveBytes: 60_000 });
    const written: string[] = [];
    for (let i = 0; i < 40; i++) {
      log.tend();
      expect(statSync(file).size, 'nothing is kept').toBe(log.bytes);
      written.push(`record ${i} ${'x'.repeat(80)}`);
      log.append(text(written.at(-1)!));
      log.flush(log.appended);
    }
    expect(log.durable).toBe(log.appended);
    log.close();
    expect(texts(open().records)).toEqual(written);
  });
});
