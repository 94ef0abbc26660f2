/** What is final, and in which order it executes. */

import { type Block, sameBlock } from './block.ts';
import type { Header, Height } from './messages.ts';
import { noteDelay } from './rounds.ts';
import type { State } from './state.ts';
import { forgetVotes, wantBatch } from './vote.ts';

/** The block and all before it are final. */
export function finalise(s: State, block: Block): void {
  if (block.height <= s.final.height) return;
  for (const each of chainTo(s, block, s.final.height)) noteDelay(s, each);
  s.final = block;
  deliverReady(s);
  prune(s);
}

/** The blocks of the chain that ends in `block`, above a height, lowest first, as far down as we have them. */
function chainTo(s: State, block: Block, above: number): Block[] {
  const chain: Block[] = [];
  for (let at: Block | undefined = block; at !== undefined && at.height > above; ) {
    chain.push(at);
    at = at.round === 0 ? undefined : s.notarised.get(at.parent);
  }
  return chain.reverse();
}

/** Hands final batches to execution, in order and without gaps. */
export function deliverReady(s: State): void {
  const chain: Block[] = [];
  let at: Block | undefined = s.final;
  while (at !== undefined && at.sequence > s.delivered) {
    chain.push(at);
    at = s.notarised.get(at.parent);
  }
  // Of the block with the next slot's batch we need no parent.
  const lowest = chain.at(-1);
  if (lowest === undefined || lowest.sequence > s.delivered + 1 || !(lowest.hasBatch || at)) return;
  for (const block of chain.reverse()) {
    if (s.ended || block.sequence > s.delivered + s.config.window) return;
    if (!block.hasBatch) continue;
    wantBatch(s, block);
    const batch = s.batchOf(block.sequence, block.digest);
    // Those after it are asked for together with it.
    if (batch === undefined || block.sequence > s.delivered + 1) continue;
    s.delivered = block.sequence;
    s.lastProgressMs = s.nowMs;
    s.relayed = false;
    s.nudged = false;
    s.heartbeatMs = 0;
    s.claimed = s.claimed.filter((claim) => !sameBlock(claim, block));
    s.logBatch(block.sequence, block.digest);
    s.out.push({ kind: 'deliver', sequence: block.sequence, view: block.round, batch, fast: false });
  }
}

/**
 * The height below which blocks that we need are missing here; 0: none. What is not executed must be found down to the
 * last executed block, whose round may be the first of three.
 */
export function gapHeight(s: State): Height {
  for (const end of [s.final, s.tip]) {
    for (let at = end; at.sequence > s.delivered; ) {
      const parent = s.notarised.get(at.parent);
      if (parent === undefined) return at.height;
      at = parent;
    }
  }
  return 0;
}

/** Forgets what can no longer matter: rounds before the final block, and what others fetch as a state. */
export function prune(s: State): void {
  for (const round of s.votes.keys()) if (s.settled(round)) forgetVotes(s, round);
  for (const [round, block] of s.notarised) {
    // The final block, its parent and those above decide what else becomes final; those below are history for others.
    if (block.height < s.final.height - 1 && block.sequence <= s.stable) s.notarised.delete(round);
  }
  for (const round of s.wanted.keys()) if (!s.notarised.has(round)) s.wanted.delete(round);
}

/**
 * Batches that we proposed or voted for and that the longest chain has left out are free to be proposed again. A block
 * whose round has only just ended may still be notarised; but not to any end, where its slot is executed with another one.
 */
export function releaseClaims(s: State): void {
  if (s.claimed.length === 0) return;
  const chain: Block[] = [];
  let at: Block | undefined = s.tip;
  while (at !== undefined && at.sequence > s.delivered) {
    chain.push(at);
    at = s.notarised.get(at.parent);
  }
  const open = (claim: Header) =>
    claim.sequence > s.delivered && claim.round > s.tip.round && claim.round + 1 >= s.round;
  const carried = s.claimed.filter((claim) => open(claim) || chain.some((block) => sameBlock(block, claim)));
  if (carried.length === s.claimed.length) return;
  s.claimed = carried;
  s.out.push({ kind: 'view', view: s.round, active: true });
  for (const { sequence, digest } of carried) {
    const batch = s.batchOf(sequence, digest);
    if (batch !== undefined) s.out.push({ kind: 'pending', batch });
  }
}
