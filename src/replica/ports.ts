/** What the driver is built from, each by interface, so that the simulator can give its own. */

import type { StateMachine } from '../apps/interface.ts';
import type { Chain } from '../core/genesis.ts';
import type { ReplicaId } from '../core/ids.ts';
import type { AnyMessage, Protocol } from '../core/machine.ts';
import type { Stopwatch } from '../core/stopwatch.ts';
import type { Telemetry } from '../core/telemetry.ts';
import type { Authenticator } from '../crypto/authenticator.ts';
import type { Hasher } from '../crypto/hash.ts';
import type { Verifier } from '../crypto/interface.ts';
import type { LedgerStore, SnapshotStore, VoteLog } from '../storage/interface.ts';
import type { Transport } from '../transport/interface.ts';

export interface Clock {
  /** Monotonic, in ms with fractions. */
  nowMs(): number;
  /** ms since 1970. */
  wallMs(): number;
  /** Calls back once after a delay; returns what cancels it. */
  after(delayMs: number, callback: () => void): () => void;
  /** Calls back at the end of this turn of the event loop, after what has arrived in it. */
  endOfTurn(callback: () => void): void;
}

/** The few lines that an operator reads; `fields` go into the structured log. */
export interface ReplicaLog {
  info(message: string, fields?: Readonly<Record<string, unknown>>): void;
  warn(message: string, fields?: Readonly<Record<string, unknown>>): void;
}

/** Local settings: they change what this replica spends, never what it votes for. */
export interface ReplicaLimits {
  readonly mempoolTransactions: number;
  readonly mempoolBytes: number;
  /** Slots that this replica keeps in flight as primary before arrivals gather into batches. */
  readonly pipelineDepth: number;
  /** Bytes of vote log above which a stable checkpoint is saved and the log starts anew. */
  readonly logCompactBytes: number;
}

export interface ReplicaOptions {
  readonly chain: Chain;
  readonly self: ReplicaId;
  readonly protocol: Protocol<AnyMessage, AnyMessage>;
  readonly app: StateMachine;
  readonly hasher: Hasher;
  readonly transport: Transport;
  readonly authenticator: Authenticator;
  readonly verifier: Verifier;
  readonly voteLog: VoteLog;
  /** What the log held when it was opened, oldest first. */
  readonly records: Iterable<Uint8Array>;
  readonly snapshots: SnapshotStore;
  /** History: written off the vote path. */
  readonly store: LedgerStore;
  readonly clock: Clock;
  readonly telemetry: Telemetry;
  readonly limits: ReplicaLimits;
  readonly log: ReplicaLog;
  /** Told what coding and execution take. Default: nobody is. */
  readonly stopwatch?: Stopwatch;
  /** Called where the replica must stop: a broken invariant, or a disk that no longer takes votes. */
  readonly onFatal: (error: unknown) => void;
}
