import { chmodSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { toHex } from '../../src/core/bytes.ts';
import { LockstepError } from '../../src/core/errors.ts';
import { readKeyFile, writeKeyFile } from '../../src/crypto/keyfile.ts';
import { formatIdentity, generateIdentity, type Identity, parseIdentity } from '../../src/crypto/keys.ts';

let folder: string;
let identity: Identity;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'lockstep-keys-'));
  identity = await generateIdentity();
});
afterAll(() => rmSync(folder, { recursive: true }));

function failure(action: () => unknown): LockstepError {
  try {
    action();
  } catch (error) {
    if (error instanceof LockstepError) return error;
    throw error;
  }
  throw new Error('it did not fail');
}

describe('key files', () => {
  it('come back as written, with mode 600', () => {
    const path = join(folder, 'validator.json');
    writeKeyFile(path, identity);
    expect(statSync(path).mode & 0o777).toBe(0o600);
    expect(readKeyFile(path)).toEqual(identity);
    expect(failure(() => writeKeyFile(path, identity)).message).toContain('never overwritten');
    expect(readFileSync(path, 'utf8')).toBe(formatIdentity(identity));
  });

  it.each([0o640, 0o604, 0o660, 0o777])('are refused with mode %o', (mode) => {
    const path = join(folder, `mode-${mode}.json`);
    writeKeyFile(path, identity);
    chmodSync(path, mode);
    const error = failure(() => readKeyFile(path));
    expect(error.code).toBe('bad-key');
    expect(error.message).toContain(`chmod 600 ${path}`);
  });

  it('that are missing say so', () => {
    const error = failure(() => readKeyFile(join(folder, 'none.json')));
    expect(error.code).toBe('bad-key');
    expect(error.message).toContain('no such file');
    expect(failure(() => writeKeyFile(join(folder, 'none', 'k.json'), identity)).code).toBe('bad-key');
  });

  it('of any wrong shape are refused without telling a secret', () => {
    const good = JSON.parse(formatIdentity(identity)) as Record<string, Record<string, string>>;
    const wrong: unknown[] = [
      null,
      [],
      'text',
      {},
      { ...good, version: 2 },
      { ...good, ed25519: undefined },
      { ...good, ed25519: { ...good.ed25519, secretKey: good.ed25519!.secretKey!.slice(2) } },
      { ...good, ed25519: { ...good.ed25519, secretKey: `zz${good.ed25519!.secretKey!.slice(2)}` } },
      { ...good, ed25519: { ...good.ed25519, publicKey: '00'.repeat(32) } },
      { ...good, mlDsa87: { ...good.mlDsa87, secretKey: 7 } },
      { ...good, mlDsa87: { ...good.mlDsa87, publicKey: '00'.repeat(2592) } },
    ];
    const secrets = [identity.ed25519.secretKey, identity.mlDsa87.secretKey].map((key) =>
      toHex(key).slice(2, 18),
    );
    for (const text of ['', '{', ...wrong.map((value) => JSON.stringify(value))]) {
      const path = join(folder, 'wrong.json');
      writeFileSync(path, text, { mode: 0o600 });
      const error = failure(() => readKeyFile(path));
      expect(error.code).toBe('bad-key');
      expect(error.message).toContain(path);
      for (const secret of secrets) expect(error.message).not.toContain(secret);
      expect(failure(() => parseIdentity(text)).code).toBe('bad-key');
    }
  });
});
