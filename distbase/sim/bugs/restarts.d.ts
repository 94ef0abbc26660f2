/** What the log lacks, or says too much, after a restart. Written without sight of the campaign's settings. */
import { type PbftBug } from '../bug-kit.ts';
export declare const bugs: readonly PbftBug[];
//# sourceMappingURL=restarts.d.ts.map