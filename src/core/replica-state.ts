/**
 * What every replica that tolerates lies keeps, whatever its protocol: where it stands, the checkpoints on their way, and the
 * small effects that all parts of a protocol share.
 */

import type { CheckpointMessage, CheckpointVotes } from './checkpoint-votes.ts';
import type { RejectionCode } from './errors.ts';
import type { Digest, ReplicaId, Sequence } from './ids.ts';
import type { AnyMessage, Attested, Effects, MachineConfig } from './machine.ts';
import { weakQuorumSize } from './quorum.ts';

/** q signed checkpoints of one digest. */
export interface StableCertificate<M extends AnyMessage> {
  readonly sequence: Sequence;
  readonly digest: Digest;
  readonly votes: readonly Attested<M>[];
}

export class ReplicaState<M extends AnyMessage, R extends AnyMessage> {
  readonly config: MachineConfig;
  readonly self: ReplicaId;
  readonly n: number;
  readonly quorum: number;
  readonly weakQuorum: number;

  // ---- of the running step
  nowMs = 0;
  out: Effects<M, R> = [];

  // ---- slots
  /** The last slot handed to execution. */
  delivered: Sequence;
  /** The checkpoint with which this validator set ends. */
  boundary: Sequence;

  // ---- checkpoints
  /** The last stable checkpoint. */
  stable: Sequence;
  readonly ownCheckpoints = new Map<Sequence, Digest>();
  readonly checkpointVotes: CheckpointVotes<M & CheckpointMessage> = new Map();
  /** Certified, but we have not executed that far, or differently. */
  pendingCertificate: StableCertificate<M> | undefined;
  /** A state transfer that the driver was asked for, and when. */
  transferring: Sequence = -1;
  transferAskedMs = 0;

  // ---- time
  /** When the oldest transaction that waits arrived; −1: none waits. */
  demandSinceMs = -1;
  lastProgressMs = 0;
  /** What waits here was passed on, and nothing was delivered since. */
  relayed = false;
  wasBusy = false;
  /** Pause of the heartbeat; 0: the first. */
  heartbeatMs = 0;
  lastStatusMs = Number.NEGATIVE_INFINITY;

  constructor(config: MachineConfig, quorum: number) {
    this.config = config;
    this.self = config.self;
    this.n = config.n;
    this.quorum = quorum;
    this.weakQuorum = weakQuorumSize(config.n);
    this.stable = config.restoredSequence;
    this.delivered = this.stable;
    this.boundary = config.boundary ?? Number.POSITIVE_INFINITY;
    this.ownCheckpoints.set(this.stable, config.restoredDigest);
  }

  /** All that this validator set may order is delivered; what is left to do is to certify its last checkpoint. */
  get ended(): boolean {
    return this.delivered >= this.boundary;
  }

  reject(from: ReplicaId, code: RejectionCode): void {
    this.out.push({ kind: 'reject', from, code });
  }

  persist(record: R): void {
    this.out.push({ kind: 'persist', record });
  }

  /** A note: nothing is promised with it before a vote follows, or never. */
  note(record: R): void {
    this.out.push({ kind: 'persist', record, lazy: true });
  }

  send(to: ReplicaId | undefined, message: M): void {
    this.out.push({ kind: 'send', to, message, afterPersist: false });
  }

  /** To one replica, or to all others. */
  forward(to: ReplicaId | undefined, attested: Attested<M>): void {
    if (to !== this.self) this.out.push({ kind: 'forward', to, attested });
  }

  evidence(offence: string, first: Attested<M>, second: Attested<M>): void {
    this.out.push({ kind: 'evidence', from: second.from, offence, first, second });
    this.reject(second.from, 'conflicting');
  }
}
