/** Raft under attack: by crashes, networks, disks and clocks. Nobody lies. */
import type { RaftMessage, RaftRecord } from '../../protocols/raft/messages.ts';
import type { Subject } from '../subject.ts';
export declare const RAFT: Subject<RaftMessage, RaftRecord>;
//# sourceMappingURL=raft.d.ts.map