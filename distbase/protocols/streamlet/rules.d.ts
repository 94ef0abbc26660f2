/**
 * Streamlet's rules, to be read beside Chan & Shi, _Streamlet: Textbook Streamlined Blockchains_ (AFT 2020), §3. The
 * paper's epochs are called rounds here, because an epoch is a validator set's number elsewhere.
 *
 * Production has one set of rules; a simulated replica may be given a wrong one, to see whether the checkers notice.
 */
import type { ReplicaId } from '../../core/ids.ts';
import type { Height, Round } from './messages.ts';
/** What the rules look at in a block. */
export interface Link {
    readonly round: Round;
    /** The round of its parent. One block of a round is notarised at most, so that names the parent. */
    readonly parent: Round;
    /** Its distance from the first block. */
    readonly height: Height;
}
export interface Rules {
    /** Votes that notarise a block: the paper's 2n/3, for any n. */
    readonly quorum: (n: number) => number;
    /**
     * Who may propose in a round: anybody can compute it, and it looks random. With leaders in turn, an adversary who holds
     * every f-th place of the ring could keep honest leaders from ever having five rounds in a row, which Theorem 6 needs.
     */
    readonly leader: (round: Round, n: number) => ReplicaId;
    /**
     * "Every player votes for the first proposal of the round's leader, if it extends one of the longest notarised chains
     * that the player has seen." `parent` is notarised here; `longest` is the height of the highest notarised block
     * here; `voted` is the round of our last vote: rounds do not go back.
     */
    readonly mayVote: (block: Link, parent: Link, longest: Height, voted: Round) => boolean;
    /**
     * "On seeing three adjacent blocks of a notarised chain with consecutive epoch numbers, the second of the three and
     * all before it are final." All three are notarised here; `first` is the parent of `second`, and so on.
     */
    readonly finalises: (first: Link, second: Link, third: Link) => boolean;
}
export declare const RULES: Rules;
//# sourceMappingURL=rules.d.ts.map