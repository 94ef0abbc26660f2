/**
 * Rounds and who leads them. A view is a run of rounds with one leader; a time-out ends a view, never a round alone. With
 * a rotating leader a view is one round, as in the paper; with a stable one it outlasts any use of it.
 */

import type { ReplicaId, View } from '../../core/ids.ts';
import { primaryOf } from '../../core/quorum.ts';
import type { Round } from './rules.ts';

/** Rounds in the view of a stable leader: twelve days at a thousand a second, and eight million views fit in a safe integer. */
const STABLE_ROUNDS = 2 ** 30;

export interface Rounds {
  readonly rotating: boolean;
  viewOf(round: Round): View;
  /** The first round of a view; round 0 is the genesis block's. */
  firstOf(view: View): Round;
  leaderOf(view: View): ReplicaId;
}

export function roundsOf(leader: string, n: number): Rounds {
  const length = leader === 'rotating' ? 1 : STABLE_ROUNDS;
  return {
    rotating: length === 1,
    viewOf: (round) => Math.floor(round / length),
    firstOf: (view) => Math.max(1, view * length),
    leaderOf: (view) => primaryOf(view, n),
  };
}
