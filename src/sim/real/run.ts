/**
 * Scenarios with nothing symbolic but the network, the disk and the clock: the production driver with codec, kernels,
 * signatures, execution, checkpoints and state transfer. A thousand times dearer than the others, hence sampled. The
 * same seed gives the same run; ML-DSA-87 signs with fresh randomness, which changes bytes and nothing else. The world
 * and its run are one file, longer than most, since neither is of use without the other.
 */

import { setImmediate as turn } from 'node:timers/promises';
import type { Digest, ReplicaId, Sequence } from '../../core/ids.ts';
import { SeededRandom } from '../../core/random.ts';
import type { Telemetry } from '../../core/telemetry.ts';
import type { Item } from '../../transport/interface.ts';
import { roughRule } from '../faults.ts';
import { CALM, Network } from '../network.ts';
import { Violation } from '../observer.ts';
import type { Failure } from '../run.ts';
import { type Fireable, Scheduler } from '../scheduler.ts';
import { Mixer } from '../symbolic.ts';
import type { RealSetting } from './chain.ts';
import { RealNode, SUBMIT, UP } from './node.ts';
import { Promises } from './promises.ts';

export interface RealResult {
  readonly seed: number;
  readonly commits: number;
  readonly faults: number;
  readonly events: number;
  readonly virtualMs: number;
  readonly views: number;
  /** Losses of power, and answers to clients; those of the same transaction count anew. */
  readonly cuts: number;
  readonly acknowledged: number;
  /** States that were fetched, pieces of them that did not hold, and returns to a certified checkpoint. */
  readonly transfers: number;
  readonly falsePieces: number;
  readonly rollbacks: number;
  readonly traceHash: string;
  readonly failure: Failure | undefined;
}

const FAULTY_MS = 250;
const TRANSACTIONS = 24;
const PROGRESS_MS = 30_000;
/** Long enough for answers that are known. */
const ANSWER_MS = 5;

/**
 * What the faulty one does: nothing (there is none), runs twice under one key, spoils what it sends, spoils the pieces of
 * a state that it gives and keeps back others, or is honest and has its memory written to.
 */
const DECEITS = ['none', 'twin', 'spoil', 'false-pieces', 'rot'] as const;
type Deceit = (typeof DECEITS)[number];

/** All that may go wrong; or the power alone, again and again, of one replica, of some, or of all. */
export type FaultMix = 'all' | 'power';

/** How far a clock may be off without harm, ms: batches' times are taken within the genesis's drift. */
const SKEW_MS = 20_000;

/** And that of one replica, whose proposals nobody takes then. */
const WRONG_CLOCK_MS = 3_600_000;

const STRIKE = 0;
const RETURN = 1;
const RETRY = 2;
const ROT = 3;

class RealWorld implements Fireable {
  readonly scheduler = new Scheduler();
  readonly network: Network;
  readonly nodes: readonly RealNode[];
  readonly transactions: Uint8Array[] = [];
  readonly mixer = new Mixer();
  struck = 0;
  views = 0;
  readonly #setting: RealSetting;
  readonly #random: SeededRandom;
  readonly #headers = new Map<Sequence, Digest>();
  readonly #checkpoints = new Map<Sequence, Digest>();
  readonly #seen: Sequence[];
  readonly #mix: FaultMix;
  readonly promises: Promises;
  /** The replica that may do worse than crash: it lies, or its disk or its clock does. */
  readonly #bad: number;
  readonly #deceit: Deceit;

  constructor(setting: RealSetting, seed: number, mix: FaultMix) {
    this.#mix = mix;
    this.promises = new Promises(setting);
    this.#setting = setting;
    this.#random = new SeededRandom(seed ^ 0x4ea1);
    const random = this.#random;
    const n = setting.chain.genesis.validators.length;
    const deceit: Deceit = mix === 'power' ? 'none' : DECEITS[seed % DECEITS.length]!;
    this.#deceit = deceit;
    this.#bad = random.below(n);
    const liar = deceit === 'none' || deceit === 'rot' ? -1 : this.#bad;
    const count = deceit === 'twin' ? n + 1 : n;
    this.network = new Network(
      count,
      this.scheduler,
      random.fork(),
      random.chance(0.5) ? roughRule(random) : CALM,
    );
    const ports = Array.from({ length: n }, (_, id) => (deceit === 'twin' && id === liar ? [id, n] : [id]));
    this.nodes = Array.from({ length: count }, (_, port) => {
      const self = port < n ? port : liar;
      const spoil = deceit === 'spoil' && self === liar ? random.fork() : undefined;
      const sent = (to: ReplicaId, items: number, bytes: number): void => {
        this.mixer.int(this.scheduler.nowMs).int(port).int(to).int(items).int(bytes);
      };
      const keepBack = deceit === 'false-pieces' && self === liar ? random.fork() : undefined;
      const honest = self !== liar;
      // A log whose last moments were lost before its witness knew of them forgets them unnoticed.
      const said = (items: readonly Item[]): void => {
        if (honest && !this.nodes[port]!.tampered) this.promises.said(self, items);
      };
      const link = { self, port, ports, network: this.network, spoil, keepBack, sent, said };
      const node = new RealNode(setting, this.scheduler, link, honest, random);
      if (honest)
        node.answered = (item) => {
          if (!node.tampered) this.promises.answered(self, item);
        };
      return node;
    });
    this.#seen = new Array(count).fill(0);
    for (const node of this.nodes) this.network.attach(node.port, node);
    for (const node of this.nodes) node.start();
  }

