import type { Protocol } from '../../core/machine.ts';
import type { PbftMessage, PbftRecord } from '../../protocols/pbft/messages.ts';
import type { Rules } from '../../protocols/pbft/rules.ts';
/** The protocol by other rules, from the reading of its log on. */
export declare function ruled(protocol: Protocol<PbftMessage, PbftRecord>, rules: Rules): Protocol<PbftMessage, PbftRecord>;
//# sourceMappingURL=ruled.d.ts.map