/** Mistakes in how one validator set follows another. */
import type { PbftBug } from '../bug-kit.ts';
export declare const bugs: readonly PbftBug[];
//# sourceMappingURL=sets.d.ts.map