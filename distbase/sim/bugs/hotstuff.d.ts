/** Mistakes in HotStuff: each of its rules broken, and what ought to be in the log left out of it. */
import { type HotstuffBug } from '../hotstuff/kit.ts';
export declare const bugs: readonly HotstuffBug[];
//# sourceMappingURL=hotstuff.d.ts.map