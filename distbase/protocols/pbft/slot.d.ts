/** What a replica knows and has promised about one sequence number. */
import { type Batch } from '../../core/batch.ts';
import { type Digest, type ReplicaId, type Sequence, type View } from '../../core/ids.ts';
import type { Attested } from '../../core/machine.ts';
import type { Commit, PbftMessage, PrePrepare, Prepare } from './messages.ts';
export declare class Slot {
    readonly sequence: Sequence;
    /** The P entry: the digest that prepared here in the latest view; view −1 where none did. */
    preparedDigest: Digest | undefined;
    preparedView: View;
    /** The Q entries: per digest, the latest view in which we proposed or sent PREPARE. */
    readonly preprepared: Map<string, number>;
    /** Known bytes by digest, and which of them the log holds. */
    readonly batches: Map<string, Batch>;
    readonly logged: Set<string>;
    committedDigest: Digest | undefined;
    committedView: View;
    /** Others' word that the slot committed. */
    readonly claims: (Digest | undefined)[];
    /** COMMITs of a view that we have left, for learning what the others go on to commit in it. */
    learnedView: View;
    learned: (Digest | undefined)[];
    /** What the primary assigned, by PRE-PREPARE or by NEW-VIEW. */
    accepted: Digest | undefined;
    acceptedFrom: Attested<PrePrepare> | undefined;
    acceptedAtMs: number;
    /** It was shown to all, because somebody voted for something else. */
    shown: boolean;
    votedPrepare: boolean;
    /** It prepared here in this view; its COMMIT may be held back for the fast path. */
    prepared: boolean;
    preparedAtMs: number;
    votedCommit: boolean;
    /** All n prepared alike, and it committed by that. */
    fast: boolean;
    readonly prepares: (Attested<Prepare> | undefined)[];
    readonly commits: (Attested<Commit> | undefined)[];
    constructor(sequence: Sequence, n: number);
    /** Forgets the votes of a view that is over; promises and bytes stay. */
    enterView(): void;
    addPreprepared(digest: Digest, view: View): void;
    addPrepared(digest: Digest, view: View): void;
    /** The bytes of what committed, where both are known. */
    committedBatch(): Batch | undefined;
}
/** How many of these votes are for the digest, leaving out one replica. */
export declare function countVotes(votes: readonly (Attested<PbftMessage & {
    digest: Digest;
}> | undefined)[], digest: Digest, except: ReplicaId): number;
//# sourceMappingURL=slot.d.ts.map