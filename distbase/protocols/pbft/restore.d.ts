/** A machine from its log: what was promised before a crash binds after it. */
import { type Sequence } from '../../core/ids.ts';
import type { PbftRecord } from './messages.ts';
import type { Slot } from './slot.ts';
import type { State } from './state.ts';
/** Reads the records, oldest first, then delivers again what committed above the restored state. */
export declare function restore(s: State, records: Iterable<PbftRecord>): void;
/** What a fresh log must hold, in an order in which `restore` gives this state again. */
export declare function liveRecords(s: State): PbftRecord[];
/** What the log holds of one slot, in the order that `restore` takes. */
export declare function pushSlot(out: PbftRecord[], sequence: Sequence, slot: Slot): void;
//# sourceMappingURL=restore.d.ts.map