/**
 * A log for a replica that has lost its own, where so many have that no quorum can take them back. All replicas stand still,
 * and what they know together is here: logs that are whole, rests of logs, executed slots.
 *
 * The new log promises, per slot, the strongest that any of them promised, and begins with a VIEW-CHANGE for a view
 * above all of them. So the replica votes in no view in which it may have voted, and its claims take the place of its lost ones in
 * the decision on that view (decide.ts). Let s replicas have whole logs, s + q > n, and let nobody lie:
 *
 * - A slot that committed with q COMMITs, or by all n PREPAREs, has one of the s among its voters. Its log claims P
 *   or Q for the digest, of that view or later, and by the argument of decide.ts (1, 2) no claim of that view or a later
 *   one, P or Q, is for another digest. So the claim of the highest view is for it, P before Q in one view: that is what
 *   the new log claims. A slot that somebody executed, or logged as committed, needs no such choice.
 * - The claims of a new view then hold as many for that digest as if nobody had lost a log, or more: each replica with a new
 *   log claims it, whether the lost one did or not; and none for another digest of that view or later. So A, F and B choose
 *   it. Where nothing committed, any digest that is chosen will do.
 * - Every view that a replica entered was opened by q VIEW-CHANGEs, one of them by one of the s, and is in its log. Votes in
 *   later views there are none. A VIEW-CHANGE that was lost with a log, and that another for the same view now contradicts, is
 *   known to nobody any more, as all have stopped.
 *
 * With s + q ≤ n a quorum may have forgotten together: then this keeps what is known, and more may have been promised.
 */
import type { MachineConfig, Reconciled, Testimony } from '../../core/machine.ts';
import type { PbftMessage, PbftRecord } from './messages.ts';
export declare function reconcile(config: MachineConfig, { certificate, logs, executed, skipViews }: Testimony<PbftMessage, PbftRecord>): Reconciled<PbftMessage, PbftRecord>;
//# sourceMappingURL=reconcile.d.ts.map