import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { LockstepError } from '../../src/core/errors.ts';
import { openVoteLog } from '../../src/storage/file-vote-log.ts';
import type { Durability } from '../../src/storage/interface.ts';
import { MemoryLogFile, openMemoryVoteLog } from '../../src/storage/memory-vote-log.ts';
import {
  FORMAT_VERSION,
  RECORD_HEADER_BYTES,
  SEGMENT_HEADER_BYTES,
  segmentName,
} from '../../src/storage/vote-log-format.ts';

const chainId = new Uint8Array(32).fill(7);
let folder: string;
let path: string;
/** The first segment of a log that was never replaced. */
let file: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'lockstep-log-'));
  path = join(folder, 'votes');
  file = join(path, segmentName(1, 0));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const open = (durability: Durability = 'process') => openVoteLog({ path, chainId, durability });
const text = (s: string) => new TextEncoder().encode(s);
const texts = (records: Iterable<Uint8Array>) => Array.from(records, (r) => new TextDecoder().decode(r));

function write(...records: string[]): void {
  const { log } = open();
  for (const record of records) log.append(text(record));
  log.close();
}

function codeOf(run: () => unknown): string {
  try {
    run();
  } catch (error) {
    expect(error).toBeInstanceOf(LockstepError);
    expect((error as Error).message).toContain(path);
    return (error as LockstepError).code;
  }
  return 'opened';
}

describe('a vote log', () => {
  it.each(['process', 'power'] as const)('gives back what was flushed, in order (%s)', (durability) => {
    const first = open(durability);
    expect([...first.records]).toEqual([]);
    first.log.append(text('one'));
    first.log.append(new Uint8Array(0));
    expect(first.log.bytes).toBe(SEGMENT_HEADER_BYTES);
    first.log.flush(0);
    expect(first.log.bytes).toBe(statSync(file).size);
    first.log.append(text('three'));
    first.log.close();

    const second = open(durability);
    expect(second.cutBytes).toBe(0);
    expect(texts(second.records)).toEqual(['one', '', 'three']);
    second.log.append(text('four'));
    second.log.flush(0);
    expect(texts(second.records), 'what was in the log when it was opened').toEqual(['one', '', 'three']);
    second.log.close();
    expect(texts(open().records)).toEqual(['one', '', 'three', 'four']);
  });

  it('writes nothing before a flush', () => {
    write('kept');
    const { log } = open();
    log.append(text('queued'));
    expect(texts(open().records)).toEqual(['kept']);
  });

  it('holds records larger than any buffer of its own', () => {
    const sizes = [0, 1, (1 << 20) - 12, 1 << 20, 9 << 20, 3];
    const { log } = open();
    sizes.forEach((size, i) => {
      log.append(new Uint8Array(size).fill(i + 1));
    });
    log.close();
    const read = [...open().records];
    expect(read.map((record) => record.length)).toEqual(sizes);
    read.forEach((record, i) => {
      expect(record.every((byte) => byte === i + 1)).toBe(true);
    });
  });

  it.each(['process', 'power'] as const)(
    'is replaced as a whole, and goes on from there (%s)',
    (durability) => {
      write('a', 'b', 'c', 'd');
      const opened = open(durability);
      const kept = [...opened.records].slice(2);
      opened.log.replace(kept);
      expect(opened.log.bytes).toBe(statSync(join(path, segmentName(2, 0))).size);
      expect(readdirSync(path)).toEqual([segmentName(2, 0)]);
      opened.log.append(text('e'));
      opened.log.close();
      expect(texts(open().records)).toEqual(['c', 'd', 'e']);
      expect(() => [...opened.records]).toThrow('before the log is replaced');
    },
  );

  it('refuses to be replaced while promises are queued', () => {
    const { log } = open();
    log.append(text('promise'));
    expect(() => log.replace([])).toThrow('flushed before');
  });

  it('starts from the old log where a replacement was not finished', () => {
    write('a', 'b');
    writeFileSync(join(path, `${segmentName(2, 0)}.new`), readFileSync(file).subarray(0, 20));
    expect(texts(open().records)).toEqual(['a', 'b']);
  });

  it('refuses a log that should be there and is not', () => {
    const missing = () => openVoteLog({ path, chainId, durability: 'process', mustExist: true });
    expect(codeOf(missing)).toBe('log-damaged');
    write('a');
    expect(texts(missing().records)).toEqual(['a']);
  });
});

