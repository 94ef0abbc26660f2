/** Mistakes about what may be forgotten: at a checkpoint, in a snapshot, in a crash. */
import { type PbftBug } from '../bug-kit.ts';
export declare const bugs: readonly PbftBug[];
//# sourceMappingURL=classic-memory.d.ts.map