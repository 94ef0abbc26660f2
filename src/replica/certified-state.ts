/**
 * The state at a certified checkpoint, from what a home holds: the newest snapshot below it, and the stored slots since,
 * executed again. Nothing of it is believed: the certificate is checked, each slot must lead to the header that the
 * ledger has, and the state to the digest that was certified.
 */

import type { StateMachine } from '../apps/interface.ts';
import { NULL_BATCH } from '../core/batch.ts';
import { toHex } from '../core/bytes.ts';
import { LockstepError } from '../core/errors.ts';
import type { Chain } from '../core/genesis.ts';
import { NULL_DIGEST, type Sequence } from '../core/ids.ts';
import type { Hasher } from '../crypto/hash.ts';
import type { LedgerReader, StoredCheckpoint } from '../storage/interface.ts';
import { createBatchDigests } from './batch-digest.ts';
import type { CertificateChecker } from './certificates.ts';
import { type CheckpointState, createExecutor, type Executor } from './executor.ts';

export interface SavedState {
  readonly sequence: Sequence;
  readonly meta: Uint8Array;
  readonly chunks: readonly Uint8Array[];
}

export interface StateSources {
  readonly chain: Chain;
  readonly hasher: Hasher;
  /** A new one each time, in its genesis state. */
  readonly app: () => StateMachine;
  readonly store: LedgerReader;
  readonly certificates: CertificateChecker;
  /** Sequences of the snapshots at hand, ascending, and one of them. Throws `snapshot-damaged`. */
  readonly snapshots: readonly Sequence[];
  readonly snapshot: (sequence: Sequence) => SavedState;
  /** Told now and then. */
  readonly onProgress?: (sequence: Sequence, target: Sequence) => void;
}

export interface CertifiedState {
  readonly checkpoint: StoredCheckpoint;
  readonly state: CheckpointState;
  /** The snapshot that it was made from (0: the genesis), and how many slots were executed. */
  readonly base: Sequence;
  readonly executed: number;
}

/** Slots between two calls of `onProgress`. */
const PROGRESS_SLOTS = 512;

/** Sequences asked for at once. */
const PAGE = 256;

/** The certified checkpoints whose state can be made, ascending; 0, the genesis, is not among them. */
export async function certifiedCheckpoints(sources: StateSources): Promise<Sequence[]> {
  const { store, snapshots } = sources;
  const { first } = await store.summary();
  // Slots are pruned from below: from its first one on, history leads on from any snapshot, unless there is a gap.
  const lowest = first === 1 ? 0 : (snapshots.find((sequence) => sequence >= first - 1) ?? undefined);
  const out: Sequence[] = [];
  for (let from = 1; ; from = out.at(-1)! + 1) {
    const checkpoint = await store.checkpointFrom(from);
    if (checkpoint === undefined) break;
    out.push(checkpoint.sequence);
  }
  return out.filter(
    (sequence) => snapshots.includes(sequence) || (lowest !== undefined && sequence >= lowest),
  );
}

function impossible(sequence: Sequence, why: string): LockstepError {
  return new LockstepError('snapshot-damaged', `the state at checkpoint ${sequence} cannot be made: ${why}`);
}

async function replay(executor: Executor, sources: StateSources, target: Sequence): Promise<number> {
  const { store, hasher, onProgress } = sources;
  const digests = createBatchDigests(hasher);
  let executed = 0;
  while (executor.sequence < target) {
    const sequences = await store.slotsFrom(executor.sequence + 1, PAGE);
    for (const sequence of sequences.length === 0 ? [0] : sequences) {
      if (executor.sequence >= target) break;
      if (sequence !== executor.sequence + 1) {
        throw impossible(target, `slot ${executor.sequence + 1} is not in the history of this home`);
      }
      const slot = (await store.slot(sequence))!;
      const empty = slot.batchDigest === NULL_DIGEST;
      executor.execute(sequence, empty ? NULL_BATCH : digests.batchOf(slot.batchTimeMs, slot.transactions));
      executed++;
      if (executor.header !== toHex(slot.header)) {
        throw new LockstepError(
          'diverged',
          `slot ${sequence} executed again gives another ledger header than the history has: an application that is not ` +
            'deterministic, another version of it, or a damaged history (`lockstep verify` tells)',
        );
      }
      if (executed % PROGRESS_SLOTS === 0) onProgress?.(sequence, target);
    }
  }
  return executed;
}

/** Throws `snapshot-damaged` where the state is not to be had, `diverged` where it is not the certified one. */
export async function certifiedState(sources: StateSources, sequence: Sequence): Promise<CertifiedState> {
  const { chain, hasher, app, store, certificates, snapshots, snapshot } = sources;
  const checkpoint = await store.checkpointFrom(sequence);
  if (checkpoint?.sequence !== sequence) throw impossible(sequence, 'there is no certificate of it here');
  const verdict = certificates.check(checkpoint);
  if (typeof verdict === 'string') throw impossible(sequence, `its certificate does not hold: ${verdict}`);
  const executor = createExecutor({
    chain,
    hasher,
    app: app(),
    digests: createBatchDigests(hasher),
    verify: certificates.verify,
  });
  const base = snapshots.findLast((saved) => saved <= sequence) ?? 0;
  if (base > 0) {
    const { meta, chunks } = snapshot(base);
    executor.restore(base, meta, chunks);
  }
  const executed = await replay(executor, sources, sequence);
  const state = executor.checkpoint();
  if (state.digest !== checkpoint.digest) {
    const shown = `${state.digest.slice(0, 12)}… here, ${checkpoint.digest.slice(0, 12)}… certified`;
    throw new LockstepError(
      'diverged',
      `the state at checkpoint ${sequence} is not the certified one (${shown})`,
    );
  }
  return { checkpoint, state, base, executed };
}
