/** A machine from its log: what was promised before a crash binds after it. */
import type { HotstuffRecord } from './messages.ts';
import type { State } from './state.ts';
/** Reads the records, oldest first, then delivers again what committed above the restored state. */
export declare function restore(s: State, records: Iterable<HotstuffRecord>): void;
/** What a fresh log must hold, in an order in which `restore` gives this state again. */
export declare function liveRecords(s: State): HotstuffRecord[];
//# sourceMappingURL=restore.d.ts.map