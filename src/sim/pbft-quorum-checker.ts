/**
 * What a replica believes for good must be backed by as many as the protocol asks for: nobody honest executes a batch
 * that no quorum committed, holds a checkpoint that no quorum signed, or enters a view that no quorum asked for. A
 * replica that counts wrongly is caught at its first wrong count, long before two of them disagree.
 */

import type { Batch } from '../core/batch.ts';
import type { Digest, ReplicaId, Sequence, View } from '../core/ids.ts';
import type { Attested } from '../core/machine.ts';
import { quorumSize } from '../core/quorum.ts';
import { decide } from '../protocols/pbft/decide.ts';
import type { NewView, PbftMessage, PbftRecord } from '../protocols/pbft/messages.ts';
import { messages } from '../protocols/pbft/messages.ts';
import { type Observer, Violation } from './observer.ts';
import { SymbolicVerifier } from './symbolic.ts';

/** Honest replicas behind one digest at one slot, as bits, by view. */
interface Backing {
  readonly prepared: Map<View, number>;
  readonly committed: Map<View, number>;
}

export class PbftQuorumChecker implements Observer<PbftMessage, PbftRecord> {
  readonly #n: number;
  readonly #quorum: number;
  readonly #honest = new Set<ReplicaId>();
  readonly #backing = new Map<Sequence, Map<Digest, Backing>>();
  readonly #verifier = new SymbolicVerifier(messages);

  /** `n`: replicas of the cluster. Those that never start as honest ones may have voted for anything. */
  constructor(n: number) {
    this.#n = n;
    this.#quorum = quorumSize(n);
  }

  restarted(replica: ReplicaId): void {
    this.#honest.add(replica);
  }

  persisted(replica: ReplicaId, record: PbftRecord): void {
    switch (record.type) {
      case 'pre-prepare':
        return vote(this.#of(record.sequence, record.digest).prepared, record.view, replica);
      case 'prepared':
        // Its COMMIT may be held back for the fast path, and after a restart count for its sender alone.
        return vote(this.#of(record.sequence, record.digest).committed, record.view, replica);
      case 'stable':
        return this.#certified(replica, record);
      case 'attested':
        if (record.attested.message.type !== 'new-view') return;
        return this.#opened(replica, record.attested as Attested<NewView>);
      default:
        return;
    }
  }

  executed(replica: ReplicaId, sequence: Sequence, view: View, batch: Batch): void {
    const liars = this.#n - this.#honest.size;
    const { prepared, committed } = this.#of(sequence, batch.digest);
    for (const voters of committed.values()) if (bits(voters) + liars >= this.#quorum) return;
    for (const voters of prepared.values()) if (bits(voters) + liars >= this.#n) return;
    throw new Violation(
      'quorum',
      `replica ${replica} executed ${batch.digest.slice(0, 8)} at sequence ${sequence} in view ${view}, which no quorum committed`,
    );
  }

  #of(sequence: Sequence, digest: Digest): Backing {
    let slot = this.#backing.get(sequence);
    if (slot === undefined) {
      slot = new Map();
      this.#backing.set(sequence, slot);
    }
    let backing = slot.get(digest);
    if (backing === undefined) {
      backing = { prepared: new Map(), committed: new Map() };
      slot.set(digest, backing);
    }
    return backing;
  }

  #certified(replica: ReplicaId, record: Extract<PbftRecord, { type: 'stable' }>): void {
    const { sequence, digest, certificate } = record;
    const signers = new Set<ReplicaId>();
    for (const attested of certificate) {
      const { from, message } = attested;
      if (message.type !== 'checkpoint' || message.sequence !== sequence || message.digest !== digest)
        continue;
      if (this.#verifier.verify(attested)) signers.add(from);
    }
    if (signers.size >= this.#quorum) return;
    throw new Violation(
      'quorum',
      `replica ${replica} holds checkpoint ${sequence} for stable, which ${signers.size} signed`,
    );
  }

  #opened(replica: ReplicaId, attested: Attested<NewView>): void {
    const { view, viewChanges } = attested.message;
    const senders = new Set<ReplicaId>();
    for (const vc of viewChanges)
      if (vc.message.view === view && this.#verifier.verify(vc)) senders.add(vc.from);
    if (senders.size >= this.#quorum && senders.size === viewChanges.length) {
      if (attested.from === replica) this.#assigned(replica, attested.message);
      return;
    }
    throw new Violation(
      'quorum',
      `replica ${replica} entered view ${view}, which ${senders.size} of ${viewChanges.length} asked for`,
    );
  }

  /** A primary's NEW-VIEW in its log is its word for all that it assigns: it restarts on it, if it has to. */
  #assigned(replica: ReplicaId, { view, viewChanges }: NewView): void {
    const decision = decide(
      viewChanges.map(({ message }) => message),
      this.#n,
    );
    for (const [i, digest] of decision?.digests.entries() ?? []) {
      vote(this.#of(decision!.checkpoint.sequence + 1 + i, digest).prepared, view, replica);
    }
  }
}

function vote(votes: Map<View, number>, view: View, replica: ReplicaId): void {
  votes.set(view, (votes.get(view) ?? 0) | (1 << replica));
}

/** Replicas in a set; runs have far fewer than 31. */
function bits(set: number): number {
  let count = 0;
  for (let rest = set; rest !== 0; rest &= rest - 1) count++;
  return count;
}
