/**
 * Classic mistakes, planted one at a time to see whether a campaign finds them: `lockstep sim --bug NAME`. Honest code
 * has no switch for them. A bug replaces parts that a run is built from: it wraps the machine, alters its state
 * between two steps, or puts another disk, ledger or signature check in place of the right one (`bug-kit.ts`).
 */
import type { PlantedBug } from './parts.ts';
import type { Subject } from './subject.ts';
export interface FindableBug extends PlantedBug {
    /** Whose mistake it is. */
    readonly subject: Subject;
}
/** The mistakes of all protocols, by name. */
export declare const BUGS: ReadonlyMap<string, FindableBug>;
//# sourceMappingURL=bugs.d.ts.map