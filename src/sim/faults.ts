/** Faults of networks and hosts: what each kind does to a cluster. Longer than most files, as a list of kinds. */

import type { ReplicaId } from '../core/ids.ts';
import type { AnyMessage } from '../core/machine.ts';
import type { SeededRandom } from '../core/random.ts';
import type { Cluster } from './cluster.ts';
import { CALM, type LinkRule } from './network.ts';
import type { SetChange } from './sets.ts';

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
  | 'mend'
  | 'isolatePrimary'
  | 'cutLink'
  | 'pause'
  | 'busy'
  | 'disk'
  | 'slowDisk'
  | 'clock'
  | 'flip'
  | 'join'
  | 'leave'
  | 'rotate';

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

/** What a fault may use. */
export interface Striking<M extends AnyMessage, R extends AnyMessage> {
  readonly cluster: Cluster<M, R>;
  readonly random: SeededRandom;
  /** The mean time between two faults, in virtual ms. */
  readonly pauseMs: number;
  /** Whether this replica may lose its log, or come to another state: it counts as faulty from then on. */
  mayFail(id: ReplicaId): boolean;
  restartLater(id: ReplicaId, delayMs: number): void;
}

/** One fault strikes now; its victim and its extent are drawn. */
export function strike<M extends AnyMessage, R extends AnyMessage>(
  striking: Striking<M, R>,
  kind: FaultKind,
): void {
  const { cluster, random } = striking;
  const { network, trace } = cluster;
  // With the twins it is the replicas that are struck, as their addresses come last.
  const n = cluster.sets === undefined ? cluster.n : cluster.nodes.length;
  const victim = random.below(n);
  const ids = [...Array(n).keys()];
  switch (kind) {
    case 'crash':
      return crash(striking, victim);
    case 'crashAll':
      for (const id of ids) crash(striking, id);
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
    case 'isolatePrimary': {
      const primary = cluster.nodes[victim]!.machine?.status().primary ?? victim;
      trace.note(`isolate ${primary}, the primary`);
      return network.isolate(primary);
    }
    case 'cutLink': {
      const primary = cluster.nodes[victim]!.machine?.status().primary ?? 0;
      const other = primary === victim ? (victim + 1) % n : primary;
      trace.note(`cut the link between ${victim} and ${other}`);
      network.cut(victim, other);
      return network.cut(other, victim);
    }
    case 'flap':
      trace.note(`links of ${victim} flap`);
      cluster.hangUp(victim, random.float() * 40);
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
    case 'join':
    case 'leave':
    case 'rotate':
      return changeSet(striking, kind);
    default:
      return strikeHost(striking, kind, victim);
  }
}

/** Somebody asks for another validator set, by what the present one is. */
function changeSet<M extends AnyMessage, R extends AnyMessage>(
  { cluster, random }: Striking<M, R>,
  kind: SetChange['kind'],
): void {
  const members = cluster.latestSet?.members.map(({ id }) => id) ?? [];
  const others = cluster.nodes.map(({ id }) => id).filter((id) => !members.includes(id));
  const member = random.pick(kind === 'join' && others.length > 0 ? others : members);
  cluster.change({ kind, member });
}

function strikeHost<M extends AnyMessage, R extends AnyMessage>(
  striking: Striking<M, R>,
  kind: 'pause' | 'busy' | 'disk' | 'slowDisk' | 'clock' | 'flip',
  victim: ReplicaId,
): void {
  const { cluster, random } = striking;
  const node = cluster.node(victim);
  const { host } = node;
  const { nowMs } = cluster.scheduler;
  switch (kind) {
    case 'pause': {
      const ms = random.float() * 200;
      cluster.trace.note(`pause ${victim} for ${ms.toFixed(1)} ms`);
      return host.pause(nowMs, ms);
    }
    case 'busy':
      host.stepMs = random.float() * 2;
      return cluster.trace.note(`${victim} takes ${host.stepMs.toFixed(2)} ms for each event`);
    case 'slowDisk':
      host.flushMs = random.float() * 20;
      if (random.chance(0.5)) host.saveMs = random.float() * 100;
      return cluster.trace.note(`the disk of ${victim} takes ${host.flushMs.toFixed(1)} ms`);
    case 'clock':
      host.setRate(nowMs, 0.5 + random.float() * 1.5);
      host.wallSkewMs = random.float() * 4_000 - 2_000;
      if (random.chance(0.5)) host.jump(random.float() * 500);
      return cluster.trace.note(`the clock of ${victim} is wrong: rate ${host.rate.toFixed(2)}`);
    case 'disk':
      if (!striking.mayFail(victim)) return;
      cluster.crash(victim);
      node.disk.damage(random);
      if (node.disk.damaged) cluster.trace.note(`the log of ${victim} is damaged`);
      return striking.restartLater(victim, random.float() * striking.pauseMs);
    case 'flip':
      if (!node.up || !node.honest || !striking.mayFail(victim)) return;
      cluster.trace.note(`a bit of the state of ${victim} flips`);
      return node.ledger.flip();
  }
}

/** At once, or at some effect or packet of a later step, so that a step is cut at any point. */
function crash<M extends AnyMessage, R extends AnyMessage>(
  { cluster, random, pauseMs, restartLater }: Striking<M, R>,
  id: ReplicaId,
): void {
  const node = cluster.node(id);
  let countdown = random.chance(0.3) ? 0 : random.below(24);
  if (countdown === 0) cluster.crash(id);
  else {
    node.tripwire = () => {
      if (--countdown > 0) return false;
      cluster.trace.note(`crash ${id} in a step`);
      node.tripwire = undefined;
      cluster.hangUp(id);
      return true;
    };
  }
  restartLater(id, random.float() * 6 * pauseMs);
}