/** Lets this process's files grow to `bytes` and no further while `run` runs: a real disk that is full. */
function withFullDisk(bytes: number, run: () => void): void {
  const limit = (soft: string) => execFileSync('prlimit', ['--pid', String(process.pid), `--fsize=${soft}:`]);
  limit(String(bytes));
  try {
    run();
  } finally {
    limit('unlimited');
  }
}

describe.skipIf(process.platform !== 'linux')('a full disk', () => {
  it('leaves what was flushed before, and takes the rest when there is space again', () => {
    write('kept');
    const { log } = open();
    const before = log.durable;
    withFullDisk(1024, () => {
      log.append(new Uint8Array(5000));
      for (const attempt of [1, 2])
        expect(
          codeOf(() => log.flush(0)),
          `${attempt}`,
        ).toBe('disk-full');
      expect(log.durable).toBe(before);
      expect(texts(open().records)).toEqual(['kept']);
    });
    log.append(text('later'));
    log.flush(0);
    expect(log.durable).toBe(log.appended);
    const again = open();
    expect([...again.records].map(({ length }) => length)).toEqual([4, 5000, 5]);
    expect(again.cutBytes).toBe(0);
  });

  it('loses what was never sent where the process ends before there is space', () => {
    write('kept');
    const { log } = open();
    withFullDisk(1024, () => {
      log.append(new Uint8Array(5000));
      expect(codeOf(() => log.flush(0))).toBe('disk-full');
      log.close();
    });
    expect(texts(open().records)).toEqual(['kept']);
  });

  it('leaves the old log in place where a replacement does not fit', () => {
    write('kept');
    const { log } = open();
    withFullDisk(1024, () => {
      expect(codeOf(() => log.replace([new Uint8Array(5000)]))).toBe('disk-full');
    });
    log.append(text('more'));
    log.flush(0);
    expect(texts(open().records)).toEqual(['kept', 'more']);
  });
});

describe('a crash in a write', () => {
  it('is cut at the last whole record, wherever it happened', () => {
    write('first', 'second record', '', 'the last one');
    const whole = readFileSync(file);
    const ends = [SEGMENT_HEADER_BYTES];
    for (const record of ['first', 'second record', '', 'the last one']) {
      ends.push(ends.at(-1)! + RECORD_HEADER_BYTES + record.length);
    }
    for (let size = SEGMENT_HEADER_BYTES; size <= whole.length; size++) {
      writeFileSync(file, whole.subarray(0, size));
      const survivors = ends.filter((end) => end <= size).length - 1;
      const opened = open();
      expect(texts(opened.records)).toEqual(
        ['first', 'second record', '', 'the last one'].slice(0, survivors),
      );
      // Zeros at the end may never have been written.
      let end = size;
      while (end > ends[survivors]! && whole[end - 1] === 0) end--;
      expect(opened.cutBytes).toBe(end - ends[survivors]!);
      expect(statSync(file).size).toBe(ends[survivors]);
      opened.log.append(text('after'));
      opened.log.close();
      expect(texts(open().records).at(-1)).toBe('after');
    }
  });

  it.each([1, 11, 12, 13, 4096])('takes %i zeros at the end for blocks that were never written', (zeros) => {
    write('first', 'second');
    const whole = readFileSync(file);
    writeFileSync(file, Buffer.concat([whole, Buffer.alloc(zeros)]));
    const opened = open();
    expect(opened.cutBytes).toBe(0);
    expect(texts(opened.records)).toEqual(['first', 'second']);
    expect(statSync(file).size).toBe(whole.length);
  });

  it('refuses a file that ends within its header', () => {
    write('first');
    const whole = readFileSync(file);
    for (let size = 0; size < SEGMENT_HEADER_BYTES; size++) {
      writeFileSync(file, whole.subarray(0, size));
      expect(codeOf(open)).toBe('log-damaged');
    }
  });
});

