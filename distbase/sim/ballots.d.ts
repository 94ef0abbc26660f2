/** All honest votes of a run, by round, as nobody inside it sees them: which block of a round may have a quorum. */
import type { ReplicaId } from '../core/ids.ts';
import type { Beginning } from './subject.ts';
export declare class Ballots<H extends {
    readonly round: number;
}> {
    #private;
    /** Whoever is not honest may have voted for anything. */
    constructor({ n, honest }: Beginning, same: (a: H, b: H) => boolean);
    /** An honest vote. Whether it gives the block a quorum, as if every liar had voted for it as well; said once. */
    vote(replica: ReplicaId, header: H): boolean;
}
//# sourceMappingURL=ballots.d.ts.map