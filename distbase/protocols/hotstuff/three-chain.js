/**
 * Chained HotStuff (PODC 2019, §5, Alg. 5): three certified blocks in a row commit the first of them.
 *
 * Why it is safe. Let b ← b′ ← b″ be certified in rounds r, r + 1, r + 2. A quorum voted for b″, so its honest members
 * locked r (`lockedBy` of b′ is b). Let c be the first certified block of a round above r that does not extend b; its
 * parent's round p is below r, else the parent were such a block. c is not of round r + 1 or r + 2, where b′ and b″ are the
 * only certified ones. So c is of a later round, and some honest replica voted for b″ and then for c, though p < r.
 * Why a new leader may propose at once: whoever is locked on r saw a certificate for b′, for which a quorum voted that
 * holds the certificate for b. So any quorum of highest certificates has one that satisfies every lock.
 */
import { follows } from './rules.js';
export const THREE_CHAIN = {
    lockedBy: (parent) => parent.parent,
    committedBy(head, certifiedAt) {
        const middle = certifiedAt(head.parent);
        const first = middle && certifiedAt(middle.parent);
        return first && follows(head, middle) && follows(middle, first) ? first : undefined;
    },
    depth: 2,
    waits: false,
};
//# sourceMappingURL=three-chain.js.map