/**
 * Classic mistakes, planted one at a time to see whether a campaign finds them: `lockstep sim --bug NAME`. Honest code
 * has no switch for them. A bug replaces parts that a run is built from: it wraps the machine, alters its state
 * between two steps, or puts another disk, ledger or signature check in place of the right one (`bug-kit.ts`).
 */
import { SUBJECTS } from './protocols/registry.js';
/** The mistakes of all protocols, by name. */
export const BUGS = new Map([...SUBJECTS.values()].flatMap((subject) => subject.bugs.map((bug) => [bug.name, { ...bug, subject }])));
//# sourceMappingURL=bugs.js.map