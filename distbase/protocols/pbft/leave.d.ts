/**
 * Asking before leaving. A VIEW-CHANGE is final: whoever signed one for view v + 1 votes in v no more. A replica whose own
 * lines were cut, and that signed one by itself, would be of no use to the others until they change views too, and
 * they would be one fault short for as long. So a replica whose patience ends first asks, which binds nobody:
 *
 *   ask    its time ran out, or f + 1 others ask for a later view than it does: it says so in its statuses;
 *   leave  q replicas, itself among them, ask for a later view: VIEW-CHANGE. Or f + 1 have left (`joinOthers`).
 *
 * A VIEW-CHANGE counts as asking. Nobody takes back what it asked, and it is said again until the view has come.
 *
 * Safe: asking is no vote, names no slot, and is in no log. What is signed after it, and when a view may be left, is as it
 * was: any time is right for PBFT's safety. Two replicas may count different views that q ask for, and sign VIEW-CHANGEs
 * for each, as ever.
 *
 * Live, where messages between the honest arrive, as they are repeated:
 * - f + 1 honest ask for views above v: all honest hear f + 1, so all ask, at least n − f ≥ q; so all leave v. That is as
 *   many as PBFT's own rule needs, and to ask costs one more message delay.
 * - Nobody is left alone: were an honest replica to leave v on q askers, f + 1 of them are honest, asked for good, and
 *   bring everybody else, as above. If it left on f + 1 VIEW-CHANGEs, an honest one is among them; the first of all
 *   honest to leave did so on q askers.
 * - f liars together make no honest replica ask, so they move nobody. With one honest that asks they do, as before.
 *
 * What is asked is forgotten in a restart, so a replica may yet be left alone: by a restart of those that asked with
 * it. The others help it, see `helpLeft`.
 */
import type { View } from '../../core/ids.ts';
import type { State } from './state.ts';
/** How long a replica that left by itself waits for help the first time, and at most, ms. */
export declare const HELP_FIRST_MS = 10000;
/** Asks for a view above ours. */
export declare function askFor(s: State, view: View): void;
/** What another asks for: its status says so, or its VIEW-CHANGE. */
export declare function onAsked(s: State, from: number, view: View): void;
/** As long as the view has not come, it is asked for again, however busy the present one is. */
export declare function repeatAsking(s: State): void;
/**
 * One replica has left our view and nobody followed: after a while we ask for the next one on its behalf, once, and for
 * the same replica only twice as long after that. Nothing tells who was unlucky from who lies, so this is what a liar may
 * cost: one view change that nobody needed in the first ten seconds, and in the end one in ten minutes.
 */
export declare function helpLeft(s: State): void;
/** Our view ends. Whoever was alone in having left it was helped, by us or by others: not so soon again. */
export declare function countHelp(s: State): void;
//# sourceMappingURL=leave.d.ts.map