/**
 * What the honest have said, over all their lives: no two votes of one replica for one place may differ, and no answer
 * that a client got may ever be given differently. Looks at what leaves, since what was lost before that binds nobody.
 */
import type { ReplicaId } from '../../core/ids.ts';
import type { Item } from '../../transport/interface.ts';
import { Violation } from '../observer.ts';
import type { RealSetting } from './chain.ts';
export declare class Promises {
    #private;
    violation: Violation | undefined;
    /** Answers that clients got. */
    acknowledged: number;
    constructor({ chain, hasher }: RealSetting);
    /** Items of a frame that an honest replica sends. */
    said(self: ReplicaId, items: readonly Item[]): void;
    /** An item that an honest replica answers a client with. */
    answered(self: ReplicaId, item: unknown): void;
}
//# sourceMappingURL=promises.d.ts.map