/**
 * Rounds and who leads them. A view is a run of rounds with one leader; a time-out ends a view, never a round alone. With
 * a rotating leader a view is one round, as in the paper; with a stable one it outlasts any use of it.
 */
import type { ReplicaId, View } from '../../core/ids.ts';
import type { Round } from './rules.ts';
export interface Rounds {
    readonly rotating: boolean;
    viewOf(round: Round): View;
    /** The first round of a view; round 0 is the genesis block's. */
    firstOf(view: View): Round;
    leaderOf(view: View): ReplicaId;
}
export declare function roundsOf(leader: string, n: number): Rounds;
//# sourceMappingURL=rounds.d.ts.map