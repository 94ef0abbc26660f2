/** Makes a failing scenario smaller: fewer faults, fewer lies, fewer transactions, as long as the same checker fails. */
import { type Mask, type Part } from './mask.ts';
/**
 * Leaves out halves, then quarters, and so on down to single parts (Zeller & Hildebrandt's ddmin, 2002, on
 * complements), again until nothing more can go. `fails`: whether the scenario fails as before with this mask.
 */
export declare function shrink(mask: Mask, counts: Readonly<Record<Part, number>>, fails: (mask: Mask) => boolean): Mask;
//# sourceMappingURL=shrink.d.ts.map