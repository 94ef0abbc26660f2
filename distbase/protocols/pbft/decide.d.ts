/**
 * What a new view must propose, computed from the VIEW-CHANGEs that it carries (TOCS 2002 §4.5.2, Fig. 4, with q for
 * 2f + 1, and with an answer for batches that all n replicas prepared alike and that therefore committed without a
 * commit phase). The primary and every backup compute it alike, so NEW-VIEW need not say it.
 *
 * Per slot, of the messages whose log still covers it (h below the slot):
 *
 *   u     the highest view for which some digest has f + 1 Q claims of that view or later.
 *   A     the P claim of view u that satisfies A1 (q messages prepared nothing there, or something earlier, or the
 *         same in the same view) and A2 (f + 1 messages pre-prepared it in that view or later);
 *   F     else a digest with f + 1 Q claims at u, if q messages prepared nothing there, or something before u, or it;
 *   B     else null, if no digest has f + 1 Q claims, and q messages prepared nothing there;
 *         else more messages are needed.
 *
 * Why it is safe. Let S be the messages that the new view carries, and suppose that in every view between a commit and
 * this one the rule chose what committed, so that honest replicas pre-prepared nothing else there.
 *
 * (1) d committed by q COMMITs in view v. At least q − f honest replicas hold a P entry of view ≥ v, and all of
 *     those entries are for d. Call them H. A quorum in S meets H, since q + (q − f) > n.
 *     B asks for q empty P: H forbids it. A with d' ≠ d of view v' ≤ v: A1 asks for q messages that H forbids; of v' > v:
 *     A2 asks for an honest Q entry of d' after v, which there is none. F with d' ≠ d: f + 1 Q claims at u include an
 *     honest one, so u ≤ v; then the q messages that F asks for meet H, whose P is of view ≥ u and not for d'.
 * (2) d committed because all n prepared it in view v. Every honest replica holds a Q entry for d of view ≥ v, and none
 *     for another digest of view ≥ v. Any q messages of S that cover the slot hold q − f ≥ f + 1 honest ones, so d has its
 *     f + 1 Q claims, u ≥ v, and B is out. A digest d' ≠ d with f + 1 Q claims at u ≥ v would need an honest one: there
 *     is none. So A, which needs A2 at u, and F can only choose d.
 * A null that was chosen is a digest like any other: it may have committed, so it is proposed again.
 * Nothing is lost below the chosen checkpoint s: f + 1 hold it, so an honest replica executed up to it.
 * Nothing is lost above the last digest chosen: there, B holds. The claims are not cut off at s + window, since
 * a commit may stand above it: its voters may have worked from a later checkpoint that these messages do not show.
 * The bound on Q entries per slot loses nothing that committed: after the commit only its digest gets newer ones.
 *
 * `sim/models/view-change.ts` tries this rule, and weaker ones that must fail, on random one-slot histories.
 *
 * Which checkpoint. The paper starts from the latest that f + 1 hold and that q messages do not contradict by an h
 * above it, and lets replicas behind it fetch its state on f + 1 claims. Here state is fetched on q signatures only, so
 * a start from one that only f + 1 hold would leave the others behind it for good. The earliest checkpoint from which
 * everything can be decided is taken instead: slots above it are agreed on anew, which the argument above covers,
 * as it speaks of each slot alone.
 *
 * Why it is live. With the messages of all honest replicas at hand (at least n − f ≥ q), take the latest h of an
 * honest one: q replicas signed that checkpoint, f + 1 of them honest, so they hold it, and all honest h are at
 * or below it. For a slot above it: an honest P entry of view v means f + 1 honest Q entries of view ≥ v, so no honest P
 * is later than u. If an honest P is of view u, A takes it: no other honest P of that view differs. If none is, F
 * holds for every digest that has its f + 1 claims at u. If no digest has, no honest replica prepared anything, and B
 * holds. What others add can raise u only with the help of an honest Q entry, which leaves all this as it is.
 * Where A or F leaves a choice, nothing committed, and the smaller digest is taken, so that all choose the same.
 */
import { type Digest } from '../../core/ids.ts';
import type { CheckpointClaim, ViewChange } from './messages.ts';
export interface Decision {
    readonly checkpoint: CheckpointClaim;
    /** The digest of every slot above the checkpoint, in order and without gaps; NULL_DIGEST for null. */
    readonly digests: readonly Digest[];
}
/** Undefined where these messages do not decide yet: wait for more. */
export declare function decide(viewChanges: readonly ViewChange[], n: number): Decision | undefined;
/** Whether an honest replica could have sent this: else its claims are not even counted. */
export declare function wellFormed(m: ViewChange, checkpointInterval: number): boolean;
//# sourceMappingURL=decide.d.ts.map