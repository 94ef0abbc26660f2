/** Mistakes about what a checkpoint's certificate says. Written without sight of the campaign's settings. */
import { type PbftBug } from '../bug-kit.ts';
export declare const bugs: readonly PbftBug[];
//# sourceMappingURL=checkpoints.d.ts.map