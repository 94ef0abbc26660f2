/** What a replica has promised, and leaves out of what it says. Written without sight of the campaign's settings. */
import { type PbftBug } from '../bug-kit.ts';
export declare const bugs: readonly PbftBug[];
//# sourceMappingURL=promises.d.ts.map