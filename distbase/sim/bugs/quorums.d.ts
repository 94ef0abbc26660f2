/** A mistake of counting, as the pattern for the others. */
import { type PbftBug } from '../bug-kit.ts';
export declare const bugs: readonly PbftBug[];
//# sourceMappingURL=quorums.d.ts.map