/**
 * Time as a cluster of processes spends it. Each process is one thread: it wakes up when something arrives, takes all that
 * is there in one turn of its event loop, and its frames leave at the end of the turn, one by one. Processes that share a
 * computer share its cores. What things cost is given; by how much each turn differs from that is drawn by seed.
 */

import { SeededRandom } from '../../core/random.ts';
import { type Fireable, Scheduler } from '../scheduler.ts';

/** What moving messages costs a process, µs of a core. */
export interface FrameCosts {
  /** Until a core that sleeps is awake: nobody's work, and none where it is at work for somebody else. */
  readonly idleUs: number;
  /** Until a process that was not running runs: the switch. */
  readonly switchUs: number;
  readonly frameInUs: number;
  readonly frameOutUs: number;
  /** Each 1,000 bytes, at either end. */
  readonly kilobyteUs: number;
}

export interface Arrival {
  readonly from: number;
  readonly bytes: number;
  /** A peer's payload, or what the process told itself to remember. */
  readonly payload: unknown;
}

/** What runs in a process. */
export interface Party {
  /**
   * Does what has come; gives what that took beside moving the frames, µs. `nowMs`: when the turn began; `clock`: the time of
   * day in the turn, once so many of those µs are spent.
   */
  turn(arrivals: readonly Arrival[], nowMs: number, clock: (us: number) => number): number;
}

/** How long a process may keep its core while others wait for one, ms: about what Linux lets it. */
const SLICE_MS = 3;

/** Events between two looks at the processor's time. */
const LOOK_EVERY = 1024;
const SEED = 1;

const [ARRIVES, RUNS, ENDS] = [0, 1, 2];
/** `from` of what a process sends itself. */
export const MYSELF = -1;

/** A computer. */
export class Host {
  private free: number;
  private readonly ready: Process[] = [];

  constructor(cores: number) {
    this.free = cores;
  }

  /** Somebody has something to do. */
  enqueue(process: Process): void {
    if (this.free > 0) {
      this.free--;
      process.begin(true, true);
    } else this.ready.push(process);
  }

  get crowded(): boolean {
    return this.ready.length > 0;
  }

  /** A core is free again. */
  release(): void {
    const next = this.ready.shift();
    if (next === undefined) this.free++;
    else next.begin(true, false);
  }
}

interface Leaving {
  readonly to: Process;
  readonly arrival: Arrival;
}

export class Process implements Fireable {
  readonly id: number;
  party!: Party;
  /** Time on a core, µs. */
  busyUs = 0;
  private readonly world: CostedWorld;
  private readonly host: Host;
  private inbox: Arrival[] = [];
  private waiting = true;
  private leaving: Leaving[] = [];
  private sliceMs = 0;

  constructor(world: CostedWorld, id: number, host: Host) {
    this.world = world;
    this.id = id;
    this.host = host;
  }

  /** In a turn: a frame to another process, which leaves when the turn's work is done. */
  post(to: Process, bytes: number, payload: unknown): void {
    this.leaving.push({ to, arrival: { from: this.id, bytes, payload } });
  }

  /** Tells itself something later; the same object can be told once only. */
  remember(delayMs: number, payload: unknown): void {
    this.world.scheduler.schedule(delayMs, this, ARRIVES!, { from: MYSELF, bytes: 0, payload });
  }

  fire(tag: number, payload: unknown): void {
    if (tag === RUNS) return this.run();
    if (tag === ENDS) return this.end();
    this.inbox.push(payload as Arrival);
    if (!this.waiting) return;
    this.waiting = false;
    this.host.enqueue(this);
  }

  /** It has a core. */
  begin(switched: boolean, slept: boolean): void {
    const { scheduler, costs } = this.world;
    if (switched) this.sliceMs = scheduler.nowMs;
    const us = switched ? costs.switchUs : 0;
    this.busyUs += us;
    scheduler.schedule((us + (slept ? costs.idleUs : 0)) / 1000, this, RUNS!, undefined);
  }

  private run(): void {
    const { scheduler, costs } = this.world;
    const arrivals = this.inbox;
    this.inbox = [];
    let framesUs = 0;
    for (const { from, bytes } of arrivals)
      if (from !== MYSELF) framesUs += costs.frameInUs + (bytes / 1000) * costs.kilobyteUs;
    const factor = this.world.factor();
    const beganMs = scheduler.nowMs;
    const clock = (spentUs: number): number => beganMs + (factor * (framesUs + spentUs)) / 1000;
    let us = factor * (framesUs + this.party.turn(arrivals, beganMs, clock));
    for (const { to, arrival } of this.leaving) {
      us += factor * (costs.frameOutUs + (arrival.bytes / 1000) * costs.kilobyteUs);
      const wayMs = this.world.delayMs(this.id, to.id);
      scheduler.schedule(us / 1000 + wayMs, to, ARRIVES!, arrival);
    }
    this.leaving = [];
    this.busyUs += us;
    scheduler.schedule(us / 1000, this, ENDS!, undefined);
  }

  private end(): void {
    const late = this.world.scheduler.nowMs - this.sliceMs > SLICE_MS;
    if (this.inbox.length > 0 && !(late && this.host.crowded)) return this.begin(false, false);
    if (this.inbox.length > 0) this.host.enqueue(this);
    else this.waiting = true;
    this.host.release();
  }
}

export class CostedWorld {
  readonly scheduler = new Scheduler();
  readonly costs: FrameCosts;
  /** On the wire, ms, by the ids of processes. */
  readonly delayMs: (from: number, to: number) => number;
  /** How much turns differ: the standard deviation of the logarithm of what one takes. */
  private readonly spread: number;
  private readonly random = new SeededRandom(SEED);

  constructor(costs: FrameCosts, delayMs: (from: number, to: number) => number = () => 0, spread = 0) {
    this.costs = costs;
    this.delayMs = delayMs;
    this.spread = spread;
  }

  /** What a turn takes, over the usual: caches, collections of garbage, and whatever else a computer does. Median 1. */
  factor(): number {
    if (this.spread === 0) return 1;
    const { random } = this;
    // Box & Muller (1958).
    const normal = Math.sqrt(-2 * Math.log(1 - random.float())) * Math.cos(2 * Math.PI * random.float());
    return Math.exp(this.spread * normal);
  }

  /**
   * Runs until `done`, or until nothing is left, or `mostMs` of virtual time are over, or `patienceMs` of the processor's
   * (which do not depend on what else runs); gives whether it is done.
   */
  run(done: () => boolean, mostMs: number, patienceMs = Number.POSITIVE_INFINITY): boolean {
    const { scheduler } = this;
    const before = process.cpuUsage();
    while (!done()) {
      if (scheduler.fired % LOOK_EVERY === 0 && process.cpuUsage(before).user > 1000 * patienceMs)
        return false;
      if (scheduler.nextMs > mostMs || !scheduler.advance()) return false;
    }
    return true;
  }
}
