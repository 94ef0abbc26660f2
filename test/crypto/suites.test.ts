import { createPublicKey, verify as opensslVerify } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';
import { fromHex, toHex } from '../../src/core/bytes.ts';
import {
  type CryptoError,
  createSigner,
  generateKeyPair,
  type KeyPair,
  LENGTHS,
  type SuiteName,
  type VerifyItem,
} from '../../src/crypto/index.ts';
import { createInlineVerifier } from '../../src/crypto/inline.ts';
import type { Verifier } from '../../src/crypto/interface.ts';

const SUITES: readonly SuiteName[] = ['ed25519', 'ml-dsa-87'];
const seed = new Uint8Array(32).map((_, i) => i);
const message = new TextEncoder().encode('message');

let verifier: Verifier;
const pairs = {} as Record<SuiteName, KeyPair>;
beforeAll(async () => {
  verifier = await createInlineVerifier();
  for (const suite of SUITES) pairs[suite] = await generateKeyPair(suite, seed);
});

async function code(promise: Promise<unknown>): Promise<string> {
  return promise.then(
    () => 'resolved',
    (error: CryptoError) => error.code,
  );
}

describe.each(SUITES)('%s', (suite) => {
  async function signed(): Promise<VerifyItem> {
    const signer = await createSigner(suite, pairs[suite].secretKey);
    return { suite, publicKey: signer.publicKey, message, signature: signer.sign(message) };
  }

  it('makes the same pair from the same seed, and another from none', async () => {
    expect(await generateKeyPair(suite, seed)).toEqual(pairs[suite]);
    expect(await generateKeyPair(suite)).not.toEqual(await generateKeyPair(suite));
    expect(pairs[suite].publicKey.length).toBe(LENGTHS[suite].publicKey);
    expect(pairs[suite].secretKey.length).toBe(LENGTHS[suite].secretKey);
  });

  it('verifies what it signed and nothing else', async () => {
    const item = await signed();
    expect(item.publicKey).toEqual(pairs[suite].publicKey);
    expect(item.signature.length).toBe(LENGTHS[suite].signature);
    expect(verifier.verifySync(item)).toBe(true);
    const flip = (bytes: Uint8Array, at: number) => bytes.map((byte, i) => (i === at ? byte ^ 4 : byte));
    const wrong: VerifyItem[] = [
      { ...item, message: new Uint8Array(0) },
      { ...item, signature: flip(item.signature, 0) },
      { ...item, signature: flip(item.signature, item.signature.length - 1) },
      { ...item, publicKey: flip(item.publicKey, 5) },
    ];
    for (const other of wrong) expect(verifier.verifySync(other)).toBe(false);
    expect([...(await verifier.verify([item, ...wrong, item]))]).toEqual([1, 0, 0, 0, 0, 1]);
  });

  it('gives wrong lengths and unknown suites a verdict of 0', async () => {
    const item = await signed();
    const wrong: VerifyItem[] = [
      { ...item, signature: item.signature.subarray(1) },
      { ...item, signature: new Uint8Array(0) },
      { ...item, signature: Uint8Array.of(...item.signature, 0) },
      { ...item, publicKey: item.publicKey.subarray(1) },
      { ...item, publicKey: new Uint8Array(0) },
      { ...item, suite: 'rsa' as SuiteName },
      { ...item, suite: '__proto__' as SuiteName },
      { ...item, suite: suite === 'ed25519' ? 'ml-dsa-87' : 'ed25519' },
      { ...item, context: new Uint8Array(256) },
    ];
    for (const other of wrong) expect(verifier.verifySync(other)).toBe(false);
    expect([...(await verifier.verify(wrong))]).toEqual(wrong.map(() => 0));
  });

  it('refuses wrong lengths elsewhere with a code', async () => {
    expect(await code(createSigner(suite, new Uint8Array(31)))).toBe('bad-length');
    expect(await code(generateKeyPair(suite, new Uint8Array(33)))).toBe('bad-length');
    expect(await code(createSigner('rsa' as SuiteName, seed))).toBe('unknown-suite');
    expect(await code(generateKeyPair('toString' as SuiteName))).toBe('unknown-suite');
    expect(() => verifier.prepare(suite, new Uint8Array(1))).toThrow(/must be/);
    expect(() => verifier.prepare('rsa' as SuiteName, seed)).toThrow(/no signature suite/);
    const signer = await createSigner(suite, pairs[suite].secretKey);
    expect(() => signer.sign(message, { context: new Uint8Array(256) })).toThrow(/context/);
  });

  it('keeps a signer when its caller wipes the secret key', async () => {
    const secret = pairs[suite].secretKey.slice();
    const signer = await createSigner(suite, secret);
    secret.fill(0);
    const signature = signer.sign(message);
    expect(verifier.verifySync({ suite, publicKey: pairs[suite].publicKey, message, signature })).toBe(true);
  });
});

