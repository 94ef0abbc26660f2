/** Streamlet under attack. */
import type { StreamletMessage, StreamletRecord } from '../../protocols/streamlet/messages.ts';
import type { Subject } from '../subject.ts';
export declare const STREAMLET: Subject<StreamletMessage, StreamletRecord>;
//# sourceMappingURL=streamlet.d.ts.map