/**
 * Streamlet's rules, to be read beside Chan & Shi, _Streamlet: Textbook Streamlined Blockchains_ (AFT 2020), §3. The
 * paper's epochs are called rounds here, because an epoch is a validator set's number elsewhere.
 *
 * Production has one set of rules; a simulated replica may be given a wrong one, to see whether the checkers notice.
 */
import { quorumSize } from '../../core/quorum.js';
export const RULES = {
    quorum: quorumSize,
    leader: (round, n) => scramble(round) % n,
    mayVote: (block, parent, longest, voted) => block.round > voted &&
        block.round > parent.round &&
        block.height === parent.height + 1 &&
        parent.height >= longest,
    finalises: (first, second, third) => second.parent === first.round &&
        third.parent === second.round &&
        second.round === first.round + 1 &&
        third.round === second.round + 1,
};
/** 32 bits of a round: the mixing function of SplitMix (Steele, Lea & Flood 2014), as in core/random.ts. */
function scramble(round) {
    let z = (round ^ Math.imul(Math.floor(round / 0x1_0000_0000), 0x85eb_ca6b)) >>> 0;
    z = (z + 0x9e37_79b9) >>> 0;
    z = Math.imul(z ^ (z >>> 16), 0x21f0_aaad);
    z = Math.imul(z ^ (z >>> 15), 0x735a_2d97);
    return (z ^ (z >>> 15)) >>> 0;
}
//# sourceMappingURL=rules.js.map