describe('damage', () => {
  it('is refused by name for every bit of every byte of the file', () => {
    write('first', 'second record', '', 'the last one');
    const whole = readFileSync(file);
    for (let at = 0; at < whole.length; at++) {
      for (let bit = 0; bit < 8; bit++) {
        const changed = Buffer.from(whole);
        changed[at]! ^= 1 << bit;
        writeFileSync(file, changed);
        expect(codeOf(open), `byte ${at}, bit ${bit}`).toBe('log-damaged');
      }
    }
  });

  it('is refused where a whole record is missing, doubled or out of place', () => {
    write('one..', 'two..', 'three');
    const whole = readFileSync(file);
    const size = RECORD_HEADER_BYTES + 5;
    const record = (i: number) =>
      whole.subarray(SEGMENT_HEADER_BYTES + i * size, SEGMENT_HEADER_BYTES + (i + 1) * size);
    const header = whole.subarray(0, SEGMENT_HEADER_BYTES);
    for (const order of [
      [1, 2],
      [0, 2],
      [0, 0, 1, 2],
      [1, 0, 2],
      [0, 1, 2, 2],
    ]) {
      writeFileSync(file, Buffer.concat([header, ...order.map(record)]));
      expect(codeOf(open), order.join()).toBe('log-damaged');
    }
  });

  it('names the byte and says what to do', () => {
    write('first', 'second');
    const whole = readFileSync(file);
    whole[whole.length - 1]! ^= 1;
    writeFileSync(file, whole);
    const start = SEGMENT_HEADER_BYTES + RECORD_HEADER_BYTES + 5;
    expect(open).toThrow(new RegExp(`byte ${start}\\..*it does not start.*lockstep repair --home`));
  });

  it('never gives a record that was not written, whatever the bytes', () => {
    const written = ['alpha', 'beta', 'gamma', 'delta'];
    write(...written);
    const whole = readFileSync(file);
    const edits = fc.array(fc.tuple(fc.nat(whole.length - 1), fc.nat(255)), { minLength: 1, maxLength: 6 });
    fc.assert(
      fc.property(edits, fc.nat(40), fc.uint8Array({ maxLength: 40 }), (changes, cut, tail) => {
        const bytes = Buffer.from(whole);
        for (const [at, value] of changes) bytes[at] = value;
        writeFileSync(file, Buffer.concat([bytes.subarray(0, bytes.length - cut), tail]));
        let read: string[];
        try {
          read = texts(open().records);
        } catch (error) {
          expect(['log-damaged', 'too-new', 'wrong-chain']).toContain((error as LockstepError).code);
          return;
        }
        expect(written.slice(0, read.length)).toEqual(read);
      }),
      { numRuns: 500 },
    );
  });
});

describe('a log of somebody else', () => {
  it('of another chain is refused as such', () => {
    write('a');
    const other = new Uint8Array(32).fill(8);
    expect(codeOf(() => openVoteLog({ path, chainId: other, durability: 'process' }))).toBe('wrong-chain');
    expect(texts(open().records)).toEqual(['a']);
  });

  it('of a newer format is refused as such', async () => {
    const { crc32 } = await import('node:zlib');
    write('a');
    const whole = readFileSync(file);
    whole.writeUInt32LE(FORMAT_VERSION + 1, 8);
    whole.writeUInt32LE(crc32(whole.subarray(0, 64)), 64);
    writeFileSync(file, whole);
    expect(codeOf(open)).toBe('too-new');
  });
});

describe('the twin in memory', () => {
  it('behaves as the file does, crashes included', () => {
    const step = fc.oneof(
      fc.record({ do: fc.constant('append' as const), record: fc.uint8Array({ maxLength: 20 }) }),
      fc.record({ do: fc.constantFrom('flush' as const, 'crash' as const) }),
      fc.record({ do: fc.constant('replace' as const), keep: fc.nat(3) }),
    );
    fc.assert(
      fc.property(fc.array(step, { maxLength: 25 }), (steps) => {
        rmSync(path, { recursive: true, force: true });
        const memory = new MemoryLogFile();
        let pair = [open(), openMemoryVoteLog(memory)];
        for (const s of steps) {
          if (s.do === 'crash') {
            pair = [open(), openMemoryVoteLog(memory)];
            expect([...pair[0]!.records]).toEqual([...pair[1]!.records]);
          }
          for (const { log } of pair) {
            if (s.do === 'append') log.append(s.record);
            else if (s.do !== 'crash') log.flush(0);
          }
          if (s.do === 'replace') {
            const kept = memory.records.slice(Math.max(0, memory.records.length - s.keep));
            for (const { log } of pair) log.replace(kept);
          }
          expect(pair[0]!.log.bytes).toBe(pair[1]!.log.bytes);
        }
      }),
      { numRuns: 200 },
    );
  });
});
