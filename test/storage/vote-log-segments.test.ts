import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { LockstepError } from '../../src/core/errors.ts';
import { openVoteLog, type VoteLogOptions } from '../../src/storage/file-vote-log.ts';
import { openFileWitness } from '../../src/storage/file-witness.ts';
import type { Files } from '../../src/storage/files.ts';
import { nodeFiles } from '../../src/storage/node-files.ts';
import { RECORD_HEADER_BYTES, segmentName } from '../../src/storage/vote-log-format.ts';

const chainId = new Uint8Array(32).fill(7);
let folder: string;
let path: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'lockstep-segments-'));
  path = join(folder, 'votes');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const witness = () => openFileWitness(nodeFiles, join(folder, 'votes.mark'));
const open = (options: Partial<VoteLogOptions> = {}) =>
  openVoteLog({ path, chainId, durability: 'process', witness: witness(), segmentBytes: 200, ...options });
const text = (s: string) => new TextEncoder().encode(s);
const texts = (records: Iterable<Uint8Array>) => Array.from(records, (r) => new TextDecoder().decode(r));
const names = () => readdirSync(path).sort();

function refusal(): string {
  try {
    open().log.close();
  } catch (error) {
    expect(error).toBeInstanceOf(LockstepError);
    expect((error as LockstepError).code).toBe('log-damaged');
    return (error as Error).message;
  }
  return 'opened';
}

/** Writes records in lives of three, each life ending in order. */
function write(count: number): string[] {
  const written: string[] = [];
  for (let i = 0; i < count; i++) {
    const { log } = open();
    for (let j = 0; j < 3; j++) {
      written.push(`record ${i}.${j} ${'x'.repeat(40)}`);
      log.append(text(written.at(-1)!));
    }
    log.flush(log.appended);
    log.tend();
    log.close();
  }
  return written;
}

describe('segments', () => {
  it('follow each other once one is long, and are read as one log', () => {
    const written = write(6);
    expect(names().length).toBeGreaterThan(3);
    expect(names()[0]).toBe(segmentName(1, 0));
    expect(texts(open().records)).toEqual(written);
  });

  it('go when the log is replaced', () => {
    const written = write(6);
    const { log, records } = open();
    const kept = [...records].slice(-2);
    log.replace(kept);
    log.append(text('new'));
    log.close();
    expect(names()).toEqual([segmentName(2, 0)]);
    expect(texts(open().records)).toEqual([...written.slice(-2), 'new']);
  });

  it('that are missing, changed or of another place are damage', () => {
    write(6);
    const all = names();
    for (const name of all) {
      const content = readFileSync(join(path, name));
      rmSync(join(path, name));
      expect(refusal(), `without ${name}`).toMatch(/missing|ends \d+ bytes before/);
      writeFileSync(join(path, name), readFileSync(join(path, all[name === all[1] ? 2 : 1]!)));
      expect(refusal(), `another in place of ${name}`).not.toBe('opened');
      writeFileSync(join(path, name), content.subarray(0, content.length - 1));
      expect(refusal(), `${name} cut`).not.toBe('opened');
      writeFileSync(join(path, name), content);
    }
    expect(refusal()).toBe('opened');
  });

  it('of which the newest was never used are no damage', () => {
    const written = write(2);
    const next = segmentName(1, names().length);
    for (const content of [Buffer.alloc(0), Buffer.alloc(30), Buffer.alloc(100)]) {
      writeFileSync(join(path, next), content);
      const opened = open();
      expect(texts(opened.records)).toEqual(written);
      opened.log.close();
      expect(names()).not.toContain(next);
    }
  });
});

describe('the witness', () => {
  it('notices a whole record that is missing at the very end', () => {
    const written = write(1);
    const file = join(path, names().at(-1)!);
    const previous = join(path, names().at(-2)!);
    expect(readFileSync(file)).toHaveLength(68);
    rmSync(file);
    const whole = readFileSync(previous);
    const last = RECORD_HEADER_BYTES + written.at(-1)!.length;
    writeFileSync(previous, whole.subarray(0, whole.length - last));
    expect(refusal()).toMatch(/ends \d+ bytes before the end of what was written/);
  });

  it('notices an old copy put in the place of the log', () => {
    write(1);
    const copies = names().map((name) => [name, readFileSync(join(path, name))] as const);
    const { log } = open();
    log.replace([text('kept')]);
    log.close();
    for (const name of names()) rmSync(join(path, name));
    for (const [name, content] of copies) writeFileSync(join(path, name), content);
    expect(refusal()).toContain('an old copy');
  });

  it('notices another record in the place of one', () => {
    write(1);
    const before = names().map((name) => [name, readFileSync(join(path, name))] as const);
    const { log } = open();
    log.append(text('one history'));
    log.close();
    for (const [name, content] of before) writeFileSync(join(path, name), content);
    const other = open({ witness: openFileWitness(nodeFiles, join(folder, 'other.mark')) });
    other.log.append(text('two history'));
    other.log.close();
    expect(refusal()).toContain('another record stands here');
  });

  it('may lag behind, and knows nothing where it is torn', () => {
    const mark = join(folder, 'votes.mark');
    write(1);
    const lagging = readFileSync(mark);
    const written = write(2);
    writeFileSync(mark, lagging);
    expect(texts(open().records).slice(-6)).toEqual(written);
    for (let size = 0; size < lagging.length; size++) {
      writeFileSync(mark, lagging.subarray(0, size));
      expect(refusal(), `${size} bytes`).toBe('opened');
    }
  });
});

