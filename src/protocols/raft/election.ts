/** Elections: pre-vote, vote, and the beginning of a term (§5.2, §5.4.1; dissertation §9.6 for pre-vote). */

import { NULL_BATCH } from '../../core/batch.ts';
import type { Attested } from '../../core/machine.ts';
import { SeededRandom } from '../../core/random.ts';
import { beginTerm, heartbeat } from './leader.ts';
import type { Vote, VoteRequest } from './messages.ts';
import type { Term } from './rules.ts';
import { NONE, type State } from './state.ts';

export const CAMPAIGN = 'campaign';

/** Ticks after which a pre-vote that was not won is tried again. */
const RETRY_TICKS = 2;

/** Nobody leads, as far as we know, and has not for long enough: compete, after a time that differs for each (§5.2). */
export function considerCampaign(s: State): void {
  if (!s.isVoter || s.role === 'leader' || s.campaignArmed || s.waitedTicks < s.electionTicks) return;
  s.campaignArmed = true;
  s.attempts++;
  const seed =
    Math.imul(s.term + 1, 0x9e3779b1) ^ Math.imul(s.self + 1, 0x85ebca6b) ^ Math.imul(s.attempts, 0xc2b2ae35);
  // A leader whose process is gone is missed by all at once, and there is no need to wait long for who else might compete.
  const spreadMs = s.leaderLost ? s.tickMs : Math.max(s.electionMs, s.timeoutMs / 2);
  s.leaderLost = false;
  s.setTimer(CAMPAIGN, new SeededRandom(seed).float() * spreadMs);
}

export function onCampaignTimer(s: State): void {
  s.campaignArmed = false;
  if (s.role === 'leader' || s.waitedTicks < s.electionTicks) return;
  // Our state is newer than our log: what follows will tell the term of its last entry.
  if (s.log.lastTerm < 0) return;
  s.waitedTicks = s.electionTicks - RETRY_TICKS;
  askPreVotes(s);
}

function askPreVotes(s: State): void {
  if (s.leader !== NONE || s.role === 'candidate') s.resign();
  s.role = 'pre-candidate';
  // Answers to an earlier attempt of the same term still count: nobody promises anything by them.
  if (s.preTerm !== s.term + 1) {
    s.preTerm = s.term + 1;
    s.granted.clear();
    s.granted.add(s.self);
  }
  if (s.granted.size >= s.majority) return stand(s);
  s.send(undefined, request(s, s.preTerm, true));
}

export function request(s: State, term: Term, pre: boolean): VoteRequest {
  const { sequence: last, term: lastTerm } = s.log.end;
  return { type: 'vote-request', epoch: s.config.epoch, term, pre, last, lastTerm };
}

/** Candidates, first rule: a new term, our own vote, and a request to all. */
function stand(s: State): void {
  s.failed++;
  s.term++;
  s.votedFor = s.self;
  s.persistTerm();
  s.role = 'candidate';
  s.leader = NONE;
  s.preTerm = -1;
  s.granted.clear();
  s.granted.add(s.self);
  s.waitedTicks = -1;
  s.announce(false);
  if (s.granted.size >= s.majority) lead(s);
  else s.send(undefined, request(s, s.term, false));
}

/** Asks those again who have not answered: requests get lost. */
export function askAgain(s: State): void {
  for (let to = 0; to < s.voters; to++) {
    if (!s.granted.has(to)) s.send(to, request(s, s.term, false));
  }
}

export function onVoteRequest(s: State, { from, message }: Attested<VoteRequest>): void {
  const { term, pre } = message;
  if (!s.isVoter || from >= s.voters) return;
  const last = { sequence: message.last, term: message.lastTerm };
  const forgetful = s.log.lastTerm < 0 && s.promised === undefined;
  // Whoever has, or may have, a leader does not so much as look at the term.
  if (!s.rules.mayListen(s.voter) || forgetful) return answer(s, from, s.term, pre, false);
  if (pre) {
    const granted = s.rules.mayPreGrant(s.voter, term, last);
    return answer(s, from, granted ? term : s.term, true, granted);
  }
  if (term > s.term) s.enterTerm(term);
  if (!s.rules.mayGrant(s.voter, from, term, last)) return answer(s, from, s.term, false, false);
  if (s.votedFor !== from) {
    s.votedFor = from;
    s.persistTerm();
  }
  s.waitedTicks = -1;
  answer(s, from, term, false, true);
}

function answer(s: State, to: number, term: Term, pre: boolean, granted: boolean): void {
  s.send(to, { type: 'vote', epoch: s.config.epoch, term, pre, granted });
}

export function onVote(s: State, { from, message }: Attested<Vote>): void {
  const { term, pre, granted } = message;
  if (!granted) {
    if (term > s.term) s.enterTerm(term);
    return;
  }
  if (from >= s.voters) return s.reject(from, 'bad-claim');
  const expected = pre
    ? s.role === 'pre-candidate' && term === s.preTerm
    : s.role === 'candidate' && term === s.term;
  if (!expected) return;
  s.granted.add(from);
  if (s.granted.size < s.majority) return;
  if (pre) stand(s);
  else lead(s);
}

/** Leaders, first rule: say so at once; and make an entry of this term. */
function lead(s: State): void {
  s.role = 'leader';
  s.leader = s.self;
  s.lastLeader = s.self;
  s.matched = s.log.last;
  s.round = 0;
  s.forgetFollowers();
  s.leaseFromMs = Number.NEGATIVE_INFINITY;
  s.toldCommit = 0;
  s.granted.clear();
  s.ahead.clear();
  s.announce(true);
  for (const { batch } of s.log.above(s.delivered))
    if (batch !== NULL_BATCH) s.out.push({ kind: 'pending', batch });
  s.termStart = s.log.last + 1;
  beginTerm(s);
  heartbeat(s);
}
