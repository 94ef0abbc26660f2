/** All honest votes of a run, by round, as nobody inside it sees them: which block of a round may have a quorum. */

import type { ReplicaId } from '../core/ids.ts';
import { quorumSize } from '../core/quorum.ts';
import type { Beginning } from './subject.ts';

interface Candidate<H> {
  readonly header: H;
  readonly voters: Set<ReplicaId>;
}

export class Ballots<H extends { readonly round: number }> {
  readonly #quorum: number;
  readonly #same: (a: H, b: H) => boolean;
  readonly #liars: number;
  readonly #rounds = new Map<number, Candidate<H>[]>();

  /** Whoever is not honest may have voted for anything. */
  constructor({ n, honest }: Beginning, same: (a: H, b: H) => boolean) {
    this.#liars = n - honest.size;
    this.#quorum = quorumSize(n);
    this.#same = same;
  }

  /** An honest vote. Whether it gives the block a quorum, as if every liar had voted for it as well; said once. */
  vote(replica: ReplicaId, header: H): boolean {
    let candidates = this.#rounds.get(header.round);
    if (candidates === undefined) {
      candidates = [];
      this.#rounds.set(header.round, candidates);
    }
    let candidate = candidates.find((one) => this.#same(one.header, header));
    if (candidate === undefined) {
      candidate = { header, voters: new Set() };
      candidates.push(candidate);
    }
    if (candidate.voters.has(replica)) return false;
    candidate.voters.add(replica);
    return candidate.voters.size + this.#liars === this.#quorum;
  }
}
