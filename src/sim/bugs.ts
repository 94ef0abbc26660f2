/**
 * Classic mistakes, planted one at a time to see whether a campaign finds them: `lockstep sim --bug NAME`. Honest code
 * has no switch for them. A bug replaces parts that a run is built from: it wraps the machine, alters its state
 * between two steps, or puts another disk, ledger or signature check in place of the right one (`bug-kit.ts`).
 */

import { bugs as classicMemory } from './bugs/classic-memory.ts';
import { bugs as classicRules } from './bugs/classic-rules.ts';
import { bugs as classicViews } from './bugs/classic-views.ts';
import { bugs as classicVotes } from './bugs/classic-votes.ts';
import { bugs as quorums } from './bugs/quorums.ts';
import { bugs as viewChanges } from './bugs/view-changes.ts';
import { bugs as votes } from './bugs/votes.ts';
import { bugs as watermarks } from './bugs/watermarks.ts';
import type { PlantedBug } from './parts.ts';

/** Files of `bugs/` export `bugs`, an array; add them here. */
const ALL: readonly PlantedBug[] = [
  ...quorums,
  ...votes,
  ...watermarks,
  ...viewChanges,
  ...classicVotes,
  ...classicRules,
  ...classicViews,
  ...classicMemory,
];

export const BUGS: ReadonlyMap<string, PlantedBug> = new Map(ALL.map((bug) => [bug.name, bug]));
