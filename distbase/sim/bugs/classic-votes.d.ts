/** Mistakes in counting votes: who cast them, for which slot, and in which view. */
import { type PbftBug } from '../bug-kit.ts';
export declare const bugs: readonly PbftBug[];
//# sourceMappingURL=classic-votes.d.ts.map