describe('Ed25519', () => {
  it('makes the signature of RFC 8032 §7.1, TEST 3', async () => {
    const secret = fromHex('c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7')!;
    const signer = await createSigner('ed25519', secret);
    expect(toHex(signer.publicKey)).toBe('fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025');
    expect(toHex(signer.sign(Uint8Array.of(0xaf, 0x82)))).toBe(
      '6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac' +
        '18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a',
    );
  });

  it('signs what OpenSSL verifies', async () => {
    const signer = await createSigner('ed25519', seed);
    const spki = Buffer.concat([Buffer.from('302a300506032b6570032100', 'hex'), signer.publicKey]);
    const key = createPublicKey({ key: spki, format: 'der', type: 'spki' });
    expect(opensslVerify(null, message, key, signer.sign(message))).toBe(true);
  });
});

describe('ML-DSA-87', () => {
  it('binds the context', async () => {
    const signer = await createSigner('ml-dsa-87', pairs['ml-dsa-87'].secretKey);
    const context = new Uint8Array(255).fill(7);
    const signature = signer.sign(message, { context });
    const item: VerifyItem = { suite: 'ml-dsa-87', publicKey: signer.publicKey, message, signature };
    expect(verifier.verifySync({ ...item, context })).toBe(true);
    expect(verifier.verifySync(item)).toBe(false);
    expect(verifier.verifySync({ ...item, context: context.subarray(1) })).toBe(false);
  });

  it('has as many signers at a time as are asked for', async () => {
    const signers = [];
    for (let i = 0; i < 70; i++) {
      const pair = await generateKeyPair('ml-dsa-87', new Uint8Array(32).fill(i));
      signers.push({ pair, signer: await createSigner('ml-dsa-87', pair.secretKey) });
    }
    for (const { pair, signer } of signers) {
      const signature = signer.sign(message);
      const item: VerifyItem = { suite: 'ml-dsa-87', publicKey: pair.publicKey, message, signature };
      expect(verifier.verifySync(item)).toBe(true);
    }
    expect(signers[69]!.signer.publicKey).toEqual(signers[69]!.pair.publicKey);
  });

  it('refuses a secret key whose coefficients are out of range', async () => {
    const { secretKey } = pairs['ml-dsa-87'];
    // s1 starts after ρ, K and tr: three bits a coefficient, of which 0 to 4 stand for 2 to −2.
    const damaged = secretKey.map((byte, i) => (i === 128 ? byte | 7 : byte));
    await expect(createSigner('ml-dsa-87', damaged)).rejects.toMatchObject({ code: 'bad-key' });
  });

  it('is hedged by default and deterministic when asked', async () => {
    const signer = await createSigner('ml-dsa-87', pairs['ml-dsa-87'].secretKey);
    expect(signer.sign(message)).not.toEqual(signer.sign(message));
    expect(signer.sign(message, { deterministic: true })).toEqual(
      signer.sign(message, { deterministic: true }),
    );
  });
});

describe('an inline verifier', () => {
  it('counts and closes', async () => {
    const own = await createInlineVerifier();
    const item: VerifyItem = {
      suite: 'ed25519',
      publicKey: pairs.ed25519.publicKey,
      message,
      signature: new Uint8Array(64),
    };
    own.verifySync(item);
    await own.verify([item, item]);
    expect(own.stats()).toMatchObject({ threads: 0, inline: 3, pooled: 0, failed: 3, queued: 0 });
    expect(own.costUs(item)).toBeGreaterThan(0);
    await own.close();
    await expect(own.verify([item])).rejects.toMatchObject({ code: 'closed' });
  });
});