describe('a sync that nobody waits for in place', () => {
  it('is told of, and several turns share the next', async () => {
    const { log } = open({ durability: 'power', syncLater: true });
    const told = new Promise<number>((resolve) => {
      log.onDurable = () => resolve(log.durable);
    });
    log.append(text('first'));
    const first = log.appended;
    log.flush(first);
    expect(log.durable).toBeLessThan(first);
    log.append(text('second'));
    log.flush(log.appended);
    log.append(text('third'));
    log.flush(log.appended);
    expect(await told).toBe(first);
    await new Promise<void>((resolve) => {
      log.onDurable = () => resolve();
    });
    expect(log.durable, 'one sync for both').toBe(log.appended);
    log.close();
    expect(texts(open().records)).toEqual(['first', 'second', 'third']);
  });

  it('ends the log where it fails, although a new segment was begun meanwhile', async () => {
    let fail: (() => void) | undefined;
    // A disk that tells of what it lost once, as Linux does per descriptor, and takes the next sync as if nothing were.
    const files: Files = {
      ...nodeFiles,
      open: (name) => {
        const inner = nodeFiles.open(name);
        const syncLater = (done: (error: unknown) => void) => {
          fail = () => done(new Error('EIO: i/o error, fdatasync'));
        };
        return Object.assign(Object.create(inner) as typeof inner, {
          size: () => inner.size(),
          read: (into: Uint8Array, at: number) => inner.read(into, at),
          write: (bytes: Uint8Array, at: number) => inner.write(bytes, at),
          truncate: (size: number) => inner.truncate(size),
          sync: () => inner.sync(),
          syncLater,
          close: () => inner.close(),
        });
      },
    };
    open().log.close();
    const { log } = open({ durability: 'power', syncLater: true, files, reserveBytes: 0 });
    let told: unknown;
    log.onDurable = (error) => {
      told = error;
    };
    log.append(text('x'.repeat(500)));
    log.flush(log.appended);
    expect(log.durable).toBeLessThan(log.appended);
    // Longer than two segments: it is not waited for.
    log.tend();
    expect(names()).toContain(segmentName(1, 1));
    fail!();
    expect(told).toMatchObject({ code: 'storage-failed' });
    log.append(text('more'));
    expect(() => log.flush(log.appended)).toThrow(/earlier write failed/);
    log.close();
  });

  it('is chosen where the disk is slow, and no longer once it is not', async () => {
    let slowMs = 20;
    /** The same on another thread. */
    let awayMs = 4;
    const clock = new Int32Array(new SharedArrayBuffer(4));
    const files: Files = {
      ...nodeFiles,
      open: (name) => {
        const inner = nodeFiles.open(name);
        return {
          size: () => inner.size(),
          read: (into, at) => inner.read(into, at),
          write: (bytes, at) => inner.write(bytes, at),
          truncate: (size) => inner.truncate(size),
          sync() {
            if (slowMs > 0) Atomics.wait(clock, 0, 0, slowMs);
          },
          syncLater: (done) => void setTimeout(() => done(undefined), awayMs),
          close: () => inner.close(),
        };
      },
    };
    open().log.close();
    const { log } = open({ durability: 'power', syncLater: 'if-slow', files, segmentBytes: 1 << 20 });
    let told: () => void = () => {};
    log.onDurable = () => told();
    const waits = async (): Promise<boolean> => {
      log.append(text('record'));
      log.flush(log.appended);
      const blocked = log.durable === log.appended;
      if (!blocked) await new Promise<void>((resolve) => (told = resolve));
      expect(log.durable).toBe(log.appended);
      return blocked;
    };
    for (let i = 0; i < 4; i++) expect(await waits(), 'one says nothing').toBe(true);
    const untilLook = async (): Promise<number> => {
      for (let i = 0; i < 1000; i++) if (await waits()) return i;
      return 1000;
    };
    expect(await untilLook(), 'it is looked at again now and then').toBe(255);
    expect(await waits(), 'and still is slow').toBe(false);
    slowMs = 0;
    expect(await untilLook(), 'those on another thread may seem slow all the same').toBe(254);
    for (let i = 0; i < 20; i++) expect(await waits()).toBe(true);
    slowMs = 20;
    for (let i = 0; i < 4; i++) expect(await waits()).toBe(true);
    slowMs = 0;
    awayMs = 0;
    expect(await untilLook(), 'one that was short on the other thread shows it, too').toBeLessThan(200);
    log.close();
  });
});
