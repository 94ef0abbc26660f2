/** PBFT under attack. */
import type { PbftMessage, PbftRecord } from '../../protocols/pbft/messages.ts';
import { type PbftParts } from '../bug-kit.ts';
import type { Subject } from '../subject.ts';
/** All parts as they should be. */
export declare const PBFT_PARTS: PbftParts;
export declare const PBFT: Subject<PbftMessage, PbftRecord>;
//# sourceMappingURL=pbft.d.ts.map