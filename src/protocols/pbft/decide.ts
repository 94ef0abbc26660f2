/**
 * What a new view must propose, computed from the VIEW-CHANGEs that it carries (TOCS 2002 §4.5.2, Fig. 4), with
 * q for 2f + 1. The primary and every backup compute it alike, so NEW-VIEW need not say it.
 *
 * Why it is safe. Suppose (d, v) committed at slot n: q replicas prepared it, so at least q − f honest ones have
 * in P an entry for n of view ≥ v, and by induction over the views between, that entry's digest is d.
 * Two quorums share an honest replica:
 * - B cannot choose null: q messages without an entry for n would include one of those honest replicas, unless
 *   its h ≥ n; and such a message does not count, since B asks for h < n.
 * - A cannot choose d' ≠ d. If v' ≤ v, A1's quorum would include an honest replica whose P holds (d, ≥ v). If
 *   v' > v, A2 asks for f + 1 replicas, one of them honest, that pre-prepared d' in a view ≥ v' > v, which the
 *   induction excludes: after v, only d was ever proposed for n in a view that honest replicas entered.
 * Nothing is lost below the chosen checkpoint s: f + 1 hold it, so an honest one can serve it.
 * Nothing is lost above s + window: a commit there needs q replicas whose h > s, which leaves fewer than q
 * messages with h ≤ s, and then s is not chosen.
 *
 * Why it is live. With the messages of all honest replicas at hand (at least n − f ≥ q), either some honest P
 * entry of the highest view satisfies A1, and A2 since q − f ≥ f + 1 honest replicas pre-prepared it no
 * earlier; or no honest replica prepared anything at n and B holds. Where two digests satisfy A, neither
 * committed; the later view and then the smaller digest is taken, so that all choose the same.
 */

import { type Digest, NULL_DIGEST, type Sequence } from '../../core/ids.ts';
import { quorumSize, weakQuorumSize } from '../../core/quorum.ts';
import type { CheckpointClaim, Claim, ViewChange } from './messages.ts';

export interface Decision {
  readonly checkpoint: CheckpointClaim;
  /** The digest of every slot above the checkpoint, in order and without gaps; NULL_DIGEST for null. */
  readonly digests: readonly Digest[];
}

/** Undefined where these messages do not decide yet: wait for more. */
export function decide(viewChanges: readonly ViewChange[], n: number, window: number): Decision | undefined {
  const checkpoint = chooseCheckpoint(viewChanges, n);
  if (checkpoint === undefined) return undefined;

  const prepared = viewChanges.map((m) => bySequence(m.prepared));
  const preprepared = viewChanges.map((m) => bySequence(m.preprepared));
  let last = checkpoint.sequence;
  for (const claims of prepared) for (const sequence of claims.keys()) last = Math.max(last, sequence);
  last = Math.min(last, checkpoint.sequence + window);

  const digests: Digest[] = [];
  for (let sequence = checkpoint.sequence + 1; sequence <= last; sequence++) {
    const choice = chooseDigest({ viewChanges, prepared, preprepared, n, sequence });
    if (choice === undefined) return undefined;
    digests.push(choice);
  }
  // A null at the end binds nobody: the new primary gives that sequence out anew.
  while (digests.at(-1) === NULL_DIGEST) digests.pop();
  return { checkpoint, digests };
}

/** The latest checkpoint that f + 1 hold and that q do not contradict by an h above it. */
function chooseCheckpoint(viewChanges: readonly ViewChange[], n: number): CheckpointClaim | undefined {
  let best: CheckpointClaim | undefined;
  for (const { checkpoints } of viewChanges) {
    for (const candidate of checkpoints) {
      if (best !== undefined && candidate.sequence <= best.sequence) continue;
      const notAbove = count(viewChanges, (m) => m.stable <= candidate.sequence);
      const holders = count(viewChanges, (m) =>
        m.checkpoints.some((c) => c.sequence === candidate.sequence && c.digest === candidate.digest),
      );
      if (notAbove >= quorumSize(n) && holders >= weakQuorumSize(n)) best = candidate;
    }
  }
  return best;
}

