/**
 * What leaves in this turn. Everything is held back to the end of the turn, then the vote log is flushed, then all of
 * it is sent: so no vote is on the wire before the log holds it, one system call covers the turn's records, and each
 * peer gets one frame. Where the log is durable only later, what needs it waits here, in order; several turns may share
 * one sync.
 */
import type { ReplicaId } from '../core/ids.ts';
import type { MemberId } from '../core/membership.ts';
import type { VoteLog } from '../storage/interface.ts';
import type { ClientSession, Item, Transport } from '../transport/interface.ts';
export declare class Outbox {
    private readonly transport;
    private readonly voteLog;
    private readonly memberOf;
    private readonly items;
    private readonly receivers;
    /** Up to where the log must be durable before an item leaves; they ascend. */
    private readonly marks;
    private readonly replies;
    private readonly sessions;
    private readonly replyMarks;
    private needed;
    /** Nothing leaves yet: see `twins.ts`. The log is written; what is too much is lost, as on a bad line. */
    held: boolean;
    /** Bytes that wait. */
    heldBytes: number;
    private readonly bulk;
    private readonly bulkReceivers;
    /** `memberOf`: whom the transport knows under a replica id of the present epoch. */
    constructor(transport: Transport, voteLog: VoteLog, memberOf?: (id: ReplicaId) => MemberId);
    /** What is queued from now on waits until all that the log was given so far is durable. */
    bind(): void;
    /** To one replica, or to all others. */
    send(to: ReplicaId | undefined, item: Item): void;
    /** To a member, whether or not it has a place in the present set; or to all. */
    sendMember(to: MemberId | undefined, item: Item): void;
    /** To one replica, in a frame behind all else that leaves in this turn. */
    sendBulk(to: ReplicaId, item: Item): void;
    reply(session: ClientSession, item: Item): void;
    /** Writes the log and sends what may leave. Throws what `VoteLog.flush` does, and then nothing has left. */
    flush(): void;
    /** Sends what the log is durable enough for. */
    release(): void;
    private flushBulk;
    private forget;
}
//# sourceMappingURL=outbox.d.ts.map