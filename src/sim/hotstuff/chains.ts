/**
 * What is certified and what commits, worked out from all honest votes as nobody inside can: no round has two certified
 * blocks, nobody honest takes for certified what no quorum voted for, and nothing executes but what the rules commit.
 */

import type { Batch } from '../../core/batch.ts';
import { type Digest, NULL_DIGEST, type ReplicaId, type Sequence, type View } from '../../core/ids.ts';
import type { Attested, Machine } from '../../core/machine.ts';
import { sameHeader } from '../../protocols/hotstuff/chain.ts';
import { rulesOf } from '../../protocols/hotstuff/hotstuff.ts';
import type { HotstuffMessage, HotstuffRecord } from '../../protocols/hotstuff/messages.ts';
import type { Header, Round, Rules } from '../../protocols/hotstuff/rules.ts';
import { Ballots } from '../ballots.ts';
import { type Observer, Violation } from '../observer.ts';
import type { Beginning } from '../subject.ts';
import { stateOf } from './kit.ts';

/** The block that an epoch begins with is certified by agreement. */
export const genesisOf = ({ base }: Beginning): Header => ({
  round: 0,
  parent: 0,
  sequence: base,
  digest: NULL_DIGEST,
});

export class HotstuffChainChecker implements Observer<HotstuffMessage, HotstuffRecord> {
  readonly #ballots: Ballots<Header>;
  readonly #certified: Map<Round, Header>;
  readonly #committed = new Map<Sequence, Digest>();
  /** Rounds whose block is committed, so that nobody walks below them again. */
  readonly #settled = new Set<Round>([0]);
  #rules: Rules | undefined;

  constructor(beginning: Beginning) {
    this.#ballots = new Ballots(beginning, sameHeader);
    this.#certified = new Map([[0, genesisOf(beginning)]]);
  }

  restarted(_replica: ReplicaId, machine: Machine<HotstuffMessage, HotstuffRecord>): void {
    this.#rules ??= rulesOf(stateOf(machine).config);
  }

  attested(replica: ReplicaId, { message }: Attested<HotstuffMessage>): void {
    if (message.type === 'vote' && this.#ballots.vote(replica, message)) this.#certify(message);
  }

  #certify(header: Header): void {
    const { round } = header;
    if (this.#certified.has(round))
      throw new Violation('chain', `two blocks of round ${round} are certified`);
    this.#certified.set(round, header);
    const rules = this.#rules!;
    for (let at = round; at <= round + rules.depth; at++) {
      const head = this.#certified.get(at);
      const block = head && rules.committedBy(head, (below) => this.#certified.get(below));
      if (block !== undefined) this.#commit(block);
    }
  }

  #commit(block: Header): void {
    for (let at: Header | undefined = block; at !== undefined && !this.#settled.has(at.round); ) {
      this.#settled.add(at.round);
      if (at.digest !== NULL_DIGEST) {
        if (this.#committed.has(at.sequence))
          throw new Violation('chain', `two batches commit at ${at.sequence} by the rules`);
        this.#committed.set(at.sequence, at.digest);
      }
      at = this.#certified.get(at.parent);
    }
  }

  persisted(replica: ReplicaId, record: HotstuffRecord): void {
    if (record.type !== 'certified') return;
    const { round } = record.header;
    const known = this.#certified.get(round);
    if (known !== undefined && sameHeader(known, record.header)) return;
    const what = `takes a block of round ${round} for certified that no quorum voted for`;
    throw new Violation('chain', `replica ${replica} ${what}`);
  }

  executed(replica: ReplicaId, sequence: Sequence, view: View, batch: Batch): void {
    const digest = this.#committed.get(sequence);
    if (digest === batch.digest) return;
    const what = digest === undefined ? 'that nothing commits' : 'where another commits';
    throw new Violation(
      'chain',
      `replica ${replica} executed a batch at ${sequence} in view ${view} ${what}`,
    );
  }
}
