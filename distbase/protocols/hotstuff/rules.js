/**
 * HotStuff's rules apart from its machinery (Yin, Malkhi, Reiter, Golan Gueta & Abraham, PODC 2019, §5 and Alg. 4–5).
 * A variant is a rule set: what a vote locks, what a certificate commits, and whether a new leader waits.
 *
 * The paper's view number is our round: every block has one of its own, and a quorum certifies at most one block of a
 * round (two quorums share an honest replica, which votes once in a round). So the round of a certified block names it,
 * and a block that names the round of its certified parent names all of its ancestors. That is why no hash is needed,
 * and why a parent and its certificate, `justify` in the paper, are one thing here.
 */
/**
 * safeNode of Alg. 4, and voting once in a round. The paper's two ways to be safe, that the block extends the locked one
 * or that its justification is later, are one: of the lock's round there is no certified block but the locked one.
 */
export function safeToVote(block, { lastVoted, locked }) {
    return block.round > lastVoted && block.parent >= locked;
}
/** Direct parent in the round before: what commits count. */
export function follows(child, parent) {
    return child.parent === parent.round && child.round === parent.round + 1;
}
//# sourceMappingURL=rules.js.map