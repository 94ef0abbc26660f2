/**
 * What strangers may cost: connections that have not finished their handshake are counted per lane, clients' per address too, and
 * answering their hellos gets at most a third of the thread, validators first, however many there are. Where answers come to
 * nothing, since those who asked go away or fail, a lane gets less and less of it, down to a fortieth. Whoever comes to the
 * validators' door from an address where a validator is known to be has a lane of its own, so that strangers in a validator's name
 * keep none of them out.
 */

import {
  COOKIE_PENDING,
  MAX_PENDING_CLIENTS,
  MAX_PENDING_HANDSHAKES,
  MAX_PENDING_PEERS,
} from '../core/limits.ts';
import type { Door } from './socket.ts';

/** After a job of c ms, the next one waits for this many times c: at least, and at most where they come to nothing. */
const REST_MIN = 2;
const REST_MAX = 40;
/** What an answer that came to nothing multiplies it by; one that was completed divides by it. */
const REST_GROWTH = 1.25;

/** A job may run this much before its time, ms: timers do. */
const EARLY_MS = 1;

/** In the order in which they are served. */
const LANES = ['trusted', 'peer', 'client'] as const;
export type Lane = (typeof LANES)[number];

/** A connection in its handshake. */
export interface Guest {
  readonly remote: string;
  readonly door: Door;
  readonly lane: Lane;
  /** Ends it; calls `leave`. */
  evict(): void;
}

interface LaneState {
  readonly most: number;
  pending: number;
  /** Those that we wait for, oldest first: they have not sent their hello yet, or not what follows our answer. */
  readonly silent: Set<Guest>;
  readonly answered: Set<Guest>;
  jobs: (() => void)[];
  idleFromMs: number;
  rest: number;
}

export function laneOf(door: Door, trusted: boolean): Lane {
  return door === 'client' ? 'client' : trusted ? 'trusted' : 'peer';
}

export class Admission {
  /** Clients. */
  private readonly perAddress = new Map<string, number>();
  private readonly lanes: Readonly<Record<Lane, LaneState>>;
  private timer: NodeJS.Timeout | undefined;

  /** `validators`: after a restart all of them may dial at once. */
  constructor(validators: number) {
    const peers = Math.max(MAX_PENDING_PEERS, validators);
    this.lanes = { trusted: laneFor(peers), peer: laneFor(peers), client: laneFor(MAX_PENDING_CLIENTS) };
  }

  /** Counts a connection in, or refuses it. A full lane gives up whoever has been silent there for longest. */
  enter(guest: Guest): boolean {
    const { remote } = guest;
    const lane = this.lanes[guest.lane];
    // Validators' lanes are short enough: many clients behind a gateway keep no validator behind it out.
    const counted = guest.lane === 'client';
    if (counted && this.countOf(remote) >= MAX_PENDING_HANDSHAKES) return false;
    if (lane.pending >= lane.most) {
      const [longest] = lane.silent.size > 0 ? lane.silent : lane.answered;
      if (longest === undefined) return false;
      longest.evict();
    }
    if (counted) this.perAddress.set(remote, this.countOf(remote) + 1);
    lane.pending++;
    lane.silent.add(guest);
    return true;
  }

  /** Counts it out: its handshake has ended. `completed`: with a session. */
  leave(guest: Guest, completed: boolean): void {
    const { remote } = guest;
    const lane = this.lanes[guest.lane];
    if (guest.lane === 'client') {
      const left = this.countOf(remote) - 1;
      if (left > 0) this.perAddress.set(remote, left);
      else this.perAddress.delete(remote);
    }
    lane.pending--;
    lane.silent.delete(guest);
    if (!lane.answered.delete(guest)) return;
    lane.rest = Math.min(
      REST_MAX,
      Math.max(REST_MIN, lane.rest * (completed ? 1 / REST_GROWTH : REST_GROWTH)),
    );
  }

  /**
   * Whether who says hello here is asked for a cookie before anything costly: a client always, a validator where many
   * handshakes are under way, or where answers come to nothing.
   */
  wantsCookie(lane: Lane): boolean {
    const { pending, rest } = this.lanes[lane];
    return lane === 'client' || pending > COOKIE_PENDING || rest > REST_MIN;
  }

  /** After an answer that took c ms, this lane waits for so many times c. */
  rest(lane: Lane): number {
    return this.lanes[lane].rest;
  }

  /** Connections that are in their handshake. */
  get pending(): number {
    return LANES.reduce((sum, name) => sum + this.lanes[name].pending, 0);
  }

  /** Runs the job that answers a guest's hello when its turn comes: one per guest. */
  answer(guest: Guest, job: () => void): void {
    const lane = this.lanes[guest.lane];
    lane.silent.delete(guest);
    lane.jobs.push(job);
    this.schedule();
  }

  /** The answer is on its way: now it is waited for. */
  answered(guest: Guest): void {
    this.lanes[guest.lane].answered.add(guest);
  }

  stop(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    for (const name of LANES) this.lanes[name].jobs = [];
  }

  private countOf(remote: string): number {
    return this.perAddress.get(remote) ?? 0;
  }

  private schedule(): void {
    let dueMs = Number.POSITIVE_INFINITY;
    for (const name of LANES) {
      const { jobs, idleFromMs } = this.lanes[name];
      if (jobs.length > 0) dueMs = Math.min(dueMs, idleFromMs);
    }
    clearTimeout(this.timer);
    this.timer = undefined;
    if (dueMs === Number.POSITIVE_INFINITY) return;
    this.timer = setTimeout(() => this.next(), Math.max(0, dueMs - performance.now()));
  }

  private next(): void {
    this.timer = undefined;
    const startMs = performance.now();
    const due = LANES.find(
      (name) => this.lanes[name].jobs.length > 0 && this.lanes[name].idleFromMs <= startMs + EARLY_MS,
    );
    if (due === undefined) return this.schedule();
    try {
      this.lanes[due].jobs.shift()!();
    } finally {
      const endMs = performance.now();
      const tookMs = endMs - startMs;
      // All lanes together have a third of the thread, and this one what it is worth.
      for (const name of LANES) {
        const lane = this.lanes[name];
        const rest = name === due ? lane.rest : REST_MIN;
        lane.idleFromMs = Math.max(lane.idleFromMs, endMs + rest * tookMs);
      }
      this.schedule();
    }
  }
}

function laneFor(most: number): LaneState {
  return {
    most,
    pending: 0,
    silent: new Set(),
    answered: new Set(),
    jobs: [],
    idleFromMs: 0,
    rest: REST_MIN,
  };
}
