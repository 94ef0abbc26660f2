/** The repair of a damaged vote log, cut off at each of its file operations. */

import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { LockstepError } from '../../src/core/errors.ts';
import { openVoteLog } from '../../src/storage/file-vote-log.ts';
import { openFileWitness } from '../../src/storage/file-witness.ts';
import type { Files, LogFile } from '../../src/storage/files.ts';
import { markForgetful, readForgetful } from '../../src/storage/forgetful.ts';
import { nodeFiles } from '../../src/storage/node-files.ts';
import { SEGMENT_HEADER_BYTES, segmentName } from '../../src/storage/vote-log-format.ts';
import { examineVoteLog, planRepair, repairVoteLog } from '../../src/storage/vote-log-repair.ts';

const chainId = new Uint8Array(32).fill(7);
const RECORDS = ['alpha', 'beta', 'gamma', 'delta', 'epsilon'];
const RECORD_BYTES = 12;

let data: string;
beforeEach(() => {
  data = mkdtempSync(join(tmpdir(), 'lockstep-repair-'));
});
afterEach(() => rmSync(data, { recursive: true, force: true }));

const place = (files: Files = nodeFiles) => ({
  files,
  path: join(data, 'votes'),
  witness: join(data, 'votes.mark'),
  chainId,
});

function open() {
  const { path, witness } = place();
  return openVoteLog({
    path,
    chainId,
    durability: 'process',
    mustExist: true,
    witness: openFileWitness(nodeFiles, witness),
  });
}

function makeLog(records: readonly string[] = RECORDS, segmentBytes = 1 << 20): void {
  const { path, witness } = place();
  const { log } = openVoteLog({
    path,
    chainId,
    durability: 'process',
    witness: openFileWitness(nodeFiles, witness),
    segmentBytes,
  });
  for (const record of records) {
    log.append(new TextEncoder().encode(record));
    log.flush(0);
    log.tend();
  }
  log.close();
}

const segment = (index = 0) => join(data, 'votes', segmentName(1, index));
const read = (records: Iterable<Uint8Array>) => Array.from(records, (r) => new TextDecoder().decode(r));

function flip(file: string, at: number): void {
  const bytes = readFileSync(file);
  bytes[at]! ^= 0x10;
  writeFileSync(file, bytes);
}

/** The damages, and how many records each leaves. */
const DAMAGES: readonly { name: string; make: () => void; left: number; segments?: number }[] = [
  {
    name: 'a flipped byte in the middle',
    make: () => flip(segment(), SEGMENT_HEADER_BYTES + 2 * RECORD_BYTES + 5 + 4 + 3),
    left: 2,
  },
  {
    name: 'a whole synced record missing at the very end',
    make: () => {
      const bytes = readFileSync(segment());
      writeFileSync(segment(), bytes.subarray(0, bytes.length - RECORD_BYTES - 'epsilon'.length));
    },
    left: 4,
  },
  { name: 'a damaged segment header', make: () => flip(segment(), 20), left: 0 },
  { name: 'a missing folder', make: () => rmSync(join(data, 'votes'), { recursive: true }), left: 0 },
  { name: 'a missing segment', make: () => rmSync(segment()), left: 0 },
  { name: 'a later segment missing', make: () => rmSync(segment(2)), left: 2, segments: 80 },
];

/** Files whose operation number `at` does not happen, and none after it: the process is gone. */
function dyingAt(at: number): { files: Files; count: () => number } {
  let operations = 0;
  const alive = <T>(run: () => T): T => {
    if (operations++ >= at) throw new Error('the process is gone');
    return run();
  };
  const file = (inner: LogFile): LogFile => ({
    size: () => inner.size(),
    read: (into, from) => inner.read(into, from),
    write: (bytes, to) => alive(() => inner.write(bytes, to)),
    truncate: (size) => alive(() => inner.truncate(size)),
    sync: () => alive(() => inner.sync()),
    syncLater: (done) => inner.syncLater(done),
    close: () => inner.close(),
  });
  const files: Files = {
    ...nodeFiles,
    open: (path) => file(nodeFiles.open(path)),
    create: (path) => file(alive(() => nodeFiles.create(path))),
    makeDirectory: (path) => alive(() => nodeFiles.makeDirectory(path)),
    rename: (from, to) => alive(() => nodeFiles.rename(from, to)),
    remove: (path) => alive(() => nodeFiles.remove(path)),
    syncDirectory: (path) => alive(() => nodeFiles.syncDirectory(path)),
  };
  return { files, count: () => operations };
}

