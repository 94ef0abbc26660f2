/** Streamlet under attack. */

import type { Machine } from '../../core/machine.ts';
import type { StreamletMessage, StreamletRecord } from '../../protocols/streamlet/messages.ts';
import type { State } from '../../protocols/streamlet/state.ts';
import { streamlet } from '../../protocols/streamlet/streamlet.ts';
import { bugs } from '../bugs/streamlet.ts';
import { DRIVER_PARTS } from '../parts.ts';
import { StreamletChainChecker } from '../streamlet-chains.ts';
import { StreamletChecker } from '../streamlet-checker.ts';
import { STREAMLET_TACTICS } from '../streamlet-tactics.ts';
import type { Subject } from '../subject.ts';

export const STREAMLET: Subject<StreamletMessage, StreamletRecord> = {
  parts: { ...DRIVER_PARTS, protocol: streamlet },
  tactics: STREAMLET_TACTICS,
  checkers: (beginning) => [new StreamletChecker(), new StreamletChainChecker(beginning)],
  sets: true,
  // Who comes from rest takes most of a round to be over, and a leader whose round before is not over yet proposes in it
  // all the same: rounds begin up to two message delays apart. To wait for it would cost more than the turn.
  missesTurns: true,
  bugs,
  situation,
  // Most mistakes show in something short, and a million scenarios are to be had in an hour.
  profiles: { brief: { weight: 50 } },
  // Open votes of every peer; blocks of a window and of rounds that nothing came of, with q votes each.
  entriesAllowed: (n) => n * 128 * (n + 2) + 400 * (2 * n + 10) + n * 200,
  // Derived in two of three scenarios; else as long as a commit takes, or ample.
  parameters: (random) => ({ roundMs: random.pick([0, 0, 0, 0, 8, 25]) }),
};

function situation(machine: Machine<StreamletMessage, StreamletRecord>): number {
  const { s } = machine as unknown as { s: State };
  let key = s.leader === s.self ? 1 : 0;
  if (s.proposedRound === s.round) key |= 2;
  if (s.votedRound === s.round) key |= 4;
  if (s.notarised.has(s.round)) key |= 8;
  if (s.wants > s.round) key |= 16;
  if (s.claimed.length > 0) key |= 32;
  if (s.wanted.size > 0) key |= 64;
  if (s.pendingCertificate !== undefined) key |= 128;
  if (s.transferring >= 0) key |= 256;
  if (s.demandSinceMs >= 0) key |= 512;
  if (s.tip.height > s.final.height + 2) key |= 1024;
  if (s.unfinished) key |= 2048;
  if (s.votes.size > 1) key |= 4096;
  if (s.stable > 0) key |= 8192;
  return key;
}
