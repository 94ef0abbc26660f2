/**
 * HotStuff's rules apart from its machinery (Yin, Malkhi, Reiter, Golan Gueta & Abraham, PODC 2019, §5 and Alg. 4–5).
 * A variant is a rule set: what a vote locks, what a certificate commits, and whether a new leader waits.
 *
 * The paper's view number is our round: every block has one of its own, and a quorum certifies at most one block of a
 * round (two quorums share an honest replica, which votes once in a round). So the round of a certified block names it,
 * and a block that names the round of its certified parent names all of its ancestors. That is why no hash is needed,
 * and why a parent and its certificate, `justify` in the paper, are one thing here.
 */
import type { Digest, Sequence } from '../../core/ids.ts';
export type Round = number;
/** A block as votes name it. The bytes of its batch, where it has one, are bound by the digest. */
export interface Header {
    readonly round: Round;
    /** Its parent, which is certified: `justify` in the paper. Less than the round. */
    readonly parent: Round;
    /** The slot of its batch; without a batch, that of the last ancestor that has one. */
    readonly sequence: Sequence;
    /** Its batch, or the null digest: such a block only extends the chain so that what is below it commits. */
    readonly digest: Digest;
}
/** Certified blocks by round. */
export type CertifiedAt = (round: Round) => Header | undefined;
export interface Rules {
    /** The round that a replica locks which votes for a child of `parent`. */
    lockedBy(parent: Header): Round;
    /** The block that commits, with all of its ancestors, once `head` is certified; undefined: none yet. */
    committedBy(head: Header, certifiedAt: CertifiedAt): Header | undefined;
    /** Blocks in consecutive rounds that must follow a block for it to commit. */
    readonly depth: number;
    /** Whether a new leader has to hear the highest certificate of every replica that is up before it proposes. */
    readonly waits: boolean;
}
/** What a replica's promises allow. */
export interface Promises {
    readonly lastVoted: Round;
    readonly locked: Round;
}
/**
 * safeNode of Alg. 4, and voting once in a round. The paper's two ways to be safe, that the block extends the locked one
 * or that its justification is later, are one: of the lock's round there is no certified block but the locked one.
 */
export declare function safeToVote(block: Header, { lastVoted, locked }: Promises): boolean;
/** Direct parent in the round before: what commits count. */
export declare function follows(child: Header, parent: Header): boolean;
//# sourceMappingURL=rules.d.ts.map