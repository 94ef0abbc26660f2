/** Stands before a replica's port and loses, delays or spoils messages by their type and author. */

import type { ReplicaId } from '../../core/ids.ts';
import type { Attested } from '../../core/machine.ts';
import type { PbftMessage } from '../../protocols/pbft/messages.ts';
import { TAG } from '../node.ts';
import type { Fireable, Scheduler } from '../scheduler.ts';

export interface Filter {
  /** Undefined: of every type, of every author, to everybody. */
  readonly type: string | undefined;
  readonly from: readonly ReplicaId[] | undefined;
  readonly to: readonly number[] | undefined;
  readonly act: { readonly kind: 'drop' | 'corrupt' } | { readonly kind: 'delay'; readonly ms: number };
  /** How many messages it still meets. */
  left: number;
}

export class Sieve implements Fireable {
  readonly #port: number;
  readonly #behind: Fireable;
  readonly #scheduler: Scheduler;
  readonly #filters: readonly Filter[];

  /** `filters` is shared by all ports of a run, and changes. */
  constructor(port: number, behind: Fireable, scheduler: Scheduler, filters: readonly Filter[]) {
    this.#port = port;
    this.#behind = behind;
    this.#scheduler = scheduler;
    this.#filters = filters;
  }

  fire(tag: number, payload: unknown): void {
    if (tag !== TAG.message) return this.#behind.fire(tag, payload);
    const attested = payload as Attested<PbftMessage>;
    const filter = this.#filters.find((candidate) => this.#meets(candidate, attested));
    if (filter === undefined) return this.#behind.fire(tag, payload);
    filter.left--;
    if (filter.act.kind === 'drop') return;
    if (filter.act.kind === 'delay')
      return this.#scheduler.schedule(filter.act.ms, this.#behind, tag, payload);
    // Bits that changed on the way: the same author and proof, another content.
    return this.#behind.fire(tag, { ...attested, message: spoilt(attested.message) });
  }

  #meets({ type, from, to, left }: Filter, attested: Attested<PbftMessage>): boolean {
    if (left <= 0 || (type !== undefined && type !== attested.message.type)) return false;
    if (from !== undefined && !from.includes(attested.from)) return false;
    return to === undefined || to.includes(this.#port);
  }
}

function spoilt(message: PbftMessage): PbftMessage {
  return 'digest' in message ? { ...message, digest: 'b'.repeat(64) } : { ...message };
}
