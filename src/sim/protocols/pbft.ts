/** PBFT under attack. */

import type { Machine } from '../../core/machine.ts';
import type { PbftMessage, PbftRecord } from '../../protocols/pbft/messages.ts';
import { pbft } from '../../protocols/pbft/pbft.ts';
import { type PbftParts, stateOf } from '../bug-kit.ts';
import { bugs as catchingUp } from '../bugs/catching-up.ts';
import { bugs as checkpoints } from '../bugs/checkpoints.ts';
import { bugs as classicMemory } from '../bugs/classic-memory.ts';
import { bugs as classicRules } from '../bugs/classic-rules.ts';
import { bugs as classicViews } from '../bugs/classic-views.ts';
import { bugs as classicVotes } from '../bugs/classic-votes.ts';
import { bugs as decisions } from '../bugs/decisions.ts';
import { bugs as fastPath } from '../bugs/fast-path.ts';
import { bugs as pacing } from '../bugs/pacing.ts';
import { bugs as promises } from '../bugs/promises.ts';
import { bugs as quorums } from '../bugs/quorums.ts';
import { bugs as restarts } from '../bugs/restarts.ts';
import { bugs as sets } from '../bugs/sets.ts';
import { bugs as viewChanges } from '../bugs/view-changes.ts';
import { bugs as votes } from '../bugs/votes.ts';
import { bugs as watermarks } from '../bugs/watermarks.ts';
import { conspiracy } from '../collusion.ts';
import { DRIVER_PARTS } from '../parts.ts';
import { PbftBoundsChecker } from '../pbft-bounds-checker.ts';
import { PbftChecker } from '../pbft-checker.ts';
import { PbftChoiceChecker } from '../pbft-choice-checker.ts';
import { PbftCommitChecker } from '../pbft-commit-checker.ts';
import { PbftQuorumChecker } from '../pbft-quorum-checker.ts';
import { ALL_PBFT_TACTICS } from '../pbft-tactics.ts';
import type { Subject } from '../subject.ts';

/** All parts as they should be. */
export const PBFT_PARTS: PbftParts = { ...DRIVER_PARTS, protocol: pbft };

export const PBFT: Subject<PbftMessage, PbftRecord> = {
  parts: PBFT_PARTS,
  tactics: ALL_PBFT_TACTICS,
  conspire: (n, liars, seed) => conspiracy(n, liars, seed).adversary,
  checkers: ({ n }) => [
    new PbftChecker(),
    new PbftCommitChecker(),
    new PbftQuorumChecker(n),
    new PbftChoiceChecker(n),
    new PbftBoundsChecker(),
  ],
  bugs: [
    ...quorums,
    ...votes,
    ...watermarks,
    ...viewChanges,
    ...classicVotes,
    ...classicRules,
    ...classicViews,
    ...classicMemory,
    ...sets,
    ...decisions,
    ...promises,
    ...fastPath,
    ...restarts,
    ...catchingUp,
    ...checkpoints,
    ...pacing,
  ],
  sets: true,
  growsPatience: true,
  situation,
  // Slots of two windows with their votes, claims, and what it keeps per peer.
  entriesAllowed: (n) => 32 * (10 + 3 * n) * 4 + n * n * 400,
};

function situation(machine: Machine<PbftMessage, PbftRecord>): number {
  const s = stateOf(machine);
  let key = s.active ? 1 : 0;
  if (s.isPrimary) key |= 2;
  if (s.view > 0) key |= 4;
  if (s.newViewSent) key |= 8;
  if (s.newViewDeadlineMs >= 0) key |= 16;
  if (s.held.size > 0) key |= 32;
  if (s.wanted.size > 0) key |= 64;
  if (s.pendingCertificate !== undefined) key |= 128;
  if (s.transferring >= 0) key |= 256;
  if (s.demandSinceMs >= 0) key |= 512;
  if (s.failedViews > 1) key |= 1024;
  if (s.low > s.stable) key |= 2048;
  if (s.highestSeen > s.delivered) key |= 4096;
  if (s.stable > 0) key |= 8192;
  return key;
}
