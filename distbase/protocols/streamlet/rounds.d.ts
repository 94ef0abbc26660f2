/**
 * Rounds, in step on all replicas without a common clock, and none while nobody has anything to order.
 *
 * The paper's epochs begin at the same instant everywhere. Ours begin
 *  - for who saw the last round's block notarised: once the round has had its length;
 *  - else, once q replicas ask for the next round, each because the round has had its length there, or because f + 1
 *    others ask (Srikanth & Toueg, _Optimal Clock Synchronization_, J. ACM 1987, with q for 2f + 1);
 *  - or where f + 1 others vote: one of them is honest and in that round.
 * What one honest replica sees notarised the others see within a message delay, by the echo, so that the first rule
 * keeps replicas as close as they are, and the others bring them together: within two message delays.
 */
import type { Block } from './block.ts';
import type { State } from './state.ts';
export declare const TICK = "tick";
/** The driver had its turn to give the leader a batch. */
export declare const TAIL = "tail";
/**
 * How long the present round lasts, ms: fixed by the genesis, or three times what leaders measured in the last final
 * blocks (a third of them may lie, so the upper third is left out) and growing while nothing becomes final. Both are
 * known to all who know the same final chain, so that rounds are equally long.
 */
export declare function roundMs(s: State): number;
/** A block became final. */
export declare function noteDelay(s: State, { delayMs }: Block): void;
/** Enters whatever round is due. Called at the end of every step. */
export declare function advance(s: State): void;
/** The tick came while something is under way: the round may have had its time. */
export declare function onBusyTick(s: State): boolean;
export declare function onIdleTick(s: State): void;
/** Makes sure that a tick is coming when the state asks for one. Called at the end of every step. */
export declare function arm(s: State): void;
//# sourceMappingURL=rounds.d.ts.map