/**
 * Timers and progress: when to ask again for what is late, and when to leave a view.
 *
 * One timer serves all. While anything is under way it ticks four times per time-out; when nothing is, it slows down to a
 * heartbeat. A tick costs nothing where progress was made since the last one.
 */
import type { Sequence } from '../../core/ids.ts';
import type { State } from './state.ts';
export declare const TICK = "tick";
export declare const WAIT_TIMER = "wait";
/** The adaptive timeout: measured commit time, between floor and ceiling, grown by each view that failed. */
export declare function timeoutMs(s: State): number;
/**
 * Δ of a new leader: a guess at the time that a message may take, from commits that were several of them. Where it is too
 * short the view may fail, and the next leader's is longer.
 */
export declare function waitMs(s: State): number;
export declare function noteDelivery(s: State, sequence: Sequence): void;
/** Makes sure that a tick is coming, at the pace that the state asks for. Called at the end of every step. */
export declare function arm(s: State): void;
/** After an idle tick: the next one comes later. */
export declare function slowHeartbeat(s: State): void;
/** Whether the leader has had its time: work is waiting, and nothing was delivered, or somebody is left out. */
export declare function leaderOverdue(s: State): boolean;
/** How far the f + 1 others that are furthest are ahead of us, one of them being honest; undefined: too few spoke. */
export declare function slotsBehind(s: State): number | undefined;
//# sourceMappingURL=pacemaker.d.ts.map