/** What an attack is. */

import type { Scene } from './scene.ts';

/** Who attacks: somebody without keys, a client, or a validator with its real keys that turned. */
export type Attacker = 'stranger' | 'client' | 'validator';

export interface Attack {
  readonly name: string;
  readonly title: string;
  readonly by: Attacker;
  /**
   * Counters of the honest validators that may move, of which at least one must: a rejection code, `found …` (a detection
   * by kind), `evidence …` (a proof by offence), `refused at accept`, `skipped unread` (messages that could not matter),
   * `cookies` (asked of whoever says hello), `deferred` (frames beyond a validator's allowance), or `ended`: connections that were cut off, which the attacker counts. Empty: what is sent is legal, and must only do no harm.
   */
  readonly shows: readonly string[];
  /** Least time between two goes, ms; 0: as fast as it can. */
  readonly pauseMs: number;
  /** Whether it is among the few of a quick look. */
  readonly brief: boolean;
  /** Its slices, where it takes longer than others to be under way. */
  readonly slice: { readonly count: number; readonly ms: number } | undefined;
  /** One go. Whatever it opened and does not need is closed again. */
  strike(scene: Scene): Promise<void>;
}

export function attack(
  by: Attacker,
  name: string,
  title: string,
  shows: readonly string[],
  strike: Attack['strike'],
  more: Partial<Pick<Attack, 'pauseMs' | 'brief' | 'slice'>> = {},
): Attack {
  return {
    name,
    title,
    by,
    shows,
    strike,
    pauseMs: more.pauseMs ?? 20,
    brief: more.brief ?? false,
    slice: more.slice,
  };
}
