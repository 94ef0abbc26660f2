/** Mistakes about what lies behind a replica for good. */
import { type Rules } from '../../protocols/pbft/rules.ts';
import { type PbftBug } from '../bug-kit.ts';
/** Starts the new view from the latest checkpoint that anybody names. */
export declare function fromLatest(decide: Rules['decide']): Rules['decide'];
export declare const bugs: readonly PbftBug[];
//# sourceMappingURL=watermarks.d.ts.map