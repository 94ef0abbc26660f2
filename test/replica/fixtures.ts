/** A chain, its executor, and transactions for it. The executor checks no signatures, so these have none worth it. */

import type { StateMachine } from '../../src/apps/interface.ts';
import { applicationByName } from '../../src/apps/registry.ts';
import { encodeTransaction, type TransactionKind } from '../../src/codec/transaction.ts';
import type { Batch } from '../../src/core/batch.ts';
import type { Chain, Genesis } from '../../src/core/genesis.ts';
import { chainOf } from '../../src/crypto/chain.ts';
import type { Hasher } from '../../src/crypto/hash.ts';
import { type BatchDigests, createBatchDigests } from '../../src/replica/batch-digest.ts';
import { createExecutor, type Executor } from '../../src/replica/executor.ts';

export function testChain(hasher: Hasher, app: Genesis['app']): Chain {
  const validators = ['a', 'b', 'c', 'd'].map((name, i) => ({
    name,
    ed25519: `0${i}`.repeat(32),
    mlDsa87: `1${i}`.repeat(2592),
  }));
  return chainOf(
    {
      version: 1,
      chain: 'test',
      createdMs: 0,
      protocol: 'pbft',
      byzantine: true,
      auth: 'ed25519',
      hash: hasher.name,
      parameters: {
        checkpointInterval: 8,
        window: 16,
        maxBatchTransactions: 100,
        maxBatchBytes: 1 << 20,
        maxTransactionBytes: 4096,
        maxMessageBytes: 4 << 20,
        fastPath: true,
        viewChangeTimeoutMs: 500,
        viewChangeTimeoutMaxMs: 10_000,
        viewChangeTimeoutGrowth: 2,
        clockDriftMs: 1000,
      },
      app,
      validators,
    },
    hasher,
  );
}

export interface Node {
  readonly chain: Chain;
  readonly app: StateMachine;
  readonly digests: BatchDigests;
  readonly executor: Executor;
}

export function testNode(hasher: Hasher, chain: Chain): Node {
  const { name, params } = chain.genesis.app;
  const app = applicationByName(name).create(params, hasher);
  const digests = createBatchDigests(hasher);
  return {
    chain,
    app,
    digests,
    executor: createExecutor({ chain, hasher, app, digests, verify: () => true }),
  };
}

export function publicKeyOf(client: number): Uint8Array {
  const key = new Uint8Array(32);
  new DataView(key.buffer).setUint32(0, client);
  return key;
}

export interface TransactionSpec {
  readonly client: number;
  readonly nonce: number;
  readonly expiry: number;
  readonly payload: Uint8Array;
  readonly kind?: TransactionKind;
  /** Tells transactions that are otherwise alike apart, as signing anew with a random nonce does. */
  readonly salt?: number;
}

export function testTransaction(chain: Chain, spec: TransactionSpec): Uint8Array {
  const { client, nonce, expiry, payload, kind = 'write', salt = 0 } = spec;
  const publicKey = publicKeyOf(client);
  const fields = { suite: 'ed25519', kind, nonce, expiry, publicKey, payload } as const;
  return encodeTransaction(fields, () => new Uint8Array(64).fill(salt), chain.id);
}

/** A batch as a node that decoded it has it: with digests of its own. */
export function testBatch(node: Node, timeMs: number, transactions: readonly Uint8Array[]): Batch {
  return node.digests.batchOf(timeMs, [...transactions]);
}
