/** Random fault schedules: what goes wrong, and when, as data that a seed decides. */

import type { ReplicaId } from '../core/ids.ts';
import type { AnyMessage } from '../core/machine.ts';
import type { SeededRandom } from '../core/random.ts';
import type { Cluster } from './cluster.ts';
import { CALM, type LinkRule } from './network.ts';
import type { Fireable } from './scheduler.ts';

/** Kinds of faults that a schedule may draw. */
export type FaultKind =
  | 'crash'
  | 'crashAll'
  | 'partition'
  | 'oneWay'
  | 'isolate'
  | 'flap'
  | 'lossy'
  | 'slow'
  | 'mend';

export const FAULT_KINDS: readonly FaultKind[] = [
  'crash',
  'crashAll',
  'partition',
  'oneWay',
  'isolate',
  'flap',
  'lossy',
  'slow',
  'mend',
];

/** A network in which everything happens to some packets. */
export function roughRule(random: SeededRandom): LinkRule {
  return {
    loss: random.chance(0.5) ? random.float() * 0.3 : 0,
    duplicate: random.chance(0.5) ? random.float() * 0.3 : 0,
    delayMs: random.float() * 2,
    jitterMs: random.float() * 8,
    slow: random.chance(0.5) ? random.float() * 0.1 : 0,
    slowMs: random.float() * 100,
    ordered: random.chance(0.2),
    flapMs: 0,
  };
}

const STRIKE = 0;
const RETURN = 1;

/** Strikes a cluster at random instants until `untilMs`. Whoever it crashed it starts again, sooner or later. */
export class Saboteur<M extends AnyMessage, R extends AnyMessage> implements Fireable {
  /** Faults struck, by kind. */
  readonly struck = new Map<FaultKind, number>();
  readonly #cluster: Cluster<M, R>;
  readonly #random: SeededRandom;
  readonly #kinds: readonly FaultKind[];
  readonly #untilMs: number;
  readonly #pauseMs: number;

  /** `pauseMs`: the mean time between two faults, in virtual ms. */
  constructor(
    cluster: Cluster<M, R>,
    random: SeededRandom,
    kinds: readonly FaultKind[],
    untilMs: number,
    pauseMs: number,
  ) {
    this.#cluster = cluster;
    this.#random = random;
    this.#kinds = kinds;
    this.#untilMs = untilMs;
    this.#pauseMs = pauseMs;
    this.#next();
  }

  fire(tag: number, payload: unknown): void {
    if (tag === RETURN) return this.#cluster.restart(payload as ReplicaId);
    this.#strike(this.#random.pick(this.#kinds));
    this.#next();
  }

  #next(): void {
    const delayMs = this.#random.float() * 2 * this.#pauseMs;
    if (this.#cluster.scheduler.nowMs + delayMs < this.#untilMs) {
      this.#cluster.scheduler.schedule(delayMs, this, STRIKE, undefined);
    }
  }

  #strike(kind: FaultKind): void {
    const cluster = this.#cluster;
    const { network, n, trace } = cluster;
    const random = this.#random;
    this.struck.set(kind, (this.struck.get(kind) ?? 0) + 1);
    const victim = random.below(n);
    const ids = [...Array(n).keys()];
    switch (kind) {
      case 'crash':
        return this.#crash(victim);
      case 'crashAll':
        for (const id of ids) this.#crash(id);
        return;
      case 'partition': {
        const cut = 1 + random.below(n - 1);
        random.shuffle(ids);
        return cluster.partition(ids.slice(0, cut), ids.slice(cut));
      }
      case 'oneWay': {
        const cut = 1 + random.below(n - 1);
        random.shuffle(ids);
        trace.note(`one way: ${ids.slice(cut)} do not hear ${ids.slice(0, cut)}`);
        return network.partitionOneWay(ids.slice(0, cut), ids.slice(cut));
      }
      case 'isolate':
        trace.note(`isolate ${victim}`);
        return network.isolate(victim);
      case 'flap':
        trace.note(`links of ${victim} flap`);
        network.setRule({ ...CALM, flapMs: 1 + random.float() * 40 }, victim);
        return network.setRule({ ...CALM, flapMs: 1 + random.float() * 40 }, undefined, victim);
      case 'lossy':
        trace.note('lossy');
        return network.setRule(roughRule(random));
      case 'slow':
        trace.note(`slow ${victim}`);
        return network.setRule({ ...CALM, delayMs: random.float() * 150 }, victim);
      case 'mend':
        trace.note('mend');
        return network.mend();
    }
  }

  /** At once, or at some effect or packet of a later step, so that a step is cut at any point. */
  #crash(id: ReplicaId): void {
    const random = this.#random;
    const node = this.#cluster.node(id);
    let countdown = random.chance(0.3) ? 0 : random.below(24);
    if (countdown === 0) this.#cluster.crash(id);
    else {
      node.tripwire = () => {
        if (--countdown > 0) return false;
        this.#cluster.trace.note(`crash ${id} in a step`);
        node.tripwire = undefined;
        return true;
      };
    }
    this.#cluster.scheduler.schedule(random.float() * 6 * this.#pauseMs, this, RETURN, id);
  }
}
