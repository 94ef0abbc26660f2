/** Mistakes in who prepared, and on the fast path. Written without sight of the campaign's settings. */
import { type PbftBug } from '../bug-kit.ts';
export declare const bugs: readonly PbftBug[];
//# sourceMappingURL=fast-path.d.ts.map