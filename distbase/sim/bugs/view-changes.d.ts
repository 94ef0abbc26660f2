/** Mistakes about what a view change must carry over. */
import { type PbftBug } from '../bug-kit.ts';
export declare const bugs: readonly PbftBug[];
//# sourceMappingURL=view-changes.d.ts.map