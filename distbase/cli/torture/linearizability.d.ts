/**
 * Whether a history of one object is linearizable: whether each operation can be thought to happen at one instant
 * between its call and its return, such that all answers are those of the object used by one client after the other.
 *
 * The search is Wing & Gong's (Testing and verifying concurrent objects, 1993, §4) with Lowe's memory of what was tried
 * (Testing for linearizability, 2017, §3.2): take an operation that nothing unfinished precedes, apply it, and go on; come
 * back where no answer fits. Two paths that have taken the same operations to the same state are one, so that a path is
 * never walked twice. Linearizability is local (Herlihy & Wing 1990, theorem 1): several objects are judged one by one.
 */
export interface Operation<I, O> {
    readonly input: I;
    /** Undefined where the client never learnt: it may have happened at any time after its call, or never. */
    readonly output: O | undefined;
    /** Instants of one clock, all different. */
    readonly called: number;
    /** Undefined together with the output. */
    readonly returned: number | undefined;
}
/** An object used by one client. States are texts, so that they can be compared. */
export interface Model<I, O> {
    readonly initial: string;
    /** The state after the operation, or undefined where it would have answered otherwise. */
    step(state: string, input: I, output: O | undefined): string | undefined;
}
export type Verdict<I, O> = {
    readonly kind: 'linearizable';
    readonly steps: number;
}
/** `stuck`: operations that fit nowhere on the path that got furthest, after `placed` others, in the state `state`. */
 | {
    readonly kind: 'not-linearizable';
    readonly placed: number;
    readonly state: string;
    readonly stuck: readonly Operation<I, O>[];
}
/** The search took more steps than it was given. */
 | {
    readonly kind: 'undecided';
    readonly steps: number;
};
/** Judges the history of one object. `mostSteps` bounds the search, which can be exponential in what overlaps. */
export declare function checkLinearizable<I, O>(model: Model<I, O>, operations: readonly Operation<I, O>[], mostSteps?: number): Verdict<I, O>;
//# sourceMappingURL=linearizability.d.ts.map