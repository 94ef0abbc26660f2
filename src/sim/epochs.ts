/**
 * What a simulated node knows of the chain of validator sets: each set but the first is proven by the last checkpoint of
 * the epoch before it, which a quorum of that epoch's validators signed (`replica/epochs.ts` is the same with bytes).
 */

import type { Epoch, ReplicaId } from '../core/ids.ts';
import type { AnyMessage, Attested, Protocol, ProtocolParameters } from '../core/machine.ts';
import type { ValidatorSet } from '../core/membership.ts';
import { quorumSize } from '../core/quorum.ts';
import { authentic, type LedgerEntry } from './ledger.ts';
import type { SymbolicVerifier } from './symbolic.ts';

/** The state at the boundary, of which a receiver reads the next set and no more, and who signed it. */
export interface EpochProof {
  readonly state: LedgerEntry;
  readonly votes: readonly Attested[];
}

/** How many of n certify a checkpoint. */
export function certifiersOf(
  { byzantine, quorum }: Pick<Protocol<AnyMessage, AnyMessage>, 'byzantine' | 'quorum'>,
  n: number,
  parameters: ProtocolParameters,
): number {
  const own = quorum?.({ n, auth: 'ed25519', parameters }).quorum;
  return own ?? (byzantine ? quorumSize(n) : Math.floor(n / 2) + 1);
}

export const provenSet = ({ state }: EpochProof): ValidatorSet => state.sets!.membership.pending!.set;

export class EpochChain {
  readonly #genesis: ValidatorSet;
  readonly #verifier: SymbolicVerifier;
  readonly #quorum: (n: number) => number;
  /** On the disk, oldest first. */
  readonly #proofs: EpochProof[];

  constructor(
    genesis: ValidatorSet,
    verifier: SymbolicVerifier,
    quorum: (n: number) => number,
    proofs: EpochProof[],
  ) {
    this.#genesis = genesis;
    this.#verifier = verifier;
    this.#quorum = quorum;
    this.#proofs = proofs;
  }

  get latest(): ValidatorSet {
    const newest = this.#proofs.at(-1);
    return newest === undefined ? this.#genesis : provenSet(newest);
  }

  setOf(epoch: Epoch): ValidatorSet | undefined {
    if (epoch === 0) return this.#genesis;
    const proof = this.#proofs[epoch - 1];
    return proof && provenSet(proof);
  }

  proofOf(epoch: Epoch): EpochProof | undefined {
    return this.#proofs[epoch - 1];
  }

  after(epoch: Epoch): readonly EpochProof[] {
    return this.#proofs.slice(epoch);
  }

  /** Takes the next epoch's proof where it holds; whether it did. */
  add(proof: EpochProof): boolean {
    const next = this.latest.epoch + 1;
    if (!authentic(proof.state) || proof.state.sets?.membership.pending?.set.epoch !== next) return false;
    if (!this.#holds(proof)) return false;
    this.#proofs.push(proof);
    return true;
  }

  /** The same for a certificate that our own machine gathered. */
  keep(proof: EpochProof): void {
    if (provenSet(proof).epoch === this.latest.epoch + 1) this.#proofs.push(proof);
  }

  #holds({ state, votes }: EpochProof): boolean {
    const { epoch, members } = this.latest;
    const signers = new Set<ReplicaId>();
    for (const vote of votes) {
      const message = vote.message as AnyMessage & { sequence?: number; digest?: string };
      if (message.type !== 'checkpoint' || vote.from >= members.length) return false;
      if (message.sequence !== state.sequence || message.digest !== state.digest) return false;
      if (!this.#verifier.verify(vote, undefined, epoch)) return false;
      signers.add(vote.from);
    }
    return signers.size >= this.#quorum(members.length);
  }
}
