/** A leader's part: entries to all as they come, what was missed to each, commitment, leases (§5.3, §5.4.2; diss. §6.4). */
import type { Batch } from '../../core/batch.ts';
import type { ReplicaId } from '../../core/ids.ts';
import type { Attested } from '../../core/machine.ts';
import type { Appended } from './messages.ts';
import type { State } from './state.ts';
export declare const NOTICE = "notice";
export declare function mayPropose(s: State): boolean;
/** Whether our executed state is linearizable to read now: for lease reads. */
export declare function mayRead(s: State, nowMs: number): boolean;
/** Leaders, second rule: into our own log, then to all; nobody waits for the answer to the entry before. */
export declare function makeEntry(s: State, batch: Batch): void;
export declare function heartbeat(s: State, to?: ReplicaId): void;
/** A leader that a majority does not answer has no business going on: it may have a successor (dissertation §6.2). */
export declare function leaderTick(s: State): void;
export declare function onAppended(s: State, { from, message }: Attested<Appended>): void;
/** Followers learn of a commit with the next entry. Where none comes, they are told. */
export declare function onNoticeTimer(s: State): void;
//# sourceMappingURL=leader.d.ts.map