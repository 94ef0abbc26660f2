/** Changing views by claims (TOCS 2002 §4.5): VIEW-CHANGE, NEW-VIEW and the entry into the new view. */
import type { View } from '../../core/ids.ts';
import type { Attested } from '../../core/machine.ts';
import { type Decision } from './decide.ts';
import type { NewView, ViewChange } from './messages.ts';
import type { State } from './state.ts';
/** Leaves the present view for good: from here on no vote of it is cast. */
export declare function startViewChange(s: State, target: View): void;
/** ⟨VIEW-CHANGE, v, h, C, P, Q⟩: only what the log holds, bytes included. */
export declare function ownClaims(s: State, view: View): ViewChange;
export declare function onViewChange(s: State, attested: Attested<ViewChange>): void;
/** Counts the VIEW-CHANGEs for the view that we wait for; as its primary, tries to open it. */
export declare function considerNewView(s: State): void;
export declare function onNewView(s: State, attested: Attested<NewView>): void;
/** What the NEW-VIEW's claims decide, or undefined where it does not prove its case. */
export declare function newViewDecision(s: State, message: NewView): Decision | undefined;
/** The part of entering a view that a restart repeats from the log. */
export declare function openView(s: State, attested: Attested<NewView>, decision: Decision): void;
//# sourceMappingURL=view-change.d.ts.map