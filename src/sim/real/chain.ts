/** Keys, genesis and clients of runs with real cryptography: all from seeds, made once per setting. */

import { kvCodec } from '../../apps/kv-codec.ts';
import { encodeTransaction } from '../../codec/transaction.ts';
import { toHex } from '../../core/bytes.ts';
import type { AuthSetting, Chain, GenesisParameters } from '../../core/genesis.ts';
import { type Authenticator, createAuthenticator } from '../../crypto/authenticator.ts';
import { chainOf } from '../../crypto/chain.ts';
import { createHasher, type Hasher } from '../../crypto/hash.ts';
import type { Signer, Verifier } from '../../crypto/interface.ts';
import type { Identity } from '../../crypto/keys.ts';
import { createSigner, generateKeyPair } from '../../crypto/signing.ts';
import { createVerifier } from '../../crypto/verifier.ts';

/** What all runs under one setting share. */
export interface RealSetting {
  readonly chain: Chain;
  readonly hasher: Hasher;
  readonly verifier: Verifier;
  readonly authenticators: readonly Authenticator[];
  /** A signed transaction that puts a key of its own; number from 1 on. */
  transaction(number: number): Uint8Array;
  /** The query that asks for what transaction `number` put. */
  query(number: number): Uint8Array;
}

const seed = (byte: number): Uint8Array => new Uint8Array(32).fill(byte);
const CLIENT_SEED = 200;
/** So long that a state of a few of them is fetched in several pieces. */
const VALUE_CHARACTERS = 4_000;
const keyOf = (number: number): string => `key-${number}`;

export async function realSetting(
  auth: AuthSetting,
  n: number,
  parameters: Partial<GenesisParameters> = {},
): Promise<RealSetting> {
  const hasher = await createHasher('blake3');
  const inline = await createVerifier({ threads: 0 });
  // What a check costs is measured, and measured time must decide nothing here: all are cheap enough to be done at once.
  const verifier: Verifier = { ...bound(inline), costUs: () => 0 };
  const identities: Identity[] = [];
  for (let id = 0; id < n; id++) {
    identities.push({
      ed25519: await generateKeyPair('ed25519', seed(1 + id)),
      mlDsa87: await generateKeyPair('ml-dsa-87', seed(100 + id)),
    });
  }
  const chain = chainOf(genesisOf(auth, identities, parameters), hasher);
  const authenticators: Authenticator[] = [];
  for (const [self, identity] of identities.entries()) {
    authenticators.push(await createAuthenticator({ chain, auth, identity, self, verifier }));
  }
  const { publicKey, secretKey } = await generateKeyPair('ed25519', seed(CLIENT_SEED));
  const client: Signer = await createSigner('ed25519', secretKey);
  return {
    chain,
    hasher,
    verifier,
    authenticators,
    transaction(number) {
      const payload = kvCodec.encodeCommand({
        op: 'put',
        key: keyOf(number),
        value: String(number).padEnd(VALUE_CHARACTERS),
      });
      const fields = {
        suite: 'ed25519',
        kind: 'write',
        nonce: number,
        expiry: 100_000,
        publicKey,
        payload,
      } as const;
      return encodeTransaction(fields, (input) => client.sign(input), chain.id);
    },
    query: (number) => kvCodec.encodeQuery({ op: 'get', key: keyOf(number) }),
  };
}

function bound(verifier: Verifier): Verifier {
  return {
    verify: (items, priority) => verifier.verify(items, priority),
    verifySync: (item) => verifier.verifySync(item),
    costUs: (item) => verifier.costUs(item),
    prepare: (suite, key) => verifier.prepare(suite, key),
    stats: () => verifier.stats(),
    close: () => verifier.close(),
  };
}

function genesisOf(
  auth: AuthSetting,
  identities: readonly Identity[],
  parameters: Partial<GenesisParameters>,
): Chain['genesis'] {
  return {
    version: 1,
    chain: 'simulated',
    createdMs: 0,
    protocol: 'pbft',
    byzantine: true,
    auth,
    hash: 'blake3',
    parameters: {
      checkpointInterval: 4,
      window: 8,
      maxBatchTransactions: 4,
      maxBatchBytes: 1 << 16,
      maxTransactionBytes: 8192,
      maxMessageBytes: 1 << 20,
      fastPath: true,
      viewChangeTimeoutMs: 50,
      viewChangeTimeoutMaxMs: 1_000,
      viewChangeTimeoutGrowth: 2,
      clockDriftMs: 60_000,
      ...parameters,
    },
    app: { name: 'kv', params: {} },
    validators: identities.map(({ ed25519, mlDsa87 }, id) => ({
      name: `v${id}`,
      ed25519: toHex(ed25519.publicKey),
      mlDsa87: toHex(mlDsa87.publicKey),
    })),
  };
}
