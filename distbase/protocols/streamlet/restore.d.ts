/** A machine from its log: what was promised before a crash binds after it. */
import type { StreamletRecord } from './messages.ts';
import type { State } from './state.ts';
/** Reads the records, oldest first, then delivers again what was final above the restored state. */
export declare function restore(s: State, records: Iterable<StreamletRecord>): void;
/** What a fresh log must hold, in an order in which `restore` gives this state again. */
export declare function liveRecords(s: State): StreamletRecord[];
//# sourceMappingURL=restore.d.ts.map