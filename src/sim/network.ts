/** A seeded network: what happens to a packet follows from the generator and the rule of its link alone. */

import type { ReplicaId } from '../core/ids.ts';
import type { SeededRandom } from '../core/random.ts';
import type { Fireable, Scheduler } from './scheduler.ts';

/** How one direction of one link treats packets. Packets overtake each other unless `ordered`. */
export interface LinkRule {
  /** Probability that a packet is lost. */
  readonly loss: number;
  /** Probability that a packet arrives twice. */
  readonly duplicate: number;
  /** Delay: uniform in [delayMs, delayMs + jitterMs). */
  readonly delayMs: number;
  readonly jitterMs: number;
  /** Probability that a packet takes up to `slowMs` longer: the long tail. */
  readonly slow: number;
  readonly slowMs: number;
  /** First in, first out, as on a TCP connection. */
  readonly ordered: boolean;
  /** The link is down during every other period of this length in virtual ms; 0: it never flaps. */
  readonly flapMs: number;
}

/** A quiet local network. */
export const CALM: LinkRule = {
  loss: 0,
  duplicate: 0,
  delayMs: 0.2,
  jitterMs: 0.6,
  slow: 0,
  slowMs: 0,
  ordered: false,
  flapMs: 0,
};

interface Link {
  rule: LinkRule;
  cut: boolean;
  /** When the last packet arrives, for ordered links. */
  lastMs: number;
}

export interface NetworkStats {
  sent: number;
  lost: number;
  duplicated: number;
}

export class Network {
  readonly stats: NetworkStats = { sent: 0, lost: 0, duplicated: 0 };
  readonly #links: Link[];
  readonly #ports: Fireable[] = [];
  readonly #n: number;
  readonly #scheduler: Scheduler;
  readonly #random: SeededRandom;
  readonly #distanceMs: ((from: ReplicaId, to: ReplicaId) => number) | undefined;
  #base: LinkRule;

  /** `distanceMs`: what a packet takes longer on each way, whatever the rule of its link. */
  constructor(
    n: number,
    scheduler: Scheduler,
    random: SeededRandom,
    rule: LinkRule = CALM,
    distanceMs?: (from: ReplicaId, to: ReplicaId) => number,
  ) {
    this.#distanceMs = distanceMs;
    this.#n = n;
    this.#scheduler = scheduler;
    this.#random = random;
    this.#base = rule;
    this.#links = Array.from({ length: n * n }, () => ({ rule, cut: false, lastMs: 0 }));
  }

  /** Who takes the packets that are sent to `id`. */
  attach(id: ReplicaId, port: Fireable): void {
    this.#ports[id] = port;
  }

  /**
   * Sends a packet, or loses it. The payload is passed as it is and must never change again. `waitMs`: it leaves only
   * then.
   */
  send(from: ReplicaId, to: ReplicaId, tag: number, payload: unknown, waitMs = 0): void {
    const link = this.#links[from * this.#n + to]!;
    const rule = link.rule;
    this.stats.sent++;
    if (link.cut || this.#flapped(rule) || (rule.loss > 0 && this.#random.chance(rule.loss))) {
      this.stats.lost++;
      return;
    }
    const lateMs = this.#distanceMs === undefined ? waitMs : waitMs + this.#distanceMs(from, to);
    this.#carry(link, to, tag, payload, lateMs);
    if (rule.duplicate > 0 && this.#random.chance(rule.duplicate)) {
      this.stats.duplicated++;
      this.#carry(link, to, tag, payload, lateMs);
    }
  }

  /** Sets the rule of one direction of one link; without `to`, of all links. */
  setRule(rule: LinkRule, from?: ReplicaId, to?: ReplicaId): void {
    if (from === undefined && to === undefined) this.#base = rule;
    for (let a = 0; a < this.#n; a++) {
      if (from !== undefined && a !== from) continue;
      for (let b = 0; b < this.#n; b++) {
        if (to === undefined || b === to) this.#link(a, b).rule = rule;
      }
    }
  }

  /** Cuts the direction from → to; packets on their way still arrive. */
  cut(from: ReplicaId, to: ReplicaId): void {
    this.#link(from, to).cut = true;
  }

  /** Cuts every link between different groups, both ways. A replica in no group is on its own. */
  partition(...groups: readonly (readonly ReplicaId[])[]): void {
    const side = new Array<number>(this.#n).fill(-1);
    groups.forEach((group, index) => {
      for (const id of group) side[id] = index;
    });
    for (let a = 0; a < this.#n; a++) {
      for (let b = 0; b < this.#n; b++) {
        this.#link(a, b).cut = a !== b && (side[a] !== side[b] || side[a] === -1);
      }
    }
  }

  /** Cuts every link between the addresses whose bit in `side` is set and the others, and no other link. */
  divide(side: number): void {
    for (let a = 0; a < this.#n; a++) {
      for (let b = 0; b < this.#n; b++) this.#link(a, b).cut = ((side >>> a) & 1) !== ((side >>> b) & 1);
    }
  }

  /** Cuts whatever the replicas of `deaf` would hear from those of `unheard`, and nothing else. */
  partitionOneWay(unheard: readonly ReplicaId[], deaf: readonly ReplicaId[]): void {
    for (const a of unheard) for (const b of deaf) if (a !== b) this.cut(a, b);
  }

  /** Cuts a replica off, both ways. */
  isolate(id: ReplicaId): void {
    for (let other = 0; other < this.#n; other++) {
      if (other === id) continue;
      this.cut(id, other);
      this.cut(other, id);
    }
  }

  /** Mends all links; with a rule, all of them follow it from now on, else the one given for the whole network. */
  mend(rule: LinkRule = this.#base): void {
    this.#base = rule;
    for (const link of this.#links) {
      link.cut = false;
      link.rule = rule;
    }
  }

  #link(from: ReplicaId, to: ReplicaId): Link {
    return this.#links[from * this.#n + to]!;
  }

  #flapped(rule: LinkRule): boolean {
    return rule.flapMs > 0 && Math.floor(this.#scheduler.nowMs / rule.flapMs) % 2 === 1;
  }

  #carry(link: Link, to: ReplicaId, tag: number, payload: unknown, waitMs: number): void {
    const rule = link.rule;
    let delayMs = waitMs + rule.delayMs + this.#random.float() * rule.jitterMs;
    if (rule.slow > 0 && this.#random.chance(rule.slow)) delayMs += this.#random.float() * rule.slowMs;
    if (rule.ordered) {
      const atMs = Math.max(link.lastMs, this.#scheduler.nowMs + delayMs);
      link.lastMs = atMs;
      delayMs = atMs - this.#scheduler.nowMs;
    }
    this.#scheduler.schedule(delayMs, this.#ports[to]!, tag, payload);
  }
}
