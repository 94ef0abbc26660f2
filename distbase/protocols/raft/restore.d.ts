/** A machine from its log: what was promised before a crash binds after it. */
import type { RaftRecord } from './messages.ts';
import { type State } from './state.ts';
/** Reads the records, oldest first. A replica that has said nothing yet knows the leader of term 0. */
export declare function restore(s: State, records: Iterable<RaftRecord>): void;
/** What a fresh log must hold, in an order in which `restore` gives this state again. */
export declare function liveRecords(s: State): RaftRecord[];
//# sourceMappingURL=restore.d.ts.map