const forget = (reason: string) => void markForgetful(data, reason);
const repair = (files?: Files) =>
  repairVoteLog(place(files), examineVoteLog(place(files)), forget, `${readdirSync(data).length}`);

describe.each(DAMAGES)('a log with $name', ({ make, left, segments }) => {
  beforeEach(() => {
    makeLog(RECORDS, segments);
    make();
  });

  it('is refused, and cut at its last whole record by a repair that marks the home', () => {
    expect(open).toThrow(expect.objectContaining({ code: 'log-damaged' }));
    const before = existsSync(join(data, 'votes')) ? readdirSync(join(data, 'votes')) : undefined;
    const examination = examineVoteLog(place());
    expect(examination.damage?.code).toBe('log-damaged');
    const plan = planRepair(place(), examination);
    expect(readForgetful(data)).toBeUndefined();
    const done = repair();
    expect(done).toMatchObject(plan);
    expect(done.keptRecords).toBe(left);
    expect(readForgetful(data)?.reason).toContain('votes');
    if (before !== undefined) expect(readdirSync(done.aside!)).toEqual(before);
    const { log, records } = open();
    expect(read(records)).toEqual(RECORDS.slice(0, left));
    log.close();
    expect(examineVoteLog(place()).damage).toBeUndefined();
  });

  it('never votes unmarked, wherever the repair dies, and a second repair ends the work', () => {
    const whole = dyingAt(Number.POSITIVE_INFINITY);
    // A copy of the damaged home, to begin with again and again.
    const names = readdirSync(data);
    const saved = new Map<string, Buffer>();
    const folders = names.filter((name) => name === 'votes');
    for (const name of names) {
      if (name !== 'votes') saved.set(name, readFileSync(join(data, name)));
      else
        for (const inner of readdirSync(join(data, name)))
          saved.set(`${name}/${inner}`, readFileSync(join(data, name, inner)));
    }
    const reset = () => {
      for (const name of readdirSync(data)) rmSync(join(data, name), { recursive: true });
      for (const name of folders) mkdirSync(join(data, name));
      for (const [name, bytes] of saved) writeFileSync(join(data, name), bytes);
    };
    reset();
    repair(whole.files);
    const steps = whole.count();
    expect(steps).toBeGreaterThan(8);
    for (let at = 0; at < steps; at++) {
      reset();
      expect(() => repair(dyingAt(at).files)).toThrow('the process is gone');
      let opened = false;
      try {
        open().log.close();
        opened = true;
      } catch (error) {
        expect((error as LockstepError).code, `step ${at}`).toBe('log-damaged');
      }
      if (opened) expect(readForgetful(data), `step ${at}`).toBeDefined();
      else repair();
      expect(readForgetful(data)).toBeDefined();
      const { log, records } = open();
      expect(read(records), `step ${at}`).toEqual(RECORDS.slice(0, left));
      log.close();
    }
  });
});

describe('no repair', () => {
  it('is made where nothing is wrong, or where a crash cut off the last write', () => {
    makeLog();
    const bytes = readFileSync(segment());
    writeFileSync(
      segment(),
      Buffer.concat([bytes, bytes.subarray(SEGMENT_HEADER_BYTES, SEGMENT_HEADER_BYTES + 9)]),
    );
    expect(repair()).toEqual({ keptRecords: 5, cutBytes: 0, aside: undefined });
    expect(readForgetful(data)).toBeUndefined();
    expect(read(open().records)).toEqual(RECORDS);
  });

  it('is made of the log of another chain', () => {
    makeLog();
    const other = { ...place(), chainId: new Uint8Array(32).fill(8) };
    const run = () => repairVoteLog(other, examineVoteLog(other), forget, 'x');
    expect(run).toThrow(LockstepError);
    expect(run).toThrow(expect.objectContaining({ code: 'wrong-chain' }));
    expect(readForgetful(data)).toBeUndefined();
    expect(read(open().records)).toEqual(RECORDS);
  });
});
