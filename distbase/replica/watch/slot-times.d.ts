/**
 * When whose message for which slot came, for the last slots: what "why was this slow?" and the statistics of peers are
 * answered from. Typed arrays that are written over and over: a message costs a store, and no allocation.
 */
import type { ReplicaId, Sequence, View } from '../../core/ids.ts';
/** The parts of a slot that validators send messages for; by `MessageSchema.role`. */
export declare const PHASES: readonly ['proposal', 'vote', 'commit-vote'];
export type Phase = (typeof PHASES)[number];
/** The place of a role in `PHASES`; −1 for what is none of them. */
export declare function phaseOf(role: string | undefined): number;
/** What is known of one slot. */
export interface SlotRow {
    readonly sequence: Sequence;
    /** When the first message for it came or left, ms of the replica's clock; NaN: none did. */
    readonly firstMs: number;
    /** When it was executed; NaN: it was not, or came with a state. */
    readonly executedMs: number;
    readonly view: View;
    readonly fast: boolean;
    /** Per phase and peer; NaN where nothing came. */
    readonly times: readonly (readonly number[])[];
    /** Per phase and peer: something came whose signature did not hold. */
    readonly invalid: readonly (readonly boolean[])[];
}
export declare class SlotTimes {
    #private;
    readonly n: number;
    /** The last executed slot. */
    executed: Sequence;
    /** `ahead`: how far above the last executed slot messages are taken note of: the window. */
    constructor(n: number, ahead: number, slots?: number);
    /** The lowest slot that is still known of. */
    get first(): Sequence;
    /**
     * A message for a slot came, or left where `peer` is this replica. The first of each kind counts. For one that had come
     * before: how long after the slot was executed it comes again, ms; −1 otherwise.
     */
    note(peer: ReplicaId, phase: number, sequence: Sequence, nowMs: number): number;
    /** Its signature did not hold: it never came. */
    refuse(peer: ReplicaId, phase: number, sequence: Sequence): void;
    done(sequence: Sequence, view: View, fast: boolean, nowMs: number): void;
    /** The state moved there without executing what lies before. */
    skipTo(sequence: Sequence): void;
    get(sequence: Sequence): SlotRow | undefined;
}
//# sourceMappingURL=slot-times.d.ts.map