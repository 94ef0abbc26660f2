/** Mistakes in how votes are counted and kept. */
import { type PbftBug } from '../bug-kit.ts';
export declare const bugs: readonly PbftBug[];
//# sourceMappingURL=votes.d.ts.map