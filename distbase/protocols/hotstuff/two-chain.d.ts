/**
 * HotStuff-2 (Malkhi & Nayak, 2023): two certified blocks in a row commit the first of them.
 *
 * Why it is safe. Let b ← b′ be certified in rounds r and r + 1. A quorum voted for b′, so its honest members locked r
 * (`lockedBy` of b is b). The first certified block c of a round above r that does not extend b has a parent below r; it
 * is not of round r + 1, where b′ is the only certified one; so some honest replica voted for b′ and then for c, against
 * its lock.
 * Why a new leader waits: one honest replica alone may hold the certificate for b and be locked on it. A leader that does
 * not know it proposes what that replica refuses. So it hears from every replica that is up first, for as long as a
 * message may take; that all have spoken, or that it holds the certificate of the round before its own (no lock can be
 * higher), spares it the wait, which keeps the protocol responsive.
 */
import { type Rules } from './rules.ts';
export declare const TWO_CHAIN: Rules;
//# sourceMappingURL=two-chain.d.ts.map