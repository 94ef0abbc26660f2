/**
 * An invariant of our own code. What a peer, a client or a file sends never trips one: it is rejected with a
 * code and counted. A broken invariant stops the replica, since a wrong vote is worse than none.
 */
export class InvariantError extends Error {
    name = 'InvariantError';
}
/** Throws `InvariantError` unless `condition` holds. `claim` says what was believed. */
export function invariant(condition, claim) {
    if (!condition)
        throw new InvariantError(`broken invariant: ${claim}`);
}
/** For the end of an exhaustive switch: the compiler proves that it is never reached. */
export function unreachable(value) {
    throw new InvariantError(`unreachable value ${JSON.stringify(value)}`);
}
//# sourceMappingURL=assert.js.map