/**
 * A protocol is a pure state machine: `step(event, now, out)` changes its own state and appends effects. It
 * touches no clock, socket, disk, worker, logger or randomness, so the same events give the same effects, bit
 * for bit, in production and in the simulator.
 */

import type { Batch } from './batch.ts';
import type { RejectionCode } from './errors.ts';
import type { AuthSetting } from './genesis.ts';
import type { Digest, Epoch, ReplicaId, Sequence, View } from './ids.ts';
import type { ProtocolSchema } from './schema.ts';

/** The bytes that were signed, and the signature over them: what makes a message evidence. */
export interface Envelope {
  readonly body: Uint8Array;
  /** As long as the setting's suite says; empty where the session authenticates the frame. */
  readonly signature: Uint8Array;
}

/** Messages are plain objects; `type` names a schema of the protocol. */
export interface AnyMessage {
  readonly type: string;
}

/** A message with its author and what proves it. The driver checked the proof before the machine sees it. */
export interface Attested<M extends AnyMessage = AnyMessage> {
  readonly from: ReplicaId;
  readonly message: M;
  readonly envelope: Envelope;
}

/**
 * Signatures of different replicas under one message, alike but for its author. On the wire the signers are a bitmap
 * and the signatures follow in the order of their ids.
 */
export interface Certificate<M extends AnyMessage = AnyMessage> {
  readonly message: M;
  /** Ascending. */
  readonly signers: readonly ReplicaId[];
  /** Beside them. */
  readonly signatures: readonly Uint8Array[];
}

// ---------------------------------------------------------------------------------------------- in

export type MachineEvent<M extends AnyMessage> =
  /** A message whose signatures, and those of the messages inside it, hold. */
  | { readonly kind: 'message'; readonly attested: Attested<M> }
  /** The driver has a batch, and the machine's `proposable()` said just before that it may propose: it is taken. */
  | { readonly kind: 'propose'; readonly batch: Batch }
  /** Nothing waits to be proposed, and the machine's `drives()` said that it would go on all the same. */
  | { readonly kind: 'idle' }
  /** A timer that the machine set has run out. */
  | { readonly kind: 'timer'; readonly timer: string }
  /** When the oldest transaction that still waits to be executed arrived, in ms of the same clock; −1: none waits. */
  | { readonly kind: 'demand'; readonly oldestMs: number }
  /** Execution reached a checkpoint; the digest is what the machine is to sign. */
  | { readonly kind: 'checkpoint'; readonly sequence: Sequence; readonly digest: Digest }
  /** A connection to this replica came up: what it or we missed meanwhile is worth asking for. */
  | { readonly kind: 'connected'; readonly peer: ReplicaId }
  /** The connection to this replica closed: its process may be gone, or only the path to us. */
  | { readonly kind: 'disconnected'; readonly peer: ReplicaId }
  /** State transfer put a certified checkpoint in place of our state: one that a `transfer` effect asked for. */
  | {
      readonly kind: 'installed';
      readonly sequence: Sequence;
      readonly digest: Digest;
      readonly certificate?: readonly Attested<M>[];
    }
  /**
   * Another replica shows what somebody signed: two of its messages that contradict each other may have gone to
   * different replicas. The signature holds; a proposal comes without its batch, and nothing is ever done on it.
   */
  | { readonly kind: 'exhibit'; readonly attested: Attested<M> }
  /**
   * After a `diverged` effect: the executed state is that of the last stable checkpoint again. What committed above it is
   * delivered once more. Promises stay as they are.
   */
  | { readonly kind: 'rolled-back' }
  /**
   * This machine's validator set ends with the checkpoint at `sequence`, see `MachineConfig.boundary`. Comes at most
   * once, from the execution of a slot at least a window below it.
   */
  | { readonly kind: 'boundary'; readonly sequence: Sequence };

// --------------------------------------------------------------------------------------------- out

