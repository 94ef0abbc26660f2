/**
 * What leaves in this turn. Everything is held back to the end of the turn, then the vote log is flushed, then all of
 * it is sent: so no vote is on the wire before the log holds it, one system call covers the turn's records, and each
 * peer gets one frame. Where the log is durable only later, what needs it waits here, in order; several turns may share
 * one sync.
 */
import { MAX_UNCLEARED_BYTES } from '../core/limits.js';
export class Outbox {
    transport;
    voteLog;
    memberOf;
    items = [];
    receivers = [];
    /** Up to where the log must be durable before an item leaves; they ascend. */
    marks = [];
    replies = [];
    sessions = [];
    replyMarks = [];
    needed = 0;
    /** Nothing leaves yet: see `twins.ts`. The log is written; what is too much is lost, as on a bad line. */
    held = false;
    /** Bytes that wait. */
    heldBytes = 0;
    bulk = [];
    bulkReceivers = [];
    /** `memberOf`: whom the transport knows under a replica id of the present epoch. */
    constructor(transport, voteLog, memberOf = (id) => id) {
        this.transport = transport;
        this.memberOf = memberOf;
        this.voteLog = voteLog;
    }
    /** What is queued from now on waits until all that the log was given so far is durable. */
    bind() {
        this.needed = this.voteLog.appended;
    }
    /** To one replica, or to all others. */
    send(to, item) {
        this.sendMember(to === undefined ? undefined : this.memberOf(to), item);
    }
    /** To a member, whether or not it has a place in the present set; or to all. */
    sendMember(to, item) {
        this.items.push(item);
        this.receivers.push(to);
        this.marks.push(this.needed);
        this.heldBytes += item.length;
    }
    /** To one replica, in a frame behind all else that leaves in this turn. */
    sendBulk(to, item) {
        this.bulk.push(item);
        this.bulkReceivers.push(this.memberOf(to));
    }
    reply(session, item) {
        this.sessions.push(session);
        this.replies.push(item);
        this.replyMarks.push(this.needed);
        this.heldBytes += item.length;
    }
    /** Writes the log and sends what may leave. Throws what `VoteLog.flush` does, and then nothing has left. */
    flush() {
        this.voteLog.flush(this.needed);
        this.release();
    }
    /** Sends what the log is durable enough for. */
    release() {
        if (this.held) {
            if (this.heldBytes > MAX_UNCLEARED_BYTES)
                this.forget(this.items.length, this.replies.length);
            return;
        }
        const { durable } = this.voteLog;
        const items = upTo(this.marks, durable);
        for (let i = 0; i < items; i++) {
            const to = this.receivers[i];
            if (to === undefined)
                this.transport.broadcast(this.items[i]);
            else
                this.transport.send(to, this.items[i]);
        }
        const replies = upTo(this.replyMarks, durable);
        for (let i = 0; i < replies; i++) {
            const session = this.sessions[i];
            if (session.open)
                session.send(this.replies[i]);
        }
        this.forget(items, replies);
        this.transport.flush();
        if (this.bulk.length > 0)
            this.flushBulk();
    }
    flushBulk() {
        for (let i = 0; i < this.bulk.length; i++)
            this.transport.send(this.bulkReceivers[i], this.bulk[i]);
        this.bulk.length = 0;
        this.bulkReceivers.length = 0;
        this.transport.flush();
    }
    forget(items, replies) {
        if (items === this.items.length && replies === this.replies.length) {
            this.items.length = 0;
            this.receivers.length = 0;
            this.marks.length = 0;
            this.replies.length = 0;
            this.sessions.length = 0;
            this.replyMarks.length = 0;
            this.heldBytes = 0;
            return;
        }
        for (const item of this.items.splice(0, items))
            this.heldBytes -= item.length;
        this.receivers.splice(0, items);
        this.marks.splice(0, items);
        for (const reply of this.replies.splice(0, replies))
            this.heldBytes -= reply.length;
        this.sessions.splice(0, replies);
        this.replyMarks.splice(0, replies);
    }
}
/** How many of the first marks are at most `durable`. */
function upTo(marks, durable) {
    const { length } = marks;
    if (length === 0 || marks[length - 1] <= durable)
        return length;
    let count = 0;
    while (marks[count] <= durable)
        count++;
    return count;
}
//# sourceMappingURL=outbox.js.map