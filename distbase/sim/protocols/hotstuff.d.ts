/** HotStuff under attack. */
import type { HotstuffMessage, HotstuffRecord } from '../../protocols/hotstuff/messages.ts';
import { type HotstuffParts } from '../hotstuff/kit.ts';
import type { Subject } from '../subject.ts';
/** All parts as they should be. */
export declare const HOTSTUFF_PARTS: HotstuffParts;
export declare const HOTSTUFF: Subject<HotstuffMessage, HotstuffRecord>;
//# sourceMappingURL=hotstuff.d.ts.map