/** The cluster that a script acts on: declared first, built at the first thing that happens. */

import type { ReplicaId } from '../../core/ids.ts';
import { maxFaulty } from '../../core/quorum.ts';
import type { PbftMessage, PbftRecord } from '../../protocols/pbft/messages.ts';
import type { PbftParts } from '../bug-kit.ts';
import { AgreementChecker, CheckpointChecker, ValidityChecker, ViewChecker } from '../checkers.ts';
import { Cluster, type ClusterOptions } from '../cluster.ts';
import { CALM } from '../network.ts';
import { type SimNode, TAG } from '../node.ts';
import type { Observer } from '../observer.ts';
import { PbftChecker } from '../pbft-checker.ts';
import { PbftCommitChecker } from '../pbft-commit-checker.ts';
import { PbftQuorumChecker } from '../pbft-quorum-checker.ts';
import { PBFT_PARTS } from '../protocols/pbft.ts';
import { WatermarkChecker } from '../watermark-checker.ts';
import { Journal, journaled } from './journal.ts';
import { adversaryOf, type Making } from './liars.ts';
import { type Filter, Sieve } from './sieve.ts';

export type PbftNode = SimNode<PbftMessage, PbftRecord>;
type Options = ClusterOptions<PbftMessage, PbftRecord>;

export type Declared = Partial<
  Pick<
    Options,
    | 'checkpointInterval'
    | 'window'
    | 'maxBatch'
    | 'pipeline'
    | 'fastPath'
    | 'timeoutFloorMs'
    | 'timeoutCeilingMs'
    | 'clientRetryMs'
    | 'driftMs'
    | 'seed'
  >
>;

export class ScriptWorld {
  readonly journal = new Journal();
  readonly filters: Filter[] = [];
  n = 0;
  declared: Declared = {};
  readonly liars = new Map<ReplicaId, Making[]>();
  readonly twins: ReplicaId[] = [];
  readonly #parts: PbftParts;
  #cluster: Cluster<PbftMessage, PbftRecord> | undefined;

  constructor(parts: PbftParts = PBFT_PARTS) {
    this.#parts = parts;
  }

  /** Whether something happened already, so that nothing can be declared any more. */
  get built(): boolean {
    return this.#cluster !== undefined;
  }

  get faulty(): number {
    return new Set([...this.liars.keys(), ...this.twins]).size;
  }

  get mayBeFaulty(): number {
    return maxFaulty(this.n);
  }

  get cluster(): Cluster<PbftMessage, PbftRecord> {
    this.#cluster ??= this.#build();
    return this.#cluster;
  }

  /** Honest replicas that are up, or those of these. */
  honest(ids?: readonly number[]): PbftNode[] {
    const nodes = ids === undefined ? this.cluster.nodes : ids.map((id) => this.cluster.nodes[id]!);
    return nodes.filter((node) => ids !== undefined || (node.honest && node.up && !node.retired));
  }

  /** Mends the network, without a word to those who are down. */
  mend(): void {
    const { cluster } = this;
    this.filters.length = 0;
    cluster.network.mend(CALM);
    for (const node of cluster.nodes) {
      for (const other of cluster.nodes)
        if (other.id !== node.id)
          cluster.scheduler.schedule(cluster.random.float(), other, TAG.connected, node.id);
    }
  }

  #build(): Cluster<PbftMessage, PbftRecord> {
    const observers: Observer<PbftMessage, PbftRecord>[] = [
      new AgreementChecker(),
      new CheckpointChecker(),
      new PbftChecker(),
      new PbftCommitChecker(),
      new PbftQuorumChecker(this.n),
      new ViewChecker(),
      new WatermarkChecker(),
    ];
    const cluster = new Cluster<PbftMessage, PbftRecord>({
      seed: 1,
      ...this.declared,
      protocol: journaled(this.#parts.protocol, this.journal),
      parts: this.#parts,
      n: this.n,
      observers,
      twins: this.twins,
      adversaries: new Map([...this.liars].map(([id, making]) => [id, adversaryOf(making)])),
    });
    observers.push(new ValidityChecker(cluster.clients));
    for (const node of cluster.nodes)
      cluster.network.attach(node.port, new Sieve(node.port, node, cluster.scheduler, this.filters));
    return cluster;
  }
}
