/**
 * What leaves in this turn. Everything is held back to the end of the turn, then the vote log is flushed, then
 * all of it is sent: so no vote is on the wire before the log holds it, one system call covers the turn's
 * records, and each peer gets one frame.
 */

import type { ReplicaId } from '../core/ids.ts';
import type { VoteLog } from '../storage/interface.ts';
import type { ClientSession, Item, Transport } from '../transport/interface.ts';

export class Outbox {
  private readonly transport: Transport;
  private readonly voteLog: VoteLog;
  private readonly items: Item[] = [];
  private readonly receivers: (ReplicaId | undefined)[] = [];
  private readonly replies: Item[] = [];
  private readonly sessions: ClientSession[] = [];

  constructor(transport: Transport, voteLog: VoteLog) {
    this.transport = transport;
    this.voteLog = voteLog;
  }

  /** To one replica, or to all others. */
  send(to: ReplicaId | undefined, item: Item): void {
    this.items.push(item);
    this.receivers.push(to);
  }

  reply(session: ClientSession, item: Item): void {
    this.sessions.push(session);
    this.replies.push(item);
  }

  flush(): void {
    this.voteLog.flush();
    for (let i = 0; i < this.items.length; i++) {
      const to = this.receivers[i];
      if (to === undefined) this.transport.broadcast(this.items[i]!);
      else this.transport.send(to, this.items[i]!);
    }
    for (let i = 0; i < this.replies.length; i++) {
      const session = this.sessions[i]!;
      if (session.open) session.send(this.replies[i]!);
    }
    this.items.length = 0;
    this.receivers.length = 0;
    this.replies.length = 0;
    this.sessions.length = 0;
    this.transport.flush();
  }
}
