/**
 * Portable proofs: that a transaction stands in the ledger with its result, or that the state holds an entry or none.
 * Whoever has the genesis can check one (`../proofs/proof-check.ts`); it is JSON, and bytes in it are hex.
 *
 * A transaction: its path in the slot's tree of transactions, the result's path in the slot's tree of results, the
 * slot's header, the headers from there to the next certified checkpoint, and that checkpoint with its signatures. An
 * entry: its path in the state's tree, and a certified checkpoint that binds the root.
 */

import type { MapSnapshot } from '../apps/authenticated-map.ts';
import { toHex } from '../core/bytes.ts';
import type { Digest, Epoch, ReplicaId, Sequence } from '../core/ids.ts';
import { merkleProof } from '../crypto/merkle.ts';
import { PROOF_FORMAT } from '../proofs/proof-check.ts';
import type { LedgerReader, StoredCheckpoint } from '../storage/interface.ts';
import type { History } from './history.ts';

export interface ProvenCheckpoint {
  readonly sequence: Sequence;
  readonly epoch: Epoch;
  readonly digest: Digest;
  readonly meta: string;
  readonly certificate: readonly {
    readonly from: ReplicaId;
    readonly body: string;
    readonly signature: string;
  }[];
}

/** What a header has of its own: its place follows from the chain. */
export interface ProvenHeader {
  readonly timeMs: number;
  readonly transactions: string;
  readonly results: string;
}

interface ProofHead {
  readonly format: typeof PROOF_FORMAT;
  /** Chain id. */
  readonly chain: Digest;
  /** What proves the validator sets from the genesis to the checkpoint's epoch (`epochs.ts`), oldest first. */
  readonly epochs: readonly string[];
  readonly checkpoint: ProvenCheckpoint;
}

export interface TransactionProof extends ProofHead {
  readonly kind: 'transaction';
  readonly sequence: Sequence;
  readonly transaction: string;
  readonly result: string;
  readonly index: number;
  /** Transactions in the slot. */
  readonly size: number;
  readonly path: readonly string[];
  readonly resultPath: readonly string[];
  /** The header before the slot's. */
  readonly previous: Digest;
  /** The slot's header, then those up to the checkpoint's. */
  readonly headers: readonly ProvenHeader[];
}

export interface EntryProof extends ProofHead {
  readonly kind: 'entry';
  readonly key: string;
  /** Null: there is no such entry. */
  readonly value: string | null;
  readonly path: string;
}

export type Proof = TransactionProof | EntryProof;

/** The proofs that lead to a checkpoint's epoch, of all that are at hand; undefined where they do not. */
function epochsTo(epoch: Epoch, proofs: readonly Uint8Array[]): string[] | undefined {
  return proofs.length < epoch ? undefined : proofs.slice(0, epoch).map(toHex);
}

function proven({ sequence, epoch, digest, meta, certificate }: StoredCheckpoint): ProvenCheckpoint {
  return {
    sequence,
    epoch,
    digest,
    meta: toHex(meta),
    certificate: certificate.map(({ from, body, signature }) => ({
      from,
      body: toHex(body),
      signature: toHex(signature),
    })),
  };
}

/** Undefined where the transaction is not in the store, or no checkpoint at or above its slot is certified yet. */
export async function proveTransaction(
  history: History,
  digest: Digest,
  proofs: readonly Uint8Array[],
): Promise<TransactionProof | undefined> {
  const { store, hasher, chain } = history;
  const found = await history.locate(digest);
  if (found === undefined) return undefined;
  const { slot, index } = found;
  const checkpoint = await store.checkpointFrom(slot.sequence);
  const epochs = checkpoint && epochsTo(checkpoint.epoch, proofs);
  if (checkpoint === undefined || epochs === undefined) return undefined;
  const headers: ProvenHeader[] = [];
  for (let sequence = slot.sequence; sequence <= checkpoint.sequence; sequence++) {
    const one = sequence === slot.sequence ? slot : await store.slot(sequence);
    if (one === undefined) return undefined;
    headers.push({
      timeMs: one.timeMs,
      transactions: toHex(one.transactionsRoot),
      results: toHex(one.resultsRoot),
    });
  }
  const leaves = slot.transactions.map((bytes) => hasher.hash('transaction', bytes));
  return {
    format: PROOF_FORMAT,
    kind: 'transaction',
    chain: chain.idHex,
    sequence: slot.sequence,
    transaction: toHex(slot.transactions[index]!),
    result: toHex(slot.results[index]!),
    index,
    size: leaves.length,
    path: merkleProof(hasher, leaves, index).path.map(toHex),
    resultPath: merkleProof(hasher, slot.results, index).path.map(toHex),
    previous: toHex(slot.previous),
    headers,
    epochs,
    checkpoint: proven(checkpoint),
  };
}

/** States of checkpoints that are at hand, newest last: the application's section of each. */
export type HeldStates = readonly { readonly sequence: Sequence; readonly state: MapSnapshot }[];

/** From the newest state at hand that is certified; undefined where none is. */
export async function proveEntry(
  store: LedgerReader,
  chain: Digest,
  held: HeldStates,
  key: Uint8Array,
  proofs: readonly Uint8Array[],
): Promise<EntryProof | undefined> {
  for (const { sequence, state } of held.toReversed()) {
    const checkpoint = await store.checkpointTo(sequence);
    if (checkpoint?.sequence !== sequence) continue;
    const epochs = epochsTo(checkpoint.epoch, proofs);
    if (epochs === undefined) continue;
    const value = state.get(key);
    return {
      format: PROOF_FORMAT,
      kind: 'entry',
      chain,
      key: toHex(key),
      value: value === undefined ? null : toHex(value),
      path: toHex(state.prove(key)),
      epochs,
      checkpoint: proven(checkpoint),
    };
  }
  return undefined;
}
