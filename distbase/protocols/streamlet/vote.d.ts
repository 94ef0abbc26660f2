/** Propose, vote, notarise (Chan & Shi 2020, §3). */
import type { Batch } from '../../core/batch.ts';
import type { Attested } from '../../core/machine.ts';
import { Block } from './block.ts';
import type { Proposal, Tail, Vote } from './messages.ts';
import type { State } from './state.ts';
/** Share of a round after which its leader proposes no more: a block takes a third of a derived round to be notarised. */
export declare const LATEST_SHARE = 0.5;
/**
 * Whether we lead this round, it has no block of ours yet, there is still time for one, and the chain has an end to build
 * on. "The leader proposes at the beginning of the epoch": a block that came late would compete with the next leader's.
 */
export declare function leads(s: State): boolean;
/** Whether the leader may put a batch into this round's block. */
export declare function mayPropose(s: State): boolean;
/** "The leader proposes a block that extends the longest notarised chain that it has seen." */
export declare function propose(s: State, batch: Batch | undefined): void;
export declare function onProposal(s: State, attested: Attested<Proposal | Tail>): void;
/** Votes for what the leader of our round proposed, if it may. Something that it waited for has come. */
export declare function tryVote(s: State): void;
export declare function onVote(s: State, attested: Attested<Vote>): void;
export declare function keepVote(s: State, attested: Attested<Vote>): (Attested<Vote> | undefined)[];
/** q voted for it. */
export declare function notarise(s: State, block: Block): void;
export declare function forgetVotes(s: State, round: number): void;
/** Asks one of those who voted for it, and so have its bytes. */
export declare function want(s: State, block: Block): void;
export declare function askFor(s: State, round: number): void;
//# sourceMappingURL=vote.d.ts.map