/** How far the chain is, from what validators say and without trusting any single one. */
import type { ReplicaId, Sequence } from '../core/ids.ts';
export declare class Heights {
    private readonly reported;
    private needed;
    private agreed;
    private estimate;
    /** `needed` = f + 1. */
    constructor(needed: number);
    /** Another set of validators: who is not in it is not heard any more. */
    resize(needed: number, members: ReadonlySet<ReplicaId>): void;
    /** Validators that have said where they are. */
    get reports(): number;
    /** One validator's word. */
    report(from: ReplicaId, sequence: Sequence): void;
    /** f + 1 validators executed something here. */
    executed(sequence: Sequence): void;
    /** A sequence that the chain has reached. */
    get current(): Sequence;
}
//# sourceMappingURL=heights.d.ts.map