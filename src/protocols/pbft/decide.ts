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
 * A null that prepared is a digest like any other: it may have committed, so it is proposed again.
 * Nothing is lost below the chosen checkpoint s: f + 1 hold it, so an honest replica executed up to it.
 * Nothing is lost above the last digest chosen by A: there, B holds. The claims are not cut off at s + window, since
 * a commit may stand above it: its voters may have worked from a later checkpoint that these messages do not show.
 *
 * Which checkpoint. The paper starts from the latest that f + 1 hold and that q messages do not contradict by an h
 * above it, and lets replicas behind it fetch its state on f + 1 claims. Here state is fetched on q signatures only, so
 * a start from one that only f + 1 hold would leave the others behind it for good. The earliest checkpoint from which
 * everything can be decided is taken instead: slots above it are agreed on anew, which the argument above covers,
 * as it speaks of each slot alone.
 *
 * Why it is live. With the messages of all honest replicas at hand (at least n − f ≥ q), take the latest h of an
 * honest one: q replicas signed that checkpoint, f + 1 of them honest, so they hold it, and all honest h are at
 * or below it. For a slot above it either some honest P entry of the highest view satisfies A1, and A2 since
 * q − f ≥ f + 1 honest replicas pre-prepared it no earlier; or no honest replica prepared anything and B holds.
 * Where two digests satisfy A, neither committed; the later view and then the smaller digest is taken, so that
 * all choose the same.
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
export function decide(viewChanges: readonly ViewChange[], n: number): Decision | undefined {
  const prepared = viewChanges.map((m) => bySequence(m.prepared));
  const preprepared = viewChanges.map((m) => bySequence(m.preprepared));
  for (const checkpoint of possibleCheckpoints(viewChanges, n)) {
    const digests = chooseDigests({ viewChanges, prepared, preprepared, n }, checkpoint.sequence);
    if (digests !== undefined) return { checkpoint, digests };
  }
  return undefined;
}

/** Checkpoints that f + 1 hold and that q do not contradict by an h above them, the earliest first. */
function possibleCheckpoints(viewChanges: readonly ViewChange[], n: number): CheckpointClaim[] {
  const possible = new Map<string, CheckpointClaim>();
  for (const { checkpoints } of viewChanges) {
    for (const candidate of checkpoints) {
      const key = `${candidate.sequence}:${candidate.digest}`;
      if (possible.has(key)) continue;
      const notAbove = count(viewChanges, (m) => m.stable <= candidate.sequence);
      const holders = count(viewChanges, (m) =>
        m.checkpoints.some((c) => c.sequence === candidate.sequence && c.digest === candidate.digest),
      );
      if (notAbove >= quorumSize(n) && holders >= weakQuorumSize(n)) possible.set(key, candidate);
    }
  }
  return [...possible.values()].sort((a, b) => a.sequence - b.sequence || (a.digest < b.digest ? -1 : 1));
}

interface Claims {
  readonly viewChanges: readonly ViewChange[];
  readonly prepared: readonly ReadonlyMap<Sequence, readonly Claim[]>[];
  readonly preprepared: readonly ReadonlyMap<Sequence, readonly Claim[]>[];
  readonly n: number;
}

/** The digests from `after` + 1 on. Where nobody claims anything, B holds: q messages speak of those slots. */
function chooseDigests(claims: Claims, after: Sequence): Digest[] | undefined {
  const claimed = new Set<Sequence>();
  for (const map of claims.prepared)
    for (const sequence of map.keys()) if (sequence > after) claimed.add(sequence);
  const digests: Digest[] = [];
  for (const sequence of [...claimed].sort((a, b) => a - b)) {
    const question = { ...claims, sequence };
    const digest = chooseClaimed(question);
    // A null that B chose binds nobody unless something follows it: the primary gives that sequence out anew.
    if (digest === undefined && !conditionB(question)) return undefined;
    if (digest === undefined) continue;
    while (digests.length < sequence - after - 1) digests.push(NULL_DIGEST);
    digests.push(digest);
  }
  return digests;
}

interface SlotQuestion extends Claims {
  readonly sequence: Sequence;
}

function chooseClaimed(question: SlotQuestion): Digest | undefined {
  let best: Claim | undefined;
  for (const claims of question.prepared) {
    const candidate = claims.get(question.sequence)?.[0];
    if (candidate === undefined || (best !== undefined && !later(candidate, best))) continue;
    if (conditionA1(question, candidate) && conditionA2(question, candidate)) best = candidate;
  }
  return best?.digest;
}

/** B: q replicas whose log still covers the slot prepared nothing there. */
function conditionB({ viewChanges, prepared, n, sequence }: SlotQuestion): boolean {
  return count(viewChanges, (m, i) => m.stable < sequence && !prepared[i]!.has(sequence)) >= quorumSize(n);
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