/**
 * In the order in which they must happen. The driver handles a step's effects in order, with one rule that
 * makes a vote durable: whatever is `afterPersist` leaves only once every earlier `persist` is in the log at
 * the configured durability.
 */
export type Effect<M extends AnyMessage, R> =
  /**
   * Append to the vote log. Whatever leaves later, a reply to a client too, waits until the record is durable; except
   * after one that is `lazy`, which only what is `afterPersist` waits for: nothing was promised with it yet.
   */
  | { readonly kind: 'persist'; readonly record: R; readonly lazy?: boolean }
  /** Sign and send. `to` undefined: to all others. */
  | {
      readonly kind: 'send';
      readonly to: ReplicaId | undefined;
      readonly message: M;
      readonly afterPersist: boolean;
    }
  /**
   * Sign, log the signed envelope (as `attestedRecord` of the machine), send to all others, and give it back as
   * a `message` event from ourselves: for what is kept, forwarded, and re-sent to the letter after a restart.
   * `unsent`: to nobody yet; the machine sends it inside another message.
   */
  | { readonly kind: 'attest'; readonly message: M; readonly unsent?: boolean }
  /** Send a message that is signed already, ours or another's, to the letter. `to` undefined: to all others, an echo. */
  | { readonly kind: 'forward'; readonly to: ReplicaId | undefined; readonly attested: Attested<M> }
  /** Set (or set anew) a named timer. */
  | { readonly kind: 'timer'; readonly timer: string; readonly delayMs: number }
  | { readonly kind: 'cancel'; readonly timer: string }
  /** A slot is committed; slots are delivered in order, without gaps, and once unless execution was rolled back. */
  | {
      readonly kind: 'deliver';
      readonly sequence: Sequence;
      readonly view: View;
      readonly batch: Batch;
      readonly fast: boolean;
    }
  /** A checkpoint is certified by q signatures: history below it may go. */
  | {
      readonly kind: 'stable';
      readonly sequence: Sequence;
      readonly digest: Digest;
      readonly certificate: readonly Attested<M>[];
    }
  /**
   * We executed as far as a certified checkpoint, and q others signed another state for it than ours: `own`. The driver
   * goes back to the last stable checkpoint, or stops.
   */
  | {
      readonly kind: 'diverged';
      readonly sequence: Sequence;
      readonly digest: Digest;
      readonly own: Digest;
      readonly certificate: readonly Attested<M>[];
    }
  /** We are behind a certified checkpoint and the slots that lead to it are gone: fetch its state. */
  | {
      readonly kind: 'transfer';
      readonly sequence: Sequence;
      readonly digest: Digest;
      readonly certificate: readonly Attested<M>[];
    }
  /** Send what the mempool holds to this replica, lest a client left it out. */
  | { readonly kind: 'relay'; readonly to: ReplicaId }
  /**
   * A batch is on its way to be ordered, whoever proposed it: its transactions are not proposed again until a `view`
   * effect sets all of them free. For protocols in which the next proposer follows before the batch has committed.
   */
  | { readonly kind: 'pending'; readonly batch: Batch }
  /** The view, or whether it is active, changed: what was proposed and did not commit may be proposed again. */
  | { readonly kind: 'view'; readonly view: View; readonly active: boolean }
  /** Something that a peer sent was not taken. */
  | { readonly kind: 'reject'; readonly from: ReplicaId; readonly code: RejectionCode }
  /** Somebody's signed words do not fit what others were told: show them to all, once. */
  | { readonly kind: 'exhibit'; readonly attested: Attested<M> }
  /** Two signed messages of one replica that no honest replica can both have sent. */
  | {
      readonly kind: 'evidence';
      readonly from: ReplicaId;
      readonly offence: string;
      readonly first: Attested<M>;
      readonly second: Attested<M>;
    };

/** What a step appends to; the driver drains and reuses it. */
export type Effects<M extends AnyMessage, R> = Effect<M, R>[];

