/**
 * Checks a portable proof (`replica/proof.ts`) with nothing but the genesis, in a browser too. Proofs come from strangers: any JSON is at
 * worst refused.
 */

import { bytesEqual, fromHex, toHex } from '../core/bytes.ts';
import type { Chain } from '../core/genesis.ts';
import type { Digest, Sequence } from '../core/ids.ts';
import { MAX_VALIDATORS, MAX_WINDOW } from '../core/limits.ts';
import type { Hasher } from '../crypto/hash.ts';
import { verifyMerkleProof } from '../crypto/merkle.ts';
import type { StoredCheckpoint } from '../storage/interface.ts';
import { type CheckpointMeta, headerDigest } from './ledger-header.ts';

export const PROOF_FORMAT = 'lockstep-proof/1';

/** What a proof proves. */
export interface ProvenFact {
  readonly kind: 'transaction' | 'entry';
  /** The certified checkpoint that it rests on, and how many validators signed that. */
  readonly checkpoint: Sequence;
  readonly signatures: number;
  /** Of a transaction: its slot, its place there, the slot's time, and both as hex. */
  readonly sequence?: Sequence;
  readonly index?: number;
  readonly timeMs?: number;
  readonly digest?: Digest;
  readonly transaction?: string;
  readonly result?: string;
  /** Of an entry; a value of null says that there is none. */
  readonly key?: string;
  readonly value?: string | null;
}

/** Deeper than any tree of a batch. */
const MAX_PATH = 64;

/** More changes of the validators than a proof of the largest size holds. */
const MAX_EPOCH_PROOFS = 100_000;

class NoProof extends Error {}

/** What says whether a checkpoint is certified. */
export interface Certifying {
  /** Takes proofs of epochs; false where one of them does not hold. */
  learn(proofs: readonly Uint8Array[]): boolean;
  /** What the checkpoint binds, or why it does not hold. */
  check(checkpoint: StoredCheckpoint): CheckpointMeta | string;
}

/** Whether a path leads from an entry, or from none, to a state's root: `apps/map-proof.ts`. */
export type EntryHolds = (
  hasher: Hasher,
  root: Uint8Array,
  key: Uint8Array,
  value: Uint8Array | undefined,
  path: Uint8Array,
) => boolean;

type Loose = Readonly<Record<string, unknown>>;

function fail(why: string): never {
  throw new NoProof(why);
}

function object(value: unknown, what: string): Loose {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Loose)
    : fail(`${what} is missing`);
}

function bytes(from: Loose, name: string, length?: number): Uint8Array {
  const value = from[name];
  const decoded = typeof value === 'string' ? fromHex(value) : undefined;
  if (decoded === undefined || (length !== undefined && decoded.length !== length))
    fail(`${name} is no such hex text`);
  return decoded;
}

function whole(from: Loose, name: string): number {
  const value = from[name];
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0
    ? value
    : fail(`${name} is no number`);
}

function list(from: Loose, name: string, most: number): readonly unknown[] {
  const value = from[name];
  return Array.isArray(value) && value.length <= most ? value : fail(`${name} is no list of that length`);
}

function path(from: Loose, name: string): Uint8Array[] {
  return list(from, name, MAX_PATH).map((hex) => bytes({ hex }, 'hex', 32));
}

export class ProofChecker {
  private readonly chain: Chain;
  private readonly hasher: Hasher;
  private readonly certificates: Certifying;
  private readonly entryHolds: EntryHolds;

  constructor(chain: Chain, hasher: Hasher, certificates: Certifying, entryHolds: EntryHolds) {
    this.chain = chain;
    this.hasher = hasher;
    this.certificates = certificates;
    this.entryHolds = entryHolds;
  }

  /** What the document proves, or why it proves nothing. */
  check(document: unknown): ProvenFact | string {
    try {
      return this.checked(object(document, 'the proof'));
    } catch (error) {
      if (error instanceof NoProof) return error.message;
      throw error;
    }
  }

