import { beforeAll, describe, expect, it } from 'vitest';
import { toHex } from '../../src/core/bytes.ts';
import type { AuthSetting, Chain, Genesis } from '../../src/core/genesis.ts';
import { type Authenticator, createAuthenticator } from '../../src/crypto/authenticator.ts';
import { canonicalJson, chainOf } from '../../src/crypto/chain.ts';
import { createHasher } from '../../src/crypto/hash.ts';
import { createInlineVerifier } from '../../src/crypto/inline.ts';
import type { Verifier, VerifyItem } from '../../src/crypto/interface.ts';
import { generateIdentity, type Identity } from '../../src/crypto/keys.ts';

const SETTINGS: readonly AuthSetting[] = ['channel', 'ed25519', 'ml-dsa-87', 'hybrid'];

function genesisOf(identities: readonly Identity[], chain = 'test'): Genesis {
  return {
    version: 1,
    chain,
    createdMs: 1,
    protocol: 'pbft',
    byzantine: true,
    auth: 'hybrid',
    hash: 'blake3',
    parameters: {
      checkpointInterval: 128,
      window: 256,
      maxBatchTransactions: 1000,
      maxBatchBytes: 1 << 20,
      maxTransactionBytes: 1 << 16,
      maxMessageBytes: 1 << 20,
      fastPath: true,
      viewChangeTimeoutMs: 500,
      viewChangeTimeoutMaxMs: 30_000,
      viewChangeTimeoutGrowth: 2,
      clockDriftMs: 500,
    },
    app: { name: 'kv', params: {} },
    validators: identities.map((identity, i) => ({
      name: `v${i}`,
      ed25519: toHex(identity.ed25519.publicKey),
      mlDsa87: toHex(identity.mlDsa87.publicKey),
    })),
  };
}

let identities: Identity[];
let chain: Chain;
let otherChain: Chain;
let verifier: Verifier;
beforeAll(async () => {
  identities = [await generateIdentity(), await generateIdentity()];
  const hasher = await createHasher('blake3');
  chain = chainOf(genesisOf(identities), hasher);
  otherChain = chainOf(genesisOf(identities, 'other'), hasher);
  verifier = await createInlineVerifier();
});

function make(auth: AuthSetting, self: number, on: Chain = chain): Promise<Authenticator> {
  return createAuthenticator({ chain: on, auth, identity: identities[self]!, self, verifier });
}

async function holds(claims: VerifyItem[] | string): Promise<boolean> {
  if (typeof claims === 'string') throw new Error(claims);
  return (await verifier.verify(claims)).every((verdict) => verdict === 1);
}

describe('the authenticator', () => {
  const body = new TextEncoder().encode('a vote');

  it.each(SETTINGS)('signs and checks under %s', async (auth) => {
    const [zero, one] = [await make(auth, 0), await make(auth, 1)];
    for (const always of [false, true]) {
      const signature = zero.sign(body, always);
      expect(signature.length).toBe(zero.signatureBytes(always));
      const claims = one.claims(0, body, signature, always);
      expect(await holds(claims)).toBe(true);
      if (auth === 'channel' && !always) expect(claims).toEqual([]);
      else {
        expect(await holds(one.claims(1, body, signature, always))).toBe(false);
        expect(await holds(one.claims(0, Uint8Array.of(...body, 0), signature, always))).toBe(false);
        const elsewhere = await make(auth, 1, otherChain);
        expect(await holds(elsewhere.claims(0, body, signature, always))).toBe(false);
      }
      expect(one.claims(2, body, signature, always)).toBe('stranger');
      expect(one.claims(-1, body, signature, always)).toBe('stranger');
      expect(one.claims(0, body, Uint8Array.of(...signature, 0), always)).toBe('signature-length');
    }
  });

  it('needs both halves of a hybrid signature', async () => {
    const [zero, one] = [await make('hybrid', 0), await make('hybrid', 1)];
    const signature = zero.sign(body, false);
    expect(signature.length).toBe(64 + 4627);
    for (const at of [0, 63, 64, 64 + 4626]) {
      const broken = signature.slice();
      broken[at]! ^= 1;
      expect(await holds(one.claims(0, body, broken, false))).toBe(false);
    }
    const mixed = one.sign(body, false);
    mixed.set(signature.subarray(0, 64));
    expect(await holds(one.claims(0, body, mixed, false))).toBe(false);
    expect(await holds(one.claims(1, body, mixed, false))).toBe(false);
  });

  it('refuses keys that are not those of the genesis', async () => {
    await expect(
      createAuthenticator({ chain, auth: 'hybrid', identity: identities[1]!, self: 0, verifier }),
    ).rejects.toMatchObject({ code: 'bad-key' });
    await expect(
      make('hybrid', 0, { ...chain, genesis: { ...chain.genesis, validators: [] } }),
    ).rejects.toMatchObject({ code: 'bad-genesis' });
  });
});

describe('the chain', () => {
  it('is named by every byte of its genesis and by nothing else', async () => {
    const hasher = await createHasher('blake3');
    const genesis = genesisOf(identities);
    const reordered = Object.fromEntries(Object.entries(genesis).reverse()) as unknown as Genesis;
    expect(chainOf(reordered, hasher).idHex).toBe(chain.idHex);
    expect(chainOf({ ...genesis, createdMs: 2 }, hasher).idHex).not.toBe(chain.idHex);
    expect(toHex(chain.id)).toBe(chain.idHex);
    const sha3 = await createHasher('sha3-256');
    expect(() => chainOf(genesis, sha3)).toThrow(/invariant/);
  });

  it('has canonical JSON that JSON.parse reads back', () => {
    const value = { b: [1, { z: null, a: 'ü"' }], a: { d: true, c: -0.5 }, skipped: undefined };
    expect(canonicalJson(value)).toBe('{"a":{"c":-0.5,"d":true},"b":[1,{"a":"ü\\"","z":null}]}');
    expect(JSON.parse(canonicalJson(value))).toEqual({
      a: { c: -0.5, d: true },
      b: [1, { z: null, a: 'ü"' }],
    });
  });
});
