/** Mistakes in Raft: each rule of `protocols/raft/rules.ts` broken, and what ought to be in the log left out of it. */
import type { RaftMessage, RaftRecord } from '../../protocols/raft/messages.ts';
import type { PlantedBug } from '../parts.ts';
type RaftBug = PlantedBug<RaftMessage, RaftRecord>;
export declare const bugs: readonly RaftBug[];
export {};
//# sourceMappingURL=raft.d.ts.map