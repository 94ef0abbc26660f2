/** One condition wrong in what a new view decides. Written without sight of the campaign's settings. */
import type { PbftBug } from '../bug-kit.ts';
export declare const bugs: readonly PbftBug[];
//# sourceMappingURL=decisions.d.ts.map