  plan(): void {
    const random = this.#random;
    for (let i = this.#mix === 'power' ? 6 + random.below(10) : random.below(10); i > 0; i--) {
      this.scheduler.schedule(random.float() * FAULTY_MS, this, STRIKE, random.uint32());
    }
    for (let i = 0; i < TRANSACTIONS; i++) this.#submit(random.float() * FAULTY_MS, random.chance(0.7));
    this.scheduler.schedule(100, this, RETRY, undefined);
    if (this.#deceit !== 'rot') return;
    this.scheduler.schedule(random.float() * FAULTY_MS, this, ROT, this.#bad);
  }

  fire(tag: number, payload: unknown): void {
    if (tag === RETURN) return this.restart(payload as number);
    if (tag === ROT) return this.nodes[payload as number]!.rot();
    if (tag === STRIKE) return this.#strike(new SeededRandom(payload as number));
    // Clients send again what they have no answer for; whoever executed it answers from its table.
    for (const transaction of this.transactions) {
      for (const node of this.nodes) this.scheduler.schedule(this.#random.float(), node, SUBMIT, transaction);
    }
    this.scheduler.schedule(200, this, RETRY, undefined);
  }

  #submit(atMs: number, toAll: boolean): void {
    const transaction = this.#setting.transaction(this.transactions.length + 1);
    this.transactions.push(transaction);
    for (const node of this.nodes) {
      if (toAll || this.#random.chance(0.5))
        this.scheduler.schedule(atMs + this.#random.float(), node, SUBMIT, transaction);
    }
  }

  #strike(random: SeededRandom): void {
    this.struck++;
    const victim = random.below(this.nodes.length);
    const node = this.nodes[victim]!;
    switch (this.#mix === 'power' ? 1 + random.below(3) : random.below(12)) {
      case 0:
        node.crash();
        return this.scheduler.schedule(random.float() * 80, this, RETURN, victim);
      case 1:
      case 2:
        // In the midst of one of the next operations on its files.
        node.disk.cutAfter = random.below(20);
        return this.scheduler.schedule(random.float() * 120, this, RETURN, victim);
      case 3:
        return this.#blackout(random);
      case 4:
        return this.network.divide(random.below(2 ** this.nodes.length));
      case 5:
        return this.network.isolate(victim);
      case 6:
        return this.network.setRule(roughRule(random));
      case 7: {
        const slowMs = random.float() * 40;
        node.disk.syncMs = () => slowMs * random.float();
        return;
      }
      case 8: {
        const most = victim === this.#bad ? WRONG_CLOCK_MS : SKEW_MS;
        node.wallSkewMs = (2 * random.float() - 1) * most;
        return;
      }
      case 9:
        return this.#spoilLog(random);
      case 10:
        node.disk.full = random.chance(0.7);
        return;
      default:
        return this.network.mend();
    }
  }

  /** The power goes for some, or for all. */
  #blackout(random: SeededRandom): void {
    const all = random.chance(0.5);
    for (const node of this.nodes) {
      if (!all && random.chance(0.5)) continue;
      node.losePower();
      this.scheduler.schedule(random.float() * 60, this, RETURN, node.port);
    }
  }

  /** A log changes, or loses something, while its replica is down: more than may be asked of all but one. */
  #spoilLog(random: SeededRandom): void {
    const node = this.nodes[this.#bad]!;
    const logs = node.disk.filesIn('home/votes');
    if (!node.honest || logs.length === 0) return;
    node.crash();
    node.tampered = true;
    const change = random.below(3);
    node.disk.spoil(logs[random.below(logs.length)]!, (content) => {
      if (change === 0) return content.subarray(0, random.below(content.length));
      if (change === 1) content.fill(0, random.below(content.length));
      else content[random.below(content.length)]! ^= 1 << random.below(8);
      return content;
    });
    this.scheduler.schedule(random.float() * 60, this, RETURN, node.port);
  }

  restart(port: number): void {
    const node = this.nodes[port]!;
    node.disk.cutAfter = undefined;
    node.start();
    for (const other of this.nodes) {
      // No transport reports a connection with who has its own number: a twin's other copy hears nothing of it.
      if (other.id !== node.id) this.scheduler.schedule(this.#random.float(), other, UP, node.id);
    }
  }

  heal(): void {
    this.network.mend(CALM);
    for (const node of this.nodes) {
      node.disk.full = false;
      node.disk.syncMs = () => 0;
      node.wallSkewMs = 0;
      this.restart(node.port);
    }
  }

  /** After each event: who executed what, and whether anybody stopped by itself. */
  check(): void {
    if (this.promises.violation !== undefined) throw this.promises.violation;
    for (const { broken, honest, id, port, replica, durable, tampered, sound } of this.nodes) {
      if (broken !== undefined) throw broken;
      // What a replica did on promises that are not durable yet, it may do differently in another life. One whose log
      // was damaged unnoticed is a liar in all but intent.
      if (!honest || replica === undefined || !durable || tampered || !sound) continue;
      const { sequence, header, checkpoint, view } = replica.status();
      this.views = Math.max(this.views, view);
      if (sequence === this.#seen[port]) continue;
      this.#seen[port] = sequence;
      this.mixer.int(id).int(sequence).digest(header);
      same(this.#headers, sequence, header, `ledger header of replica ${id}`);
      if (checkpoint.sequence > 0) {
        same(this.#checkpoints, checkpoint.sequence, checkpoint.digest, `checkpoint of replica ${id}`);
      }
    }
  }

  /** Every client asks once more. */
  ask(): void {
    for (const transaction of this.transactions) for (const node of this.nodes) node.submit(transaction);
  }

  /** All honest replicas are at one sequence, and each transaction is executed everywhere. */
  settled(): boolean {
    let height = -1;
    for (const { honest, replica, app, refused } of this.nodes) {
      if (!honest || refused) continue;
      if (replica === undefined || app === undefined) return false;
      const { sequence, mempool } = replica.status();
      if (mempool.transactions > 0 || (height >= 0 && sequence !== height)) return false;
      height = sequence;
    }
    return this.#executedEverywhere();
  }

  #executedEverywhere(): boolean {
    const absent = this.#setting.query(0);
    for (const { honest, app, refused } of this.nodes) {
      if (!honest || refused) continue;
      const none = app!.query(absent);
      for (let number = 1; number <= this.transactions.length; number++) {
        const found = app!.query(this.#setting.query(number));
        if (found.length === none.length) return false;
      }
    }
    return true;
  }

  /** A count over all replicas and all their lives. */
  counted(of: (telemetry: Telemetry) => number): number {
    let sum = 0;
    for (const { lives } of this.nodes) for (const telemetry of lives) sum += of(telemetry);
    return sum;
  }

  get commits(): number {
    return Math.max(0, ...this.#headers.keys());
  }

  standing(): string {
    return this.nodes
      .map(({ id, honest, replica }) => {
        const status = replica?.status();
        return `${id}${honest ? '' : '*'}: view ${status?.view}${status?.active ? '' : '?'}, executed ${status?.sequence}`;
      })
      .join('; ');
  }
}

function same(known: Map<Sequence, Digest>, sequence: Sequence, digest: Digest, what: string): void {
  const first = known.get(sequence);
  if (first === undefined) known.set(sequence, digest);
  else if (first !== digest) {
    throw new Violation(
      'agreement',
      `${what} at ${sequence} is ${digest.slice(0, 8)}, elsewhere ${first.slice(0, 8)}`,
    );
  }
}

/** Runs until `atMs`, or until `done`; promises that an event leaves behind are kept before the next one. */
async function run(world: RealWorld, atMs: number, done: () => boolean): Promise<boolean> {
  const { scheduler } = world;
  for (let checkedMs = -1; scheduler.nextMs <= atMs; ) {
    scheduler.advance();
    await turn();
    world.check();
    // Looking at every application costs more than an event.
    if (scheduler.nowMs < checkedMs + 1) continue;
    checkedMs = scheduler.nowMs;
    if (done()) return true;
  }
  scheduler.skipTo(atMs);
  return done();
}

/** One scenario. A violation is in the result. */
export async function runRealScenario(
  setting: RealSetting,
  seed: number,
  mix: FaultMix = 'all',
): Promise<RealResult> {
  const world = new RealWorld(setting, seed, mix);
  let failure: Failure | undefined;
  try {
    world.plan();
    await run(world, FAULTY_MS, () => false);
    world.heal();
    if (!(await run(world, FAULTY_MS + PROGRESS_MS, () => world.settled()))) {
      throw new Violation(
        'progress',
        `not all is executed ${PROGRESS_MS} ms after the faults; ${world.standing()}`,
      );
    }
    world.ask();
    await run(world, world.scheduler.nowMs + ANSWER_MS, () => false);
  } catch (error) {
    if (!(error instanceof Violation)) throw error;
    failure = { checker: error.checker, message: error.message };
  }
  for (const node of world.nodes) node.crash();
  return {
    seed,
    commits: world.commits,
    faults: world.struck,
    events: world.scheduler.fired,
    virtualMs: world.scheduler.nowMs,
    views: world.views,
    cuts: world.nodes.reduce((sum, node) => sum + node.disk.cuts, 0),
    acknowledged: world.promises.acknowledged,
    transfers: world.counted(({ stateTransfers }) => stateTransfers),
    falsePieces: world.counted(({ falsePieces }) => falsePieces.total()),
    rollbacks: world.counted(({ rollbacks }) => rollbacks),
    traceHash: world.mixer.hex(),
    failure,
  };
}
