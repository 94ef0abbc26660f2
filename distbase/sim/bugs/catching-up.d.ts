/** Mistakes in taking from others what one lacks. Written without sight of the campaign's settings. */
import { type PbftBug } from '../bug-kit.ts';
export declare const bugs: readonly PbftBug[];
//# sourceMappingURL=catching-up.d.ts.map