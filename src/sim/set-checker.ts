/**
 * Where validator sets change: everybody who enters an epoch finds the same set there, and no epoch begins before a quorum
 * of the one before signed its last checkpoint. The protocol's own checkers follow: each epoch has its own, which know its
 * replicas by their numbers in it.
 */

import type { Batch } from '../core/batch.ts';
import type { Digest, Epoch, ReplicaId, Sequence, View } from '../core/ids.ts';
import type { AnyMessage, Attested, Machine } from '../core/machine.ts';
import { seatOf, type ValidatorSet } from '../core/membership.ts';
import type { Cluster } from './cluster.ts';
import { certifiersOf } from './epochs.ts';
import { Hooks, type Observer, Violation } from './observer.ts';
import type { Beginning, Subject } from './subject.ts';

interface Known {
  readonly set: ValidatorSet;
  readonly base: Digest;
  readonly hooks: Hooks<AnyMessage, AnyMessage>;
}

export class SetChecker implements Observer {
  readonly #subject: Subject;
  readonly #cluster: Cluster<AnyMessage, AnyMessage>;
  readonly #epochs = new Map<Epoch, Known>();
  /** Honest members that signed a checkpoint, by epoch, sequence and digest. */
  readonly #signers = new Map<string, Set<number>>();

  constructor(subject: Subject, cluster: Cluster<AnyMessage, AnyMessage>) {
    this.#subject = subject;
    this.#cluster = cluster;
    // Those of the genesis are in their epoch already.
    for (const { id, honest, machine, set, config } of cluster.nodes) {
      if (!honest || machine === undefined || set === undefined) continue;
      this.entered(id, set, config.restoredDigest);
      this.restarted(id, machine, []);
    }
  }

  entered(member: number, set: ValidatorSet, base: Digest): void {
    const known = this.#epochs.get(set.epoch);
    if (known === undefined) {
      if (set.epoch > 0) this.#begun(member, set, base);
      const hooks = new Hooks(this.#subject.checkers(this.#beginningOf(set)));
      this.#epochs.set(set.epoch, { set, base, hooks });
    } else if (known.base !== base || namesOf(known.set) !== namesOf(set)) {
      const [one, other] = [namesOf(set), namesOf(known.set)];
      throw new Violation(
        'set',
        `member ${member} is in epoch ${set.epoch} with ${one}, others with ${other}`,
      );
    }
  }

  #beginningOf({ since, members }: ValidatorSet): Beginning {
    const honest = new Set<ReplicaId>();
    for (const [replica, { id }] of members.entries()) if (this.#cluster.node(id).honest) honest.add(replica);
    return { n: members.length, honest, base: since };
  }

  #begun(member: number, { epoch, since }: ValidatorSet, base: Digest): void {
    const before = this.#epochs.get(epoch - 1)?.set;
    if (before === undefined) throw new Violation('set', `nobody was in epoch ${epoch - 1} before ${epoch}`);
    const { length } = before.members;
    const liars = before.members.filter(({ id }) => !this.#cluster.node(id).honest).length;
    const signers = this.#signers.get(`${epoch - 1}:${since}:${base}`)?.size ?? 0;
    const { parameters } = this.#cluster.node(member).config;
    const needed = certifiersOf(this.#subject.parts.protocol, length, parameters);
    if (signers + liars >= needed) return;
    throw new Violation(
      'set',
      `member ${member} is in epoch ${epoch} when ${signers} honest of ${length} signed checkpoint ${since}, with which it begins`,
    );
  }

  #of(member: number): { hooks: Hooks<AnyMessage, AnyMessage>; replica: ReplicaId } | undefined {
    const { set } = this.#cluster.node(member);
    const known = set && this.#epochs.get(set.epoch);
    return known && { hooks: known.hooks, replica: seatOf(known.set, member) };
  }

  sent(member: number, message: AnyMessage, to: ReplicaId | undefined): void {
    this.#ends(member, message);
    const at = this.#of(member);
    for (const o of at?.hooks.sent ?? []) o.sent!(at!.replica, message, to);
  }

  /**
   * Whoever executed the change that ends an epoch says nothing more of slots past its end. (Where nobody lies, a log may
   * hold entries beyond, which nobody executes.)
   */
  #ends(member: number, message: AnyMessage & { sequence?: Sequence }): void {
    const { sequence } = message;
    if (sequence === undefined || !this.#subject.parts.protocol.byzantine) return;
    const { set, ledger } = this.#cluster.node(member);
    const coming = ledger.tip.sets?.membership.pending?.set;
    if (set === undefined || coming === undefined || coming.epoch <= set.epoch || sequence <= coming.since)
      return;
    throw new Violation(
      'set',
      `member ${member} sends ${message.type} of slot ${sequence} in epoch ${set.epoch}, which ends at ${coming.since}`,
    );
  }

  persisted(member: number, record: AnyMessage): void {
    const at = this.#of(member);
    for (const o of at?.hooks.persisted ?? []) o.persisted!(at!.replica, record);
  }

  attested(member: number, attested: Attested): void {
    const message = attested.message as AnyMessage & { epoch?: Epoch; sequence?: Sequence; digest?: Digest };
    if (message.type === 'checkpoint') {
      const key = `${message.epoch}:${message.sequence}:${message.digest}`;
      const signers = this.#signers.get(key) ?? new Set();
      this.#signers.set(key, signers.add(member));
    }
    const at = this.#of(member);
    for (const o of at?.hooks.attested ?? []) o.attested!(at!.replica, attested);
  }

  executed(member: number, sequence: Sequence, view: View, batch: Batch, history: Digest): void {
    const at = this.#of(member);
    for (const o of at?.hooks.executed ?? []) o.executed!(at!.replica, sequence, view, batch, history);
  }

  stable(member: number, sequence: Sequence, digest: Digest): void {
    const at = this.#of(member);
    for (const o of at?.hooks.stable ?? []) o.stable!(at!.replica, sequence, digest);
  }

  viewChanged(member: number, view: View, active: boolean): void {
    const at = this.#of(member);
    for (const o of at?.hooks.viewChanged ?? []) o.viewChanged!(at!.replica, view, active);
  }

  crashed(member: number): void {
    const at = this.#of(member);
    for (const o of at?.hooks.crashed ?? []) o.crashed!(at!.replica);
  }

  restarted(member: number, machine: Machine<AnyMessage, AnyMessage>, records: readonly AnyMessage[]): void {
    const at = this.#of(member);
    for (const o of at?.hooks.restarted ?? []) o.restarted!(at!.replica, machine, records);
  }

  stepped(member: number, machine: Machine<AnyMessage, AnyMessage>): void {
    const at = this.#of(member);
    for (const o of at?.hooks.stepped ?? []) o.stepped!(at!.replica, machine);
  }
}

const namesOf = ({ since, members }: ValidatorSet): string =>
  `${members.map(({ id, incarnation }) => `${id}.${incarnation}`).join(' ')} from ${since} on`;
