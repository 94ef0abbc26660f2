import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { LockstepError } from '../../src/core/errors.ts';
import { openSnapshots } from '../../src/storage/file-snapshots.ts';
import { MemorySnapshots } from '../../src/storage/memory-snapshots.ts';

const chainId = new Uint8Array(32).fill(7);
let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'lockstep-snapshots-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const bytes = (...values: number[]) => Uint8Array.from(values);
const plain = (loaded: ReturnType<MemorySnapshots['load']>) =>
  loaded && { ...loaded, meta: [...loaded.meta], chunks: loaded.chunks.map((chunk) => [...chunk]) };
const open = (durability: 'process' | 'power' = 'process') =>
  openSnapshots({ dir: folder, chainId, durability });
const only = () => join(folder, readdirSync(folder)[0]!);

function codeOf(run: () => unknown): string {
  try {
    run();
  } catch (error) {
    expect(error).toBeInstanceOf(LockstepError);
    expect((error as Error).message).toContain(folder);
    return (error as LockstepError).code;
  }
  return 'loaded';
}

describe.each([
  ['files', () => open()],
  ['files, synced', () => open('power')],
  ['memory', () => new MemorySnapshots()],
] as const)('snapshots in %s', (_, make) => {
  it('are none at first', () => expect(make().load()).toBeUndefined());

  it('come back as saved, the newest of them', () => {
    const store = make();
    store.save(64, bytes(1), [bytes(1, 2), bytes(), bytes(3)]);
    store.save(128, bytes(), []);
    expect(plain(store.load())).toEqual({ sequence: 128, meta: [], chunks: [] });
    store.save(256, bytes(9, 9), [new Uint8Array(300_000).fill(5), bytes(4)]);
    const loaded = store.load()!;
    expect(loaded.sequence).toBe(256);
    expect([...loaded.meta]).toEqual([9, 9]);
    expect(loaded.chunks.map((chunk) => chunk.length)).toEqual([300_000, 1]);
    expect(loaded.chunks[0]!.every((byte) => byte === 5)).toBe(true);
  });

  it('can be saved again at the same sequence', () => {
    const store = make();
    store.save(64, bytes(1), [bytes(1)]);
    store.save(64, bytes(2), [bytes(2)]);
    expect(plain(store.load())).toEqual({ sequence: 64, meta: [2], chunks: [[2]] });
  });
});

describe('snapshot files', () => {
  it('are kept two at a time', () => {
    const store = open();
    for (const sequence of [64, 128, 192, 1000]) store.save(sequence, bytes(), [bytes(1)]);
    expect(readdirSync(folder).sort()).toEqual([
      'snapshot-0000000000000192.bin',
      'snapshot-0000000000001000.bin',
    ]);
  });

  it('survive the process, and what it left half-written does not', () => {
    open().save(64, bytes(1), [bytes(2)]);
    writeFileSync(join(folder, 'snapshot-0000000000000128.bin.new'), 'half');
    expect(plain(open().load())).toEqual({ sequence: 64, meta: [1], chunks: [[2]] });
    expect(readdirSync(folder)).toHaveLength(1);
  });

  it('keep the one before where making one fails midway', () => {
    const store = open();
    store.save(64, bytes(1), [bytes(2)]);
    const broken = function* () {
      yield bytes(1);
      throw new Error('the state could not be read');
    };
    expect(codeOf(() => store.save(128, bytes(), broken()))).toBe('storage-failed');
    expect(readdirSync(folder)).toHaveLength(1);
    expect(store.load()!.sequence).toBe(64);
  });

  it('are refused when any bit of any byte changed', () => {
    const store = open();
    store.save(64, bytes(1, 2), [bytes(3, 4, 5), bytes(6)]);
    const whole = readFileSync(only());
    for (let at = 0; at < whole.length; at++) {
      for (let bit = 0; bit < 8; bit++) {
        const changed = Buffer.from(whole);
        changed[at]! ^= 1 << bit;
        writeFileSync(only(), changed);
        expect(
          codeOf(() => store.load()),
          `byte ${at}, bit ${bit}`,
        ).toBe('snapshot-damaged');
      }
    }
  });

  it('are refused when cut short anywhere, or longer than they were', () => {
    const store = open();
    store.save(64, bytes(1, 2), [bytes(3, 4, 5), bytes(6)]);
    const whole = readFileSync(only());
    for (let size = 0; size < whole.length; size++) {
      writeFileSync(only(), whole.subarray(0, size));
      expect(
        codeOf(() => store.load()),
        `${size} bytes`,
      ).toBe('snapshot-damaged');
    }
    writeFileSync(only(), Buffer.concat([whole, Buffer.alloc(1)]));
    expect(codeOf(() => store.load())).toBe('snapshot-damaged');
  });

  it('of another chain are refused as such', () => {
    open().save(64, bytes(), []);
    const other = openSnapshots({ dir: folder, chainId: new Uint8Array(32), durability: 'process' });
    expect(codeOf(() => other.load())).toBe('wrong-chain');
  });
});
