/**
 * What strangers may cost: connections that have not finished their handshake are counted per address and per door,
 * and answering their hellos gets at most a third of the thread, validators first, however many there are.
 */

import { MAX_PENDING_CLIENTS, MAX_PENDING_HANDSHAKES, MAX_PENDING_PEERS } from '../core/limits.ts';
import type { Door } from './socket.ts';

/** After a job of c ms, the next one waits for this many times c. */
const REST = 2;

export class Admission {
  private readonly perAddress = new Map<string, number>();
  private readonly perDoor: Record<Door, number> = { peer: 0, client: 0 };
  private readonly jobs: Record<Door, (() => void)[]> = { peer: [], client: [] };
  private timer: NodeJS.Timeout | undefined;
  private idleFromMs = 0;

  /** Counts a connection in, or refuses it. */
  enter(remote: string, door: Door): boolean {
    const here = this.perAddress.get(remote) ?? 0;
    const most = door === 'peer' ? MAX_PENDING_PEERS : MAX_PENDING_CLIENTS;
    if (here >= MAX_PENDING_HANDSHAKES || this.perDoor[door] >= most) return false;
    this.perAddress.set(remote, here + 1);
    this.perDoor[door]++;
    return true;
  }

  /** Counts it out: its handshake has ended, either way. */
  leave(remote: string, door: Door): void {
    const here = (this.perAddress.get(remote) ?? 0) - 1;
    if (here > 0) this.perAddress.set(remote, here);
    else this.perAddress.delete(remote);
    this.perDoor[door]--;
  }

  /** Connections that are in their handshake. */
  get pending(): number {
    return this.perDoor.peer + this.perDoor.client;
  }

  /** Runs a job when its turn comes. There is at most one per connection that was let in. */
  run(door: Door, job: () => void): void {
    this.jobs[door].push(job);
    this.schedule();
  }

  stop(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    this.jobs.peer = [];
    this.jobs.client = [];
  }

  private schedule(): void {
    if (this.timer !== undefined || this.jobs.peer.length + this.jobs.client.length === 0) return;
    this.timer = setTimeout(() => this.next(), Math.max(0, this.idleFromMs - performance.now()));
  }

  private next(): void {
    this.timer = undefined;
    const job = this.jobs.peer.shift() ?? this.jobs.client.shift();
    if (job === undefined) return;
    const startMs = performance.now();
    try {
      job();
    } finally {
      const endMs = performance.now();
      this.idleFromMs = endMs + REST * (endMs - startMs);
      this.schedule();
    }
  }
}
