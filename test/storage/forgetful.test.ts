import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import {
  markForgetful,
  NO_TOKEN,
  readForgetful,
  readIncarnation,
  settleIncarnation,
} from '../../src/storage/forgetful.ts';

const folder = () => mkdtempSync(join(tmpdir(), 'lockstep-forgetful-'));

describe('the mark of a forgetful home', () => {
  it('is absent in a home that never forgot', () => {
    expect(readIncarnation(folder())).toEqual({ token: NO_TOKEN, forgotten: false, reason: '' });
  });

  it('has a new token each time, and keeps it when it is settled', () => {
    const dir = folder();
    const first = markForgetful(dir, 'the log was repaired');
    expect(readForgetful(dir)).toEqual(first);
    const second = markForgetful(dir, 'again');
    expect(second.token).not.toBe(first.token);
    settleIncarnation(dir);
    expect(readForgetful(dir)).toBeUndefined();
    expect(readIncarnation(dir).token).toBe(second.token);
  });

  it('refuses to guess where it is damaged', () => {
    const dir = folder();
    markForgetful(dir, 'why');
    writeFileSync(join(dir, 'incarnation.json'), '{"version":1,"token":"no');
    expect(() => readForgetful(dir)).toThrow(/lockstep rejoin/);
  });

  it('is no damage where a newer program wrote it: nothing is to be forgotten for that', () => {
    const dir = folder();
    const mark = { version: 2, token: '0'.repeat(32), forgotten: false, reason: '', more: true };
    writeFileSync(join(dir, 'incarnation.json'), JSON.stringify(mark));
    expect(() => readIncarnation(dir)).toThrow(
      expect.objectContaining({ code: 'too-new', message: expect.not.stringContaining('rejoin') }),
    );
  });
});