// ----------------------------------------------------------------------------------------- machine

/** What a machine must know of its surroundings. Agreed on, except `self`. */
export interface MachineConfig {
  readonly self: ReplicaId;
  readonly n: number;
  readonly epoch: Epoch;
  /** The checkpoint with which this epoch began; its slots follow. Default: 0, the genesis. */
  readonly base?: Sequence;
  /** Slots between checkpoints. */
  readonly checkpointInterval: number;
  /** Slots between the low and the high watermark: L in the paper. A multiple of the interval, at least twice it. */
  readonly window: number;
  /** The checkpoint that the executed state was restored from: 0 and the genesis checkpoint's digest for a new home. */
  readonly restoredSequence: Sequence;
  readonly restoredDigest: Digest;
  /**
   * The checkpoint with which the set of this epoch ends, where that is known already: a high watermark that never
   * moves. Nothing past it is proposed, voted for or delivered, whatever a new view assigns; the checkpoint itself is
   * signed and certified as any other, and asked for until it is. Then the driver makes the next epoch's machine.
   */
  readonly boundary?: Sequence;
  /** Whose connection to this replica is open now, by id; the rest is told by events. Default: everybody's. */
  readonly connected?: readonly boolean[];
  /** Commit without the commit phase what all n replicas prepared alike. */
  readonly fastPath: boolean;
  /** Time without progress before a backup asks for a view change: bounds of the adaptive value, in ms. */
  readonly timeoutFloorMs: number;
  readonly timeoutCeilingMs: number;
  /** What the timeout is multiplied by from one failed view to the next. */
  readonly timeoutGrowth: number;
  /** The protocol's own parameters: all of `Protocol.parameters`, checked. */
  readonly parameters: ProtocolParameters;
}

/** Values of a protocol's own parameters, by name. */
export type ProtocolParameters = Readonly<Record<string, string | number | boolean>>;

/** What one of a protocol's own parameters may be. The genesis names all of them; the default is for who makes one. */
export type ParameterRule = { readonly doc: string } & (
  | { readonly kind: 'choice'; readonly of: readonly string[]; readonly default: string }
  | {
      readonly kind: 'integer';
      readonly min: number;
      readonly max: number;
      readonly unit?: string;
      readonly default: number;
    }
  | { readonly kind: 'boolean'; readonly default: boolean }
);

/** What a genesis asks of a protocol; a protocol may refuse what makes no sense with it. */
export interface ProtocolSetting {
  readonly n: number;
  readonly auth: AuthSetting;
  readonly parameters: ProtocolParameters;
}

export interface MachineStatus {
  readonly view: View;
  /** False between leaving a view and entering the next. */
  readonly active: boolean;
  readonly primary: ReplicaId;
  /** The last stable checkpoint: the low watermark h. */
  readonly lowWatermark: Sequence;
  readonly highWatermark: Sequence;
  /** The last slot delivered to execution. */
  readonly delivered: Sequence;
  /** Slots that f + 1 others have delivered and we have not, as they last said; undefined until f + 1 have spoken. */
  readonly behind: number | undefined;
  /** Slots proposed in this view and not yet delivered. */
  readonly inFlight: number;
  /** The pacemaker's present timeout, in ms. */
  readonly timeoutMs: number;
}

