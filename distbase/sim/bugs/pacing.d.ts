/** Mistakes about when to leave a view, to ask, and to let go. Written without sight of the campaign's settings. */
import { type PbftBug } from '../bug-kit.ts';
export declare const bugs: readonly PbftBug[];
//# sourceMappingURL=pacing.d.ts.map