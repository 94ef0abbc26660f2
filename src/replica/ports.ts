/** What the driver is built from, each by interface, so that the simulator can give its own. */

import type { StateMachine } from '../apps/interface.ts';
import type { Chain } from '../core/genesis.ts';
import type { ReplicaId } from '../core/ids.ts';
import type { AnyMessage, Protocol } from '../core/machine.ts';
import type { Member, ValidatorSet } from '../core/membership.ts';
import type { Stopwatch } from '../core/stopwatch.ts';
import type { Telemetry } from '../core/telemetry.ts';
import type { Authenticator } from '../crypto/authenticator.ts';
import type { Hasher } from '../crypto/hash.ts';
import type { Signer, Verifier } from '../crypto/interface.ts';
import type { OwnSignature } from '../crypto/own-signature.ts';
import type { EpochStore, LedgerStore, SnapshotStore, VoteLog } from '../storage/interface.ts';
import type { Transport } from '../transport/interface.ts';
import type { AddressBook } from './addresses.ts';
import type { Run } from './twins.ts';
import type { Deltas } from './watch/reputation.ts';

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

/** Which incarnation of its validator a home is: see `storage/forgetful.ts`. */
export interface HomeIncarnation {
  readonly token: string;
  readonly forgotten: boolean;
  readonly reason: string;
}

export interface ReplicaOptions {
  readonly chain: Chain;
  /** Our place in the genesis; undefined where we join later. */
  readonly self: ReplicaId | undefined;
  /** Our public keys in hex, by which a set names us. Default: those of our place in the genesis. */
  readonly keys?: { readonly ed25519: string; readonly mlDsa87: string };
  /** What our score of a peer changes by. Default: `REPUTATION_RULES.deltas`. */
  readonly reputation?: Deltas;
  /** Default: one that never forgot anything. */
  readonly incarnation?: HomeIncarnation;
  /** The ledger holds our incarnation for good; durable when it returns. */
  readonly settleIncarnation?: () => void;
  /** Signs the transaction by which a forgetful validator asks to be taken back. */
  readonly signer?: Signer;
  /** A set is in effect here: at the start, and whenever it changes. */
  readonly onSet?: (set: ValidatorSet) => void;
  /** Where we reach a member; the address in the set where this has none. */
  readonly urlOf?: (member: Member) => string | undefined;
  /** Where validators say that they listen. Default: nobody asks. */
  readonly addresses?: AddressBook;
  /** What proves the sets after the genesis. */
  readonly epochs: EpochStore;
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
  /** This process, and what it signs for its own kind (`twins.ts`). Default: nobody looks for others with our keys. */
  readonly run?: Run & OwnSignature;
  /** Called where the replica must stop: a broken invariant, or a disk that no longer takes votes. */
  readonly onFatal: (error: unknown) => void;
}
