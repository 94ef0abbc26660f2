/**
 * An invariant of our own code. What a peer, a client or a file sends never trips one: it is rejected with a
 * code and counted. A broken invariant stops the replica, since a wrong vote is worse than none.
 */
export declare class InvariantError extends Error {
    readonly name = "InvariantError";
}
/** Throws `InvariantError` unless `condition` holds. `claim` says what was believed. */
export declare function invariant(condition: boolean, claim: string): asserts condition;
/** For the end of an exhaustive switch: the compiler proves that it is never reached. */
export declare function unreachable(value: never): never;
//# sourceMappingURL=assert.d.ts.map