/** Properties that hold in every run of every protocol, whatever its faults. Each throws a `Violation`. */

import type { Batch } from '../core/batch.ts';
import { type Digest, NULL_DIGEST, type ReplicaId, type Sequence, type View } from '../core/ids.ts';
import type { AnyMessage, Machine } from '../core/machine.ts';
import type { Cluster } from './cluster.ts';
import { type Observer, Violation } from './observer.ts';
import type { Clients } from './symbolic.ts';

/** Agreement: no two honest replicas execute different batches, or reach different histories, at one sequence. */
export class AgreementChecker implements Observer {
  readonly #batches = new Map<Sequence, Digest>();
  readonly #histories = new Map<Sequence, Digest>();

  executed(replica: ReplicaId, sequence: Sequence, view: View, batch: Batch, history: Digest): void {
    same(
      this.#batches,
      sequence,
      batch.digest,
      () => `batch at ${sequence} of replica ${replica} in view ${view}`,
    );
    same(this.#histories, sequence, history, () => `history up to ${sequence} of replica ${replica}`);
  }
}

/** Certified checkpoints: one digest per sequence, and the one that execution gave. */
export class CheckpointChecker implements Observer {
  readonly #certified = new Map<Sequence, Digest>();
  readonly #histories = new Map<Sequence, Digest>();

  executed(_replica: ReplicaId, sequence: Sequence, _view: View, _batch: Batch, history: Digest): void {
    this.#histories.set(sequence, history);
  }

  stable(replica: ReplicaId, sequence: Sequence, digest: Digest): void {
    same(this.#certified, sequence, digest, () => `checkpoint ${sequence} of replica ${replica}`);
    const history = this.#histories.get(sequence);
    if (history !== undefined && history !== digest) {
      throw new Violation(
        'checkpoint',
        `checkpoint ${sequence} of replica ${replica} is not what was executed`,
      );
    }
  }
}

/** What a replica takes for stable is the state that it holds: nobody goes on from a state that q others do not have. */
export class StateChecker implements Observer {
  readonly #cluster: Cluster<AnyMessage, AnyMessage>;

  constructor(cluster: Cluster<AnyMessage, AnyMessage>) {
    this.#cluster = cluster;
  }

  stable(replica: ReplicaId, sequence: Sequence, digest: Digest): void {
    const held = this.#cluster.node(replica).ledger.at(sequence);
    if (held?.digest === digest) return;
    throw new Violation(
      'state',
      `replica ${replica} takes checkpoint ${sequence} for stable, where it ${held === undefined ? 'executed nothing' : 'holds another state'}`,
    );
  }

  /** What a log calls stable, the disk holds: else the slots below are gone, and nothing was executed. */
  restarted(replica: ReplicaId, machine: Machine<AnyMessage, AnyMessage>): void {
    const { config } = this.#cluster.node(replica);
    const { lowWatermark } = machine.status();
    if (lowWatermark <= config.restoredSequence) return;
    throw new Violation(
      'state',
      `replica ${replica} starts with checkpoint ${lowWatermark} as stable, and its state is of ${config.restoredSequence}`,
    );
  }
}

/** Validity: only what clients submitted is executed. (That a second copy has no effect is the ledger's doing.) */
export class ValidityChecker implements Observer {
  readonly #clients: Clients;

  constructor(clients: Clients) {
    this.#clients = clients;
  }

  executed(replica: ReplicaId, sequence: Sequence, _view: View, batch: Batch): void {
    if (batch.digest === NULL_DIGEST && batch.transactions.length > 0) {
      throw new Violation(
        'validity',
        `replica ${replica} executed a null batch that is not empty at ${sequence}`,
      );
    }
    for (const transaction of batch.transactions) {
      if (this.#clients.idOf(transaction) < 0) {
        throw new Violation('validity', `replica ${replica} executed what no client signed at ${sequence}`);
      }
    }
  }
}

/** A replica's view never goes back, restarts included; where all is well it does not change at all. */
export class ViewChecker implements Observer {
  /** Changes of view that are still allowed: no end of them while there are faults. */
  changesAllowed: number;
  /** The highest view seen so far, and the number of changes to a later one. */
  highest: View = 0;
  changes = 0;
  readonly #views = new Map<ReplicaId, View>();

  constructor(changesAllowed = Number.POSITIVE_INFINITY) {
    this.changesAllowed = changesAllowed;
  }

  viewChanged(replica: ReplicaId, view: View, _active: boolean): void {
    const before = this.#views.get(replica) ?? 0;
    if (view < before)
      throw new Violation('view', `replica ${replica} went back from view ${before} to ${view}`);
    if (view > before) {
      this.changes++;
      if (--this.changesAllowed < 0) {
        throw new Violation('view', `replica ${replica} left view ${before} for ${view} though all was well`);
      }
    }
    this.#views.set(replica, view);
    this.highest = Math.max(this.highest, view);
  }

  /** What it knew of a view without having promised anything in it, a crash may take away. */
  restarted(replica: ReplicaId, machine: Machine<AnyMessage, AnyMessage>): void {
    this.#views.set(replica, machine.status().view);
  }
}

function same(known: Map<Sequence, Digest>, sequence: Sequence, digest: Digest, what: () => string): void {
  const first = known.get(sequence);
  if (first === undefined) known.set(sequence, digest);
  else if (first !== digest) {
    throw new Violation(
      'agreement',
      `${what()} is ${digest.slice(0, 8)}, elsewhere it is ${first.slice(0, 8)}`,
    );
  }
}
