/**
 * What leaves in this turn. Everything is held back to the end of the turn, then the vote log is flushed, then all of
 * it is sent: so no vote is on the wire before the log holds it, one system call covers the turn's records, and each
 * peer gets one frame. Records with which nothing is promised yet are written with the next ones that matter, or when the
 * log is tended. Where the log is durable only later, what needs it waits here, in order; several turns may share one
 * sync.
 */

import type { ReplicaId } from '../core/ids.ts';
import { MAX_LAZY_LOG_BYTES, MAX_UNCLEARED_BYTES } from '../core/limits.ts';
import type { MemberId } from '../core/membership.ts';
import type { VoteLog } from '../storage/interface.ts';
import type { ClientSession, Item, Transport } from '../transport/interface.ts';

export class Outbox {
  private readonly transport: Transport;
  private readonly voteLog: VoteLog;
  private readonly memberOf: (id: ReplicaId) => MemberId;
  private readonly items: Item[] = [];
  private readonly receivers: (MemberId | undefined)[] = [];
  /** Up to where the log must be durable before an item leaves; they ascend. */
  private readonly marks: number[] = [];
  private readonly replies: Item[] = [];
  private readonly sessions: ClientSession[] = [];
  private readonly replyMarks: number[] = [];
  private needed = 0;
  /** Up to where the log was given to the disk. */
  private flushed = 0;
  /** Nothing leaves yet: see `twins.ts`. The log is written; what is too much is lost, as on a bad line. */
  held = false;
  /** Bytes that wait. */
  heldBytes = 0;
  private readonly bulk: Item[] = [];
  private readonly bulkReceivers: MemberId[] = [];

  /** `memberOf`: whom the transport knows under a replica id of the present epoch. */
  constructor(transport: Transport, voteLog: VoteLog, memberOf: (id: ReplicaId) => MemberId = (id) => id) {
    this.transport = transport;
    this.memberOf = memberOf;
    this.voteLog = voteLog;
  }

  /** What is queued from now on waits until all that the log was given so far is durable. */
  bind(): void {
    this.needed = this.voteLog.appended;
  }

  /** To one replica, or to all others. */
  send(to: ReplicaId | undefined, item: Item): void {
    this.sendMember(to === undefined ? undefined : this.memberOf(to), item);
  }

  /** To a member, whether or not it has a place in the present set; or to all. */
  sendMember(to: MemberId | undefined, item: Item): void {
    this.items.push(item);
    this.receivers.push(to);
    this.marks.push(this.needed);
    this.heldBytes += item.length;
  }

  /** To one replica, in a frame behind all else that leaves in this turn. */
  sendBulk(to: ReplicaId, item: Item): void {
    this.bulk.push(item);
    this.bulkReceivers.push(this.memberOf(to));
  }

  reply(session: ClientSession, item: Item): void {
    this.sessions.push(session);
    this.replies.push(item);
    this.replyMarks.push(this.needed);
    this.heldBytes += item.length;
  }

  /** Writes the log as far as anything rests on it, and sends what may leave. Throws as `write` does. */
  flush(): void {
    if (this.needed > this.flushed || this.voteLog.appended - this.flushed > MAX_LAZY_LOG_BYTES) this.write();
    this.release();
  }

  /** Writes all that the log was given. Throws what `VoteLog.flush` does, and then nothing has left. */
  write(): void {
    const { appended } = this.voteLog;
    this.voteLog.flush(this.needed);
    this.flushed = appended;
  }

  /** Sends what the log is durable enough for. */
  release(): void {
    if (this.held) {
      if (this.heldBytes > MAX_UNCLEARED_BYTES) this.forget(this.items.length, this.replies.length);
      return;
    }
    const { durable } = this.voteLog;
    const items = upTo(this.marks, durable);
    for (let i = 0; i < items; i++) {
      const to = this.receivers[i];
      if (to === undefined) this.transport.broadcast(this.items[i]!);
      else this.transport.send(to, this.items[i]!);
    }
    const replies = upTo(this.replyMarks, durable);
    for (let i = 0; i < replies; i++) {
      const session = this.sessions[i]!;
      if (session.open) session.send(this.replies[i]!);
    }
    this.forget(items, replies);
    this.transport.flush();
    if (this.bulk.length > 0) this.flushBulk();
  }

  private flushBulk(): void {
    const { transport } = this;
    for (let i = 0; i < this.bulk.length; i++) {
      if (transport.sendBulk) transport.sendBulk(this.bulkReceivers[i]!, this.bulk[i]!);
      else transport.send(this.bulkReceivers[i]!, this.bulk[i]!);
    }
    this.bulk.length = 0;
    this.bulkReceivers.length = 0;
    this.transport.flush();
  }

  private forget(items: number, replies: number): void {
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
    for (const item of this.items.splice(0, items)) this.heldBytes -= item.length;
    this.receivers.splice(0, items);
    this.marks.splice(0, items);
    for (const reply of this.replies.splice(0, replies)) this.heldBytes -= reply.length;
    this.sessions.splice(0, replies);
    this.replyMarks.splice(0, replies);
  }
}

/** How many of the first marks are at most `durable`. */
function upTo(marks: readonly number[], durable: number): number {
  const { length } = marks;
  if (length === 0 || marks[length - 1]! <= durable) return length;
  let count = 0;
  while (marks[count]! <= durable) count++;
  return count;
}
