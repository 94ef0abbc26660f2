/** Proposing and voting (PODC 2019, Alg. 4–5). Who votes sends his vote to all, so that each makes the certificates himself. */
import type { Batch } from '../../core/batch.ts';
import type { Attested } from '../../core/machine.ts';
import type { Block, Vote } from './messages.ts';
import type { State } from './state.ts';
export declare function mayPropose(s: State): boolean;
/** Whether a block without a batch would bring what is pending nearer to its commit. */
export declare function mayExtend(s: State): boolean;
/**
 * Proposes a batch on the highest certified block. Where nobody else waits and the leader stays, the empty blocks that it
 * takes to commit it are proposed at once: everybody votes for each as soon as he holds the certificate of the one
 * before, without waiting for a leader that has nothing to say.
 */
export declare function propose(s: State, batch: Batch): void;
/** Nothing is to be proposed, and something is pending: the leader's vote for an empty block proposes it. */
export declare function extend(s: State): void;
export declare function onBlock(s: State, { from, message }: Attested<Block>): void;
export declare function onVote(s: State, attested: Attested<Vote>): void;
/** Our proposal with its vote, where that is the last that we voted for. */
export declare function blockToSend(s: State): Block | undefined;
/** Votes for whatever the leader proposed next, where that is safe and all of it is here. */
export declare function voteForNext(s: State): void;
//# sourceMappingURL=voting.d.ts.map