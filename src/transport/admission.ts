/**
 * What strangers may cost: connections that have not finished their handshake are counted per address and per door,
 * and answering their hellos gets at most a third of the thread, validators first, however many there are.
 */

import { MAX_PENDING_CLIENTS, MAX_PENDING_HANDSHAKES, MAX_PENDING_PEERS } from '../core/limits.ts';
import type { Door } from './socket.ts';

/** After a job of c ms, the next one waits for this many times c. */
const REST = 2;

/** A connection in its handshake. */
export interface Guest {
  readonly remote: string;
  readonly door: Door;
  /** Ends it; calls `leave`. */
  evict(): void;
}

export class Admission {
  private readonly perAddress = new Map<string, number>();
  private readonly perDoor: Record<Door, number> = { peer: 0, client: 0 };
  /** Those that have not sent their hello yet, oldest first. */
  private readonly silent: Record<Door, Set<Guest>> = { peer: new Set(), client: new Set() };
  private readonly jobs: Record<Door, (() => void)[]> = { peer: [], client: [] };
  private timer: NodeJS.Timeout | undefined;
  private idleFromMs = 0;
  private readonly most: Readonly<Record<Door, number>>;

  /** `validators`: after a restart all of them may dial at once. */
  constructor(validators: number) {
    this.most = { peer: Math.max(MAX_PENDING_PEERS, validators), client: MAX_PENDING_CLIENTS };
  }

  /** Counts a connection in, or refuses it. A full door gives up whoever has been silent there for longest. */
  enter(guest: Guest): boolean {
    const { remote, door } = guest;
    if (this.countOf(remote) >= MAX_PENDING_HANDSHAKES) return false;
    if (this.perDoor[door] >= this.most[door]) {
      const [silent] = this.silent[door];
      if (silent === undefined) return false;
      silent.evict();
    }
    this.perAddress.set(remote, this.countOf(remote) + 1);
    this.perDoor[door]++;
    this.silent[door].add(guest);
    return true;
  }

  /** Counts it out: its handshake has ended, either way. */
  leave(guest: Guest): void {
    const { remote, door } = guest;
    const left = this.countOf(remote) - 1;
    if (left > 0) this.perAddress.set(remote, left);
    else this.perAddress.delete(remote);
    this.perDoor[door]--;
    this.silent[door].delete(guest);
  }

  /** Connections that are in their handshake. */
  get pending(): number {
    return this.perDoor.peer + this.perDoor.client;
  }

  /** Runs the job that answers a guest's hello when its turn comes: one per guest. */
  answer(guest: Guest, job: () => void): void {
    this.silent[guest.door].delete(guest);
    this.jobs[guest.door].push(job);
    this.schedule();
  }

  stop(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    this.jobs.peer = [];
    this.jobs.client = [];
  }

  private countOf(remote: string): number {
    return this.perAddress.get(remote) ?? 0;
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
