/** How much of a protocol's state space a campaign has seen: combinations of what is under way in a replica. */

import type { ReplicaId } from '../core/ids.ts';
import type { AnyMessage, Machine } from '../core/machine.ts';
import type { Observer } from './observer.ts';
import { DEFAULT_SUBJECT } from './protocols/registry.ts';
import type { Subject } from './subject.ts';

const BITS = 14;

export class Coverage implements Observer {
  /** Combinations seen so far. */
  seen = 0;
  readonly #known = new Uint8Array(1 << BITS);
  readonly #subject: Subject;

  constructor(subject: Subject = DEFAULT_SUBJECT) {
    this.#subject = subject;
  }

  stepped(_replica: ReplicaId, machine: Machine<AnyMessage, AnyMessage>): void {
    const key = this.#subject.situation(machine);
    if (this.#known[key] !== 0) return;
    this.#known[key] = 1;
    this.seen++;
  }
}