export interface Machine<M extends AnyMessage, R> {
  step(event: MachineEvent<M>, nowMs: number, out: Effects<M, R>): void;
  /** Whether checking this message's signature could still matter. Pure. */
  relevant(message: M, from: ReplicaId): boolean;
  /**
   * Whether a `propose` event would be taken now: we are the active primary and the window has room. The driver takes a
   * batch from what waits on the strength of it, and nobody would give back what the machine refused: the event that
   * follows is taken, although some time has passed. `nowMs`: the machine's clock. Pure.
   */
  proposable(nowMs: number): boolean;
  /**
   * Whether to read the executed state now is linearizable: it holds every slot whose result anybody was told. `nowMs` is
   * the machine's clock, read after the query had arrived. Absent: a read has to be ordered. Pure.
   */
  readable?(nowMs: number): boolean;
  /** Where nothing waits to be proposed, or nothing may be: whether an `idle` event would make the machine go on. Absent: never. */
  drives?(): boolean;
  /**
   * Whether this fact is known to be certified already, so that its signatures need no check; the machine then uses its
   * own certificate instead. Pure. Absent: never.
   */
  certified?(certificate: Certificate<M>): boolean;
  status(): MachineStatus;
  /**
   * The records that a fresh log needs in place of all that were persisted, once the state at the last stable
   * checkpoint is saved: `create` on them gives this machine again, less what is below that checkpoint.
   */
  liveRecords(): R[];
}

/** What the replicas of a set that stands still know together, beyond the state that `MachineConfig` names. */
export interface Testimony<M extends AnyMessage, R> {
  /** What certifies the state that `MachineConfig` names, where anybody has it. */
  readonly certificate: readonly Attested<M>[] | undefined;
  /** The logs that there are, records oldest first, of this epoch. */
  readonly logs: readonly Iterable<R>[];
  /** What anybody executed above that state. */
  readonly executed: readonly { readonly sequence: Sequence; readonly batch: Batch }[];
  /** Views to leave out above the last that any log names, because logs that name later ones may be lost. */
  readonly skipViews: number;
}

export interface Reconciled<M extends AnyMessage, R> {
  /** Of the new log, in order; the signed message's record comes last. */
  readonly records: readonly R[];
  /** What the replica says first, signed always and kept as `attestedRecord`. */
  readonly message: M;
  readonly view: View;
  /** Slots above the state of which the log speaks, and how many of them are known to have committed. */
  readonly slots: number;
  readonly committed: number;
}

/** A protocol as the registry holds it. `R` is its log record, a message-shaped object with a schema of its own. */
export interface Protocol<M extends AnyMessage, R extends AnyMessage> {
  readonly name: string;
  /** Whether it tolerates replicas that lie; false: only such as crash. */
  readonly byzantine: boolean;
  /** Its own parameters in the genesis, by name. */
  readonly parameters: Readonly<Record<string, ParameterRule>>;
  /** Why this setting makes no sense; undefined where it does. For a person, in one line that says what to do. */
  refuses?(setting: ProtocolSetting): string | undefined;
  /** How many may be faulty, and how many votes decide. Absent: as for every protocol that tolerates lies (`quorum.ts`). */
  quorum?(setting: ProtocolSetting): { readonly faulty: number; readonly quorum: number };
  /** Whose proposals the slots of a view are, but for those that a new view assigned. Absent: several may be. */
  proposer?(view: View, n: number): ReplicaId;
  readonly messages: ProtocolSchema;
  readonly records: ProtocolSchema;
  /**
   * The offence in having signed both of these, which differ: the one that an `evidence` effect names. Undefined where an
   * honest replica may have. Pure, and a batch is not looked at, so that anybody can judge from the signed bodies.
   * Absent: none is provable.
   */
  contradiction?(first: M, second: M): string | undefined;
  /**
   * For a replica that has forgotten, where too many have: the log of one that promised whatever any of these logs promised.
   * Only while all replicas stand still, and by the decision of the people who run them. Absent: there is no such log.
   * Throws `LockstepError` `diverged` where the logs contradict each other.
   */
  reconcile?(config: MachineConfig, known: Testimony<M, R>): Reconciled<M, R>;
  /** The log record that keeps a signed message of our own. */
  attestedRecord(attested: Attested<M>): R;
  /** A machine that has just read `records`, oldest first; `out` gets what it must do at once. */
  create(config: MachineConfig, records: Iterable<R>, nowMs: number, out: Effects<M, R>): Machine<M, R>;
}
