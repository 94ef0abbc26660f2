import { existsSync, mkdirSync, mkdtempSync, readdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Files } from '../../src/storage/files.ts';
import { nodeFiles } from '../../src/storage/node-files.ts';
import { lostWithPower, markRun, settleRun, unmarkRun } from '../../src/storage/run-mark.ts';

function folder() {
  const data = mkdtempSync(join(tmpdir(), 'lockstep-run-'));
  const votes = join(data, 'votes');
  mkdirSync(votes);
  for (const name of ['votes-0000000001-00000.log', 'votes-0000000001-00001.log'])
    writeFileSync(join(votes, name), 'promises');
  return { data, votes, file: join(data, 'running.json') };
}

describe('what was written under `durability: process`', () => {
  it('is there after the process died, and in doubt once the machine has another boot', () => {
    const { data } = folder();
    expect(lostWithPower(data, 'one')).toBeUndefined();
    markRun(data, 'one');
    expect(lostWithPower(data, 'one')).toBeUndefined();
    expect(lostWithPower(data, 'two')).toMatch(/not ended in order before the machine was started anew/);
    // Another machine, on which a boot has no name.
    expect(lostWithPower(data, undefined)).toBeDefined();
    markRun(data, 'two');
    expect(lostWithPower(data, 'two')).toBeUndefined();
    unmarkRun(data);
    expect(lostWithPower(data, 'three')).toBeUndefined();
    expect(readdirSync(data)).toEqual(['votes']);
  });

  it('is synced by an ordered end, every segment of it and their names, before the mark goes', () => {
    const { data, votes, file } = folder();
    markRun(data, 'one');
    const synced: string[] = [];
    const watching: Files = {
      ...nodeFiles,
      open(path) {
        const log = nodeFiles.open(path);
        const sync = () => {
          expect(existsSync(file)).toBe(true);
          log.sync();
          synced.push(path);
        };
        return Object.assign(Object.create(log) as typeof log, { sync, close: () => log.close() });
      },
      syncDirectory(path) {
        expect(existsSync(file)).toBe(true);
        nodeFiles.syncDirectory(path);
        synced.push(path);
      },
    };
    settleRun(data, votes, watching);
    expect(synced.slice(0, -1).sort()).toEqual(
      readdirSync(votes)
        .sort()
        .map((name) => join(votes, name)),
    );
    expect(synced.at(-1)).toBe(votes);
    expect(existsSync(file)).toBe(false);
  });

  it('stays in doubt where the disk does not take it', () => {
    const { data, votes, file } = folder();
    markRun(data, 'one');
    const failing: Files = {
      ...nodeFiles,
      syncDirectory() {
        throw new Error('EIO');
      },
    };
    settleRun(data, votes, failing);
    expect(existsSync(file)).toBe(true);
    expect(lostWithPower(data, 'two')).toBeDefined();
  });

  it('is in doubt where the mark cannot be read, and left alone where a newer program made it', () => {
    const { data, file } = folder();
    for (const text of ['', '{"version":1', '{"version":1}', '7', 'null']) {
      writeFileSync(file, text);
      expect(lostWithPower(data, 'one'), text).toBeDefined();
    }
    writeFileSync(file, '{"version":2,"boot":"one"}');
    expect(() => lostWithPower(data, 'one')).toThrow(expect.objectContaining({ code: 'too-new' }));
  });
});
