/** The normal case: pre-prepare, prepare, commit (TOCS 2002 §4.2). */
import type { Batch } from '../../core/batch.ts';
import { type Digest, type View } from '../../core/ids.ts';
import type { Attested } from '../../core/machine.ts';
import type { Commit, PbftMessage, PrePrepare, Prepare } from './messages.ts';
import { type Slot } from './slot.ts';
import type { State } from './state.ts';
/** Whether the primary may assign the next sequence. */
export declare function mayPropose(s: State): boolean;
export declare function propose(s: State, batch: Batch): void;
/** The primary's PRE-PREPARE for a slot of the present view, anew. */
export declare function proposal(s: State, slot: Slot, batch: Batch): PrePrepare;
export declare function onPrePrepare(s: State, attested: Attested<PrePrepare>): void;
export declare function onPrepare(s: State, attested: Attested<Prepare>): void;
export declare function onCommit(s: State, attested: Attested<Commit>): void;
/** What another replica was told, beside what we were told. */
export declare function onExhibit(s: State, shown: Attested<PbftMessage>): void;
/** The slot has its content in this view; votes may have come before it. */
export declare function accept(s: State, slot: Slot, digest: Digest): void;
/** Does whatever the slot's state now allows: after its content, its bytes or a new view came. */
export declare function proceed(s: State, slot: Slot): void;
export declare function prepareOf(s: State, slot: Slot, digest: Digest): Prepare;
export declare function commitOf(s: State, slot: Slot, digest: Digest): Commit;
/**
 * committed: q COMMITs of one view for one digest. We need not have prepared it ourselves: at least f + 1 of
 * the q are honest and did, which is what `committed` asks (TOCS 2002 §4.2).
 */
export declare function tryCommitted(s: State, slot: Slot, digest: Digest): void;
export declare function commit(s: State, slot: Slot, digest: Digest, view?: View): void;
/** Hands committed slots to execution, in order and without gaps. */
export declare function deliverReady(s: State): void;
//# sourceMappingURL=normal.d.ts.map