/** Elections: pre-vote, vote, and the beginning of a term (§5.2, §5.4.1; dissertation §9.6 for pre-vote). */
import type { Attested } from '../../core/machine.ts';
import type { Vote, VoteRequest } from './messages.ts';
import type { Term } from './rules.ts';
import { type State } from './state.ts';
export declare const CAMPAIGN = "campaign";
/** Nobody leads, as far as we know, and has not for long enough: compete, after a time that differs for each (§5.2). */
export declare function considerCampaign(s: State): void;
export declare function onCampaignTimer(s: State): void;
export declare function request(s: State, term: Term, pre: boolean): VoteRequest;
/** Asks those again who have not answered: requests get lost. */
export declare function askAgain(s: State): void;
export declare function onVoteRequest(s: State, { from, message }: Attested<VoteRequest>): void;
export declare function onVote(s: State, { from, message }: Attested<Vote>): void;
//# sourceMappingURL=election.d.ts.map