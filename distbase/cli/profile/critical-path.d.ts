/**
 * Which process held a commit at which instant, and what it was doing.
 *
 * The path is found backwards. The client was done when one certain reply came; the validator that sent it was ready when
 * one certain message came, which another validator sent when another message came; and so on to the primary, which was
 * waiting for the client. So every instant between handing a transaction to the client and its last answer belongs to
 * one process: to the one that a message is on its way to or that works towards the next one. A process holds the
 * commit from the moment that the message is with the sender's socket (or, where it was quicker, that the receiver's
 * callback began) until its own next message is. What the holder's timeline says of an instant is what the instant is
 * charged to: a part, garbage collection, or waiting. The parts of a commit therefore add up to its latency, and
 * waiting is measured like every other part: it is the time in which the holder ran nothing of ours.
 */
import { type TimelineData } from '../../core/stopwatch.ts';
import type { TracedCommit } from '../../load/orders.ts';
import type { Output } from './recorder.ts';
/** A stretch of the path during which one process held the commit. */
export interface Hop {
    /** `submit`, then the type of the message that the stretch ends with, `reply` of a validator, and `answer`. */
    readonly stage: string;
    /** A validator's id, or −1: the client. */
    readonly holder: number;
    readonly fromUs: number;
    readonly toUs: number;
    /** When the holder began to handle what it was handed. */
    readonly arrivedUs: number;
}
/** Time by part, indexed as `PARTS`. */
export type Charges = Float64Array;
export interface StageCharges {
    readonly stage: string;
    readonly charges: Charges;
}
export interface CommitCharges {
    readonly latencyUs: number;
    /** First to last. */
    readonly stages: readonly StageCharges[];
    /** Of the waiting: until the holder began to handle what it was handed. */
    readonly untilArrivedUs: number;
    readonly charges: Charges;
}
/** What one validator sent, by what it was. */
export declare class OutputIndex {
    private readonly outputs;
    constructor(outputs: readonly Output[]);
    get(type: string, sequence: number): Output | undefined;
}
/** The stretches of a commit, first to last, without gaps; undefined where a message of the path was not recorded. */
export declare function pathOf(commit: TracedCommit, replicas: readonly OutputIndex[]): Hop[] | undefined;
/** Charges a path's time to parts; undefined where a timeline does not reach back that far. */
export declare function chargePath(hops: readonly Hop[], client: TimelineData, replicas: readonly TimelineData[]): CommitCharges | undefined;
//# sourceMappingURL=critical-path.d.ts.map