import { beforeAll, describe, expect, it } from 'vitest';
import { AuthenticatedMap } from '../../src/apps/authenticated-map.ts';
import { executeEach } from '../../src/apps/execute-each.ts';
import type { Command } from '../../src/apps/interface.ts';
import { CommandError, okResult, readResult } from '../../src/apps/results.ts';
import { invariant } from '../../src/core/assert.ts';
import { toHex } from '../../src/core/bytes.ts';
import { createHasher, type Hasher } from '../../src/crypto/hash.ts';

let hasher: Hasher;
beforeAll(async () => {
  hasher = await createHasher('blake3');
});

const command = (first: number, readOnly = false): Command => ({
  client: '00'.repeat(32),
  payload: Uint8Array.of(first),
  readOnly,
});

/** Writes its payload as a key, then fails as the payload says. */
function run(state: AuthenticatedMap, { payload }: Command): Uint8Array {
  state.set(payload, payload);
  state.delete(Uint8Array.of(1));
  switch (payload[0]) {
    case 2:
      throw new CommandError('mine', 'my message');
    case 3:
      throw new TypeError('worded by the engine');
    case 4:
      invariant(false, 'of ours');
  }
  return okResult(0);
}

const decode = (bytes: Uint8Array) => readResult(bytes, () => ({}));

describe('executing command by command', () => {
  it('undoes the writes of a command that throws, and of no other', () => {
    const state = new AuthenticatedMap(hasher);
    const results = executeEach(
      state,
      [command(7), command(1), command(2), command(3), command(8), command(9, true)],
      (one) => run(state, one),
      () => okResult(0),
    );
    expect(results.map(decode)).toEqual([
      { ok: true },
      { ok: true },
      { ok: false, code: 'mine', message: 'my message' },
      { ok: false, code: 'failed', message: 'the application failed on this command' },
      { ok: true },
      { ok: true },
    ]);
    expect([...state.entries()].map(([key]) => key[0]).sort()).toEqual([7, 8]);
    expect(() => state.snapshot()).not.toThrow();
    const other = new AuthenticatedMap(hasher);
    for (const key of [8, 7]) other.set(Uint8Array.of(key), Uint8Array.of(key));
    expect(toHex(other.root())).toBe(toHex(state.root()));
  });

  it('lets a broken invariant through', () => {
    const state = new AuthenticatedMap(hasher);
    expect(() =>
      executeEach(
        state,
        [command(4)],
        (one) => run(state, one),
        () => okResult(0),
      ),
    ).toThrowError(/broken invariant: of ours/);
  });
});
