/**
 * Rounds and who leads them. A view is a run of rounds with one leader; a time-out ends a view, never a round alone. With
 * a rotating leader a view is one round, as in the paper; with a stable one it outlasts any use of it.
 */
import { primaryOf } from '../../core/quorum.js';
/** Rounds in the view of a stable leader: twelve days at a thousand a second, and eight million views fit in a safe integer. */
const STABLE_ROUNDS = 2 ** 30;
export function roundsOf(leader, n) {
    const length = leader === 'rotating' ? 1 : STABLE_ROUNDS;
    return {
        rotating: length === 1,
        viewOf: (round) => Math.floor(round / length),
        firstOf: (view) => Math.max(1, view * length),
        leaderOf: (view) => primaryOf(view, n),
    };
}
//# sourceMappingURL=rounds.js.map