  private checked(proof: Loose): ProvenFact {
    if (proof.format !== PROOF_FORMAT) fail(`its format is not ${PROOF_FORMAT}`);
    if (proof.chain !== this.chain.idHex) fail('it is of another chain than the genesis');
    const given = object(proof.checkpoint, 'checkpoint');
    const sequence = whole(given, 'sequence');
    const certificate = list(given, 'certificate', MAX_VALIDATORS).map((one) => {
      const vote = object(one, 'a signature');
      return { from: whole(vote, 'from'), body: bytes(vote, 'body'), signature: bytes(vote, 'signature') };
    });
    const epochs = list(proof, 'epochs', MAX_EPOCH_PROOFS).map((hex) => bytes({ hex }, 'hex'));
    if (!this.certificates.learn(epochs))
      fail('what it says of the validator sets since the genesis does not hold');
    const meta = this.certificates.check({
      sequence,
      epoch: whole(given, 'epoch'),
      digest: toHex(bytes(given, 'digest', 32)),
      meta: bytes(given, 'meta'),
      certificate,
    });
    if (typeof meta === 'string') fail(`its checkpoint does not hold: ${meta}`);
    const base = { checkpoint: sequence, signatures: new Set(certificate.map(({ from }) => from)).size };
    if (proof.kind === 'entry') return { ...base, ...this.entry(proof, meta.appRoot) };
    if (proof.kind !== 'transaction') fail('it proves neither a transaction nor an entry');
    return { ...base, ...this.transaction(proof, sequence, headerDigest(this.hasher, meta.header)) };
  }

  private entry(proof: Loose, root: Uint8Array): Pick<ProvenFact, 'kind' | 'key' | 'value'> {
    const key = bytes(proof, 'key');
    const value = proof.value === null ? undefined : bytes(proof, 'value');
    if (!this.entryHolds(this.hasher, root, key, value, bytes(proof, 'path'))) {
      fail('its path does not lead from the entry to the certified state');
    }
    return { kind: 'entry', key: toHex(key), value: value === undefined ? null : toHex(value) };
  }

  private transaction(
    proof: Loose,
    end: Sequence,
    certified: Uint8Array,
  ): Omit<ProvenFact, 'checkpoint' | 'signatures'> {
    const { hasher } = this;
    const sequence = whole(proof, 'sequence');
    const index = whole(proof, 'index');
    const size = whole(proof, 'size');
    const transaction = bytes(proof, 'transaction');
    const result = bytes(proof, 'result');
    const headers = list(proof, 'headers', MAX_WINDOW).map((one) => {
      const header = object(one, 'a header');
      return {
        timeMs: whole(header, 'timeMs'),
        transactions: bytes(header, 'transactions', 32),
        results: bytes(header, 'results', 32),
      };
    });
    if (headers.length === 0 || sequence + headers.length - 1 !== end) {
      fail('its headers do not lead from the slot to the checkpoint');
    }
    let previous = bytes(proof, 'previous', 32);
    for (const [i, header] of headers.entries()) {
      previous = headerDigest(hasher, { previous, sequence: sequence + i, ...header });
    }
    if (!bytesEqual(previous, certified)) fail('its headers do not lead to the certified one');
    const first = headers[0]!;
    const digest = hasher.hash('transaction', transaction);
    if (!verifyMerkleProof(hasher, first.transactions, digest, { index, size, path: path(proof, 'path') })) {
      fail('its path does not lead from the transaction to the header');
    }
    if (!verifyMerkleProof(hasher, first.results, result, { index, size, path: path(proof, 'resultPath') })) {
      fail('its path does not lead from the result to the header');
    }
    return {
      kind: 'transaction',
      sequence,
      index,
      timeMs: first.timeMs,
      digest: toHex(digest),
      transaction: toHex(transaction),
      result: toHex(result),
    };
  }
}
