/** A PBFT cluster under all checkers, for tests. */

import { expect } from 'vitest';
import type { ReplicaId } from '../../src/core/ids.ts';
import type { Effect } from '../../src/core/machine.ts';
import type { PbftMessage, PbftRecord } from '../../src/protocols/pbft/messages.ts';
import { pbft } from '../../src/protocols/pbft/pbft.ts';
import {
  AgreementChecker,
  CheckpointChecker,
  Cluster,
  type ClusterOptions,
  type Observer,
  PbftChecker,
  PbftCommitChecker,
  SizeChecker,
  ViewChecker,
} from '../../src/sim/index.ts';

export type PbftCluster = Cluster<PbftMessage, PbftRecord>;
export type PbftEffect = Effect<PbftMessage, PbftRecord>;

export interface PbftWorld {
  readonly cluster: PbftCluster;
  readonly views: ViewChecker;
  readonly sizes: SizeChecker;
}

/** Entries that a machine may hold at the sizes of these tests: slots of two windows with their votes, and claims. */
export const entriesAllowed = (n: number): number => 32 * (10 + 3 * n) * 4 + n * n * 400;

/** Any violation throws out of the run that shows it. `calm`: then a view change is one, too. */
export function pbftWorld(
  options: Partial<ClusterOptions<PbftMessage, PbftRecord>> & { n: number },
  calm = false,
): PbftWorld {
  const views = new ViewChecker(calm ? 0 : undefined);
  const sizes = new SizeChecker(entriesAllowed(options.n));
  const observers: Observer<PbftMessage, PbftRecord>[] = [
    new AgreementChecker(),
    new CheckpointChecker(),
    new PbftChecker(),
    new PbftCommitChecker(),
    views,
    sizes,
    ...(options.observers ?? []),
  ];
  const cluster = new Cluster({ protocol: pbft, seed: 1, ...options, observers });
  return { cluster, views, sizes };
}

/** Every honest replica that is up executes all that was submitted, within `ms` of virtual time. */
export function expectSettled(cluster: PbftCluster, ms = 20_000): void {
  const done = (): boolean =>
    cluster.nodes.every(
      (node) => !node.honest || !node.up || node.ledger.executed.size === cluster.clients.issued.length,
    );
  cluster.runUntil(done, ms);
  for (const node of cluster.nodes) {
    if (node.honest && node.up)
      expect(node.ledger.executed.size, `replica ${node.id}`).toBe(cluster.clients.issued.length);
  }
}

/** Steady load: `count` transactions, one every `everyMs`. */
export function drive(cluster: PbftCluster, count: number, everyMs = 1, to?: readonly ReplicaId[]): void {
  for (let i = 0; i < count; i++) {
    cluster.submit(1, to);
    cluster.run(everyMs);
  }
}

export const ids = (n: number): ReplicaId[] => [...Array(n).keys()];