interface SlotQuestion {
  readonly viewChanges: readonly ViewChange[];
  readonly prepared: readonly ReadonlyMap<Sequence, readonly Claim[]>[];
  readonly preprepared: readonly ReadonlyMap<Sequence, readonly Claim[]>[];
  readonly n: number;
  readonly sequence: Sequence;
}

function chooseDigest(question: SlotQuestion): Digest | undefined {
  const { viewChanges, prepared, n, sequence } = question;
  let best: Claim | undefined;
  for (const claims of prepared) {
    const candidate = claims.get(sequence)?.[0];
    if (candidate === undefined || (best !== undefined && !later(candidate, best))) continue;
    if (conditionA1(question, candidate) && conditionA2(question, candidate)) best = candidate;
  }
  if (best !== undefined) return best.digest;
  // B: q replicas whose log still covers the slot prepared nothing there.
  const empty = count(viewChanges, (m, i) => m.stable < sequence && !prepared[i]!.has(sequence));
  return empty >= quorumSize(n) ? NULL_DIGEST : undefined;
}

/** A1: q replicas prepared nothing at the slot, or something earlier, or the same in the same view. */
function conditionA1({ viewChanges, prepared, n, sequence }: SlotQuestion, candidate: Claim): boolean {
  const agreeing = count(viewChanges, (m, i) => {
    if (m.stable >= sequence) return false;
    const own = prepared[i]!.get(sequence)?.[0];
    if (own === undefined || own.view < candidate.view) return true;
    return own.view === candidate.view && own.digest === candidate.digest;
  });
  return agreeing >= quorumSize(n);
}

/** A2: f + 1 replicas pre-prepared the digest in that view or later, so an honest one vouches for it. */
function conditionA2({ viewChanges, preprepared, n, sequence }: SlotQuestion, candidate: Claim): boolean {
  const vouching = count(
    viewChanges,
    (_, i) =>
      preprepared[i]!.get(sequence)?.some((c) => c.digest === candidate.digest && c.view >= candidate.view) ??
      false,
  );
  return vouching >= weakQuorumSize(n);
}

function later(a: Claim, b: Claim): boolean {
  return a.view > b.view || (a.view === b.view && a.digest < b.digest);
}

function count<T>(items: readonly T[], test: (item: T, index: number) => boolean): number {
  let total = 0;
  for (let i = 0; i < items.length; i++) if (test(items[i]!, i)) total++;
  return total;
}

function bySequence(claims: readonly Claim[]): Map<Sequence, Claim[]> {
  const map = new Map<Sequence, Claim[]>();
  for (const claim of claims) {
    const list = map.get(claim.sequence);
    if (list === undefined) map.set(claim.sequence, [claim]);
    else list.push(claim);
  }
  return map;
}

/** Whether an honest replica could have sent this: else its claims are not even counted. */
export function wellFormed(m: ViewChange, checkpointInterval: number): boolean {
  const seen = new Set<Sequence>();
  for (const c of m.prepared) {
    if (c.sequence <= m.stable || c.view >= m.view || seen.has(c.sequence)) return false;
    seen.add(c.sequence);
  }
  const pairs = new Set<string>();
  for (const c of m.preprepared) {
    const pair = `${c.sequence}:${c.digest}`;
    if (c.sequence <= m.stable || c.view >= m.view || pairs.has(pair)) return false;
    pairs.add(pair);
  }
  let holdsStable = false;
  const points = new Set<Sequence>();
  for (const c of m.checkpoints) {
    if (c.sequence < m.stable || c.sequence % checkpointInterval !== 0 || points.has(c.sequence))
      return false;
    points.add(c.sequence);
    if (c.sequence === m.stable) holdsStable = true;
  }
  return holdsStable;
}
