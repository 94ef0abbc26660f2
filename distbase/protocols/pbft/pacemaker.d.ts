/**
 * Timers and progress: when to ask again for what is late, and when to leave a view (TOCS 2002 §4.5.1).
 *
 * One timer serves all. While anything is under way it ticks four times per timeout; when nothing is, it
 * slows down to a heartbeat. A tick costs nothing where progress was made since the last one.
 */
import type { Slot } from './slot.ts';
import type { State } from './state.ts';
export declare const TICK = "tick";
/** The adaptive timeout: measured commit time, between floor and ceiling, grown by each view that failed. */
export declare function timeoutMs(s: State): number;
export declare function fairnessMs(s: State): number;
export declare function noteDelivery(s: State, slot: Slot): void;
/** Makes sure that a tick is coming, at the pace that the state asks for. Called at the end of every step. */
export declare function arm(s: State): void;
/** After an idle tick: the next one comes later. */
export declare function slowHeartbeat(s: State): void;
/** Whether the primary has had its time: work is waiting, and nothing was delivered, or somebody is left out. */
export declare function primaryOverdue(s: State): boolean;
/** How far the f + 1 others that are furthest are ahead of us, one of them being honest; undefined: too few spoke. */
export declare function slotsBehind(s: State): number | undefined;
/** f + 1 others say that they delivered more: then it is we who are late, not the primary. */
export declare function behindOthers(s: State): boolean;
//# sourceMappingURL=pacemaker.d.ts.map