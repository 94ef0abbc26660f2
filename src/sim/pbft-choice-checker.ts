/**
 * What a new view may choose, by what could have committed and not by the rule that chooses. Whoever votes in a view has
 * seen the VIEW-CHANGEs that opened it. As far as these tell, with any f of their senders taken for liars and those that are
 * not among them having said anything, a batch may have committed at a slot in an earlier view: then no honest replica
 * votes for another one there. Whether it did commit does not matter, so that a wrong choice is seen wherever it could have
 * cost something, and not only where it did.
 *
 * A batch d may have committed in view v if, for some f senders as the liars, the others' claims are such as honest
 * replicas make after that: no Q claim for another digest later than v (`decide.ts` argues by induction on the views
 * between); and there are enough voters, of those with a fitting claim, those that have the slot below their stable
 * checkpoint, the liars, and all that are not heard:
 * - with COMMITs: q whose P claim is for d, of v or later, and q with such a Q claim;
 * - without: all n with a Q claim for d, of v or later, hence none for another digest of v itself either.
 */

import type { Digest, ReplicaId, Sequence, View } from '../core/ids.ts';
import { maxFaulty, quorumSize } from '../core/quorum.ts';
import type { Claim, NewView, PbftMessage, PbftRecord, ViewChange } from '../protocols/pbft/messages.ts';
import { type Observer, Violation } from './observer.ts';

/** Per slot, what may have committed there. */
type Possible = ReadonlyMap<Sequence, ReadonlySet<Digest>>;

export class PbftChoiceChecker implements Observer<PbftMessage, PbftRecord> {
  readonly #n: number;
  /** By the view that a replica is in. */
  readonly #entered = new Map<ReplicaId, { readonly view: View; readonly possible: Possible }>();
  readonly #known = new WeakMap<NewView, Possible>();

  constructor(n: number) {
    this.#n = n;
  }

  persisted(replica: ReplicaId, record: PbftRecord): void {
    if (record.type === 'attested' && record.attested.message.type === 'new-view') {
      const { message } = record.attested;
      this.#entered.set(replica, { view: message.view, possible: this.#of(message) });
    }
    if (record.type !== 'pre-prepare') return;
    const entered = this.#entered.get(replica);
    if (entered?.view !== record.view) return;
    for (const digest of entered.possible.get(record.sequence) ?? []) {
      if (digest === record.digest) continue;
      throw new Violation(
        'choice',
        `replica ${replica} votes for ${record.digest.slice(0, 8)} at sequence ${record.sequence} in view ` +
          `${record.view}, where ${digest.slice(0, 8)} may have committed by all that it was shown`,
      );
    }
  }

  #of(message: NewView): Possible {
    let possible = this.#known.get(message);
    if (possible === undefined) {
      possible = mayHaveCommitted(
        message.viewChanges.map((vc) => vc.message),
        this.#n,
      );
      this.#known.set(message, possible);
    }
    return possible;
  }
}

/** What may have committed in an earlier view, as far as these VIEW-CHANGEs of different replicas tell. */
export function mayHaveCommitted(viewChanges: readonly ViewChange[], n: number): Possible {
  const sequences = new Set<Sequence>();
  for (const { prepared, preprepared } of viewChanges) {
    for (const { sequence } of prepared) sequences.add(sequence);
    for (const { sequence } of preprepared) sequences.add(sequence);
  }
  const possible = new Map<Sequence, ReadonlySet<Digest>>();
  for (const sequence of sequences) {
    const digests = possibleAt(viewChanges, n, sequence);
    if (digests.size > 0) possible.set(sequence, digests);
  }
  return possible;
}

/** What one sender says of the slot; undefined: it lies below its stable checkpoint. */
interface Word {
  readonly prepared: Claim | undefined;
  readonly preprepared: readonly Claim[];
}

function possibleAt(viewChanges: readonly ViewChange[], n: number, sequence: Sequence): Set<Digest> {
  const here = (claim: Claim): boolean => claim.sequence === sequence;
  const words = viewChanges.map((m): Word | undefined =>
    m.stable >= sequence
      ? undefined
      : { prepared: m.prepared.find(here), preprepared: m.preprepared.filter(here) },
  );
  const claims = words.flatMap((word) =>
    word === undefined ? [] : [...word.preprepared, ...(word.prepared === undefined ? [] : [word.prepared])],
  );
  const views = new Set(claims.map(({ view }) => view));
  const possible = new Set<Digest>();
  for (const digest of new Set(claims.map((claim) => claim.digest))) {
    const fits = [...views].some((view) =>
      someLiars(words.length, Math.min(maxFaulty(n), words.length), (liars) => {
        const honest = words.filter((_, i) => (liars & (1 << i)) === 0);
        return byCommits(honest, n, digest, view) || byPrepares(honest, digest, view);
      }),
    );
    if (fits) possible.add(digest);
  }
  return possible;
}

/** `honest`: what they say; everybody else may have voted for it. */
function byCommits(honest: readonly (Word | undefined)[], n: number, digest: Digest, view: View): boolean {
  let committers = n - honest.length;
  let preparers = committers;
  for (const word of honest) {
    if (word === undefined) {
      committers++;
      preparers++;
      continue;
    }
    const { prepared, preprepared } = word;
    if (preprepared.some((q) => q.digest !== digest && q.view > view)) return false;
    if (prepared !== undefined && prepared.digest === digest && prepared.view >= view) committers++;
    if (preprepared.some((q) => q.digest === digest && q.view >= view)) preparers++;
  }
  return committers >= quorumSize(n) && preparers >= quorumSize(n);
}

function byPrepares(honest: readonly (Word | undefined)[], digest: Digest, view: View): boolean {
  let said = false;
  for (const word of honest) {
    if (word === undefined) continue;
    if (word.preprepared.some((q) => q.digest !== digest && q.view >= view)) return false;
    if (!word.preprepared.some((q) => q.digest === digest && q.view >= view)) return false;
    said = true;
  }
  return said;
}

/** Whether the test holds for any `size` of `of`, as bits. */
function someLiars(of: number, size: number, test: (liars: number) => boolean, from = 0, taken = 0): boolean {
  if (size === 0) return test(taken);
  for (let i = from; i <= of - size; i++)
    if (someLiars(of, size - 1, test, i + 1, taken | (1 << i))) return true;
  return false;
}
