/** The JSON status of a validator: `GET /status`, the client's status request, `lockstep status --json`. */

import type { Digest, ReplicaId, Sequence, View } from '../core/ids.ts';
import type { MachineStatus } from '../core/machine.ts';
import type { PartTotals } from '../core/stopwatch.ts';
import type { Telemetry, TelemetrySnapshot } from '../core/telemetry.ts';

/** What does not change while the process lives. */
export interface NodeFacts {
  readonly chain: { readonly name: string; readonly id: Digest };
  readonly protocol: string;
  readonly auth: string;
  readonly hash: string;
  readonly app: string;
  readonly durability: string;
  /** The setting; whether a connection is encrypted depends on the other side too. */
  readonly encryption?: string;
  /** Lockstep's own. */
  readonly version: string;
  /** Our name. */
  readonly name: string;
  /** Our number; −1 where we have none yet. */
  readonly self: ReplicaId;
  /** Names of the validators by number; with holes once the set has changed. These change with the set. */
  readonly names: readonly string[];
  readonly n: number;
  /** How many validators may be faulty: lie, or, where `byzantine` is false, crash. */
  readonly faulty: number;
  readonly quorum: number;
  readonly byzantine: boolean;
  readonly startedMs: number;
}

/** What the verifier counts; the shape of `VerifierStats` in `crypto`. */
export interface VerifierFigures {
  readonly threads: number;
  readonly inline: number;
  readonly pooled: number;
  readonly failed: number;
  readonly queued: number;
  readonly queuedMax: number;
  readonly cacheHits: number;
  readonly cacheMisses: number;
  readonly cacheKeys: number;
  readonly cacheEvictions: number;
  readonly workersReplaced: number;
  readonly backends: Readonly<Record<string, string>>;
}

/** What the transport counts; the shape of `TransportStats` in `transport`. */
export interface TransportFigures {
  readonly framesIn: number;
  readonly framesOut: number;
  readonly bytesIn: number;
  readonly bytesOut: number;
  readonly dropped: number;
  readonly reconnects: number;
  readonly clients: number;
  /** Bytes queued per peer, by id; −1 where it is not connected. */
  readonly peers: readonly number[];
  readonly server: string;
  /** Whether what is said to each peer is encrypted, by id. */
  readonly encrypted?: readonly boolean[];
  /** Of those who came: cookies that were asked for, hellos that were answered at a cost, and handshakes that were completed. */
  readonly handshakes?: { readonly cookies: number; readonly answered: number; readonly completed: number };
}

/** How far the fetching of a state has come; the shape of `TransferStatus` in `replica`. */
export interface TransferFigures {
  /** The checkpoint that is being fetched. */
  readonly sequence: Sequence;
  /** How much of its state is known, from 0 to 1. */
  readonly share: number;
  /** Entries known, and of those how many were at hand already. */
  readonly entries: number;
  readonly reused: number;
  readonly bytes: number;
  /** Validators that it may be asked of. */
  readonly sources: number;
}

/** What this validator has seen of another; the shape of `PeerReport` in `replica`. */
export interface PeerFigures {
  readonly id: ReplicaId;
  /** 0 to 1. */
  readonly score: number;
  readonly judgement: {
    readonly health: string;
    /** 0 to 1. */
    readonly confidence: number;
    readonly action: string;
    readonly reasons: readonly string[];
  };
  /** Share of the last slots that it voted in, and of its votes that came late. */
  readonly participation: number;
  readonly lateShare: number;
  /** From a slot's first message to its vote, ms. */
  readonly medianAnswerMs: number | null;
  /** Slots that it is judged by. */
  readonly samples: number;
  /** What changed its score, oldest first. */
  readonly history: readonly {
    readonly atMs: number;
    readonly cause: string;
    readonly delta: number;
    readonly score: number;
  }[];
  /** What it was found at, by kind. */
  readonly detections: Readonly<Record<string, number>>;
  /** Pairs of its messages that contradict each other. */
  readonly evidence: number;
}

/** What is asked of the running parts each time that somebody looks. */
export interface NodeState {
  readonly machine: MachineStatus;
  /** The last executed slot, its ledger header, and its time in ms since 1970. */
  readonly executed: { readonly sequence: Sequence; readonly header: Digest; readonly timeMs: number };
  /** The last stable checkpoint and the application's state hash there. */
  readonly checkpoint: { readonly sequence: Sequence; readonly stateHash: Digest };
  readonly mempool: { readonly transactions: number; readonly bytes: number };
  readonly verifier: VerifierFigures;
  readonly transport: TransportFigures;
  /** What was seen of each peer. */
  readonly conduct?: readonly PeerFigures[];
  /** Peers whose messages are throttled to their floor at present. */
  readonly banned: readonly ReplicaId[];
  /** Why this validator does not vote at present, where it does not. */
  readonly halted?: string | undefined;
  /** The state transfer under way, if there is one. */
  readonly transfer?: TransferFigures | undefined;
  readonly membership: MembershipFigures;
}

/** The validator set as this validator knows it. */
export interface MembershipFigures {
  readonly epoch: number;
  /** The checkpoint at which the epoch began. */
  readonly since: Sequence;
  readonly members: readonly MemberFigures[];
  /** The change on its way, and the checkpoint with which it takes effect. */
  readonly pending: { readonly what: string; readonly from: Sequence } | null;
  /** Members that contradicted themselves, as the ledger proves: of what, and in which slot. Absent: nobody. */
  readonly convicted?: readonly {
    readonly name: string;
    readonly offence: string;
    readonly sequence: Sequence;
  }[];
}

export interface MemberFigures {
  readonly id: number;
  readonly name: string;
  readonly url: string;
  readonly ed25519: string;
  readonly mlDsa87: string;
  readonly incarnation: number;
  /** False where it said that it has no vote. */
  readonly voting: boolean;
}

/** Where a profiled process spent its time. */
export interface ProfileFigures {
  /** µs of the machine's monotonic clock when this was taken. */
  readonly atUs: number;
  /** Since the process started. */
  readonly parts: PartTotals;
  /** Time on a core, of all threads. */
  readonly cpuUs: number;
  /** Times that the system took the core away. */
  readonly preempted: number;
}

/** What the ops layer is handed. */
export interface StatusSource {
  readonly facts: NodeFacts;
  readonly telemetry: Telemetry;
  /** Where the process is profiled: where its time went. */
  readonly profile?: () => ProfileFigures;
  state(): NodeState;
}

export interface PeerStatus {
  readonly id: ReplicaId;
  readonly name: string;
  readonly connected: boolean;
  readonly encrypted: boolean;
  readonly backlogBytes: number;
  readonly banned: boolean;
  /** What this validator has seen of it; null where it looks at nothing. */
  readonly conduct: Omit<PeerFigures, 'id'> | null;
}

export interface StatusDocument {
  readonly chain: { readonly name: string; readonly id: Digest };
  readonly protocol: string;
  readonly auth: string;
  readonly hash: string;
  readonly app: string;
  readonly durability: string;
  /** The setting; see `peers` for what became of it. */
  readonly encryption: string;
  readonly version: string;
  readonly node: string;
  readonly pid: number;
  readonly self: { readonly id: ReplicaId; readonly name: string };
  readonly validators: {
    readonly n: number;
    readonly faulty: number;
    readonly quorum: number;
    /** Whether a faulty one may lie. */
    readonly byzantine: boolean;
  };
  /** The same for a person. */
  readonly tolerates: string;
  readonly view: View;
  /** False while a view change is under way. */
  readonly active: boolean;
  readonly primary: { readonly id: ReplicaId; readonly name: string };
  readonly isPrimary: boolean;
  readonly halted: string | null;
  readonly epoch: number;
  readonly voting: boolean;
  readonly set: {
    readonly since: Sequence;
    readonly members: readonly {
      readonly name: string;
      readonly incarnation: number;
      readonly voting: boolean;
    }[];
    readonly pending: { readonly what: string; readonly from: Sequence } | null;
  };
  /** The state transfer under way, if there is one. */
  readonly transfer: TransferFigures | null;
  /** The last executed slot. Replicas at the same sequence have the same header. */
  readonly sequence: Sequence;
  readonly header: Digest;
  readonly timeMs: number;
  readonly checkpoint: { readonly sequence: Sequence; readonly stateHash: Digest };
  readonly watermarks: { readonly low: Sequence; readonly high: Sequence };
  readonly slotsInFlight: number;
  readonly viewChangeTimeoutMs: number;
  readonly mempool: { readonly transactions: number; readonly bytes: number };
  /** Every validator but this one. */
  readonly peers: readonly PeerStatus[];
  readonly connectedPeers: number;
  readonly finality: { readonly p50Ms: number; readonly p99Ms: number; readonly slots: number };
  readonly counters: Readonly<Record<string, number>>;
  readonly rejections: Readonly<Record<string, number>>;
  readonly violations: Readonly<Record<string, number>>;
  /** False pieces of a state, by the name of the validator that gave them. */
  readonly falsePieces: Readonly<Record<string, number>>;
  readonly histograms: Pick<TelemetrySnapshot, 'finalityMs' | 'batchSize' | 'verifyBatch' | 'logSyncMs'>;
  readonly verifier: VerifierFigures;
  readonly transport: TransportFigures;
  readonly memoryBytes: number;
  readonly uptimeMs: number;
  /** Only of a validator that is profiled. */
  readonly profile?: ProfileFigures;
}

function figuresOf(
  conduct: readonly PeerFigures[] | undefined,
  peer: ReplicaId,
): Omit<PeerFigures, 'id'> | null {
  const found = conduct?.find(({ id }) => id === peer);
  if (found === undefined) return null;
  const { id: _, ...figures } = found;
  return figures;
}

/** The status of now. `nowMs` is ms since 1970. */
export function statusDocument(source: StatusSource, nowMs: number = Date.now()): StatusDocument {
  const { facts, telemetry } = source;
  const {
    machine,
    executed,
    checkpoint,
    mempool,
    verifier,
    transport,
    banned,
    halted,
    transfer,
    membership,
    conduct,
  } = source.state();
  const nameOf = (id: ReplicaId) => facts.names[id] ?? (id < 0 ? '' : String(id));
  const peers = facts.names
    .map((name, id) => {
      const backlog = transport.peers[id] ?? -1;
      return {
        id,
        name,
        connected: backlog >= 0,
        encrypted: transport.encrypted?.[id] ?? false,
        backlogBytes: Math.max(0, backlog),
        banned: banned.includes(id),
        conduct: figuresOf(conduct, id),
      };
    })
    .filter((peer) => peer !== undefined && peer.id !== facts.self);
  const { counters, rejections, violations, falsePieces, ...histograms } = telemetry.snapshot();
  return {
    chain: facts.chain,
    protocol: facts.protocol,
    auth: facts.auth,
    hash: facts.hash,
    app: facts.app,
    durability: facts.durability,
    encryption: facts.encryption ?? 'off',
    version: facts.version,
    node: process.version,
    pid: process.pid,
    self: { id: facts.self, name: facts.name },
    validators: {
      n: facts.n,
      faulty: facts.faulty,
      quorum: facts.quorum,
      byzantine: facts.byzantine,
    },
    tolerates: facts.byzantine
      ? `${facts.faulty} of ${facts.n} validators may be faulty in any way`
      : `${facts.faulty} of ${facts.n} validators may crash; none may lie, since ${facts.protocol} tolerates no Byzantine validator`,
    view: machine.view,
    active: machine.active,
    primary: { id: machine.primary, name: nameOf(machine.primary) },
    isPrimary: machine.primary === facts.self,
    halted: halted ?? null,
    epoch: membership.epoch,
    voting: halted === undefined,
    set: {
      since: membership.since,
      members: membership.members.map(({ name, incarnation, voting }) => ({ name, incarnation, voting })),
      pending: membership.pending,
    },
    transfer: transfer ?? null,
    sequence: executed.sequence,
    header: executed.header,
    timeMs: executed.timeMs,
    checkpoint,
    watermarks: { low: machine.lowWatermark, high: machine.highWatermark },
    slotsInFlight: machine.inFlight,
    viewChangeTimeoutMs: machine.timeoutMs,
    mempool,
    peers,
    connectedPeers: peers.filter((peer) => peer.connected).length,
    finality: {
      p50Ms: telemetry.finalityMs.quantile(0.5),
      p99Ms: telemetry.finalityMs.quantile(0.99),
      slots: telemetry.finalityMs.count,
    },
    counters,
    rejections,
    violations,
    falsePieces: Object.fromEntries(
      Object.entries(falsePieces).map(([id, count]) => [nameOf(Number(id)), count]),
    ),
    histograms,
    verifier,
    transport,
    memoryBytes: process.memoryUsage.rss(),
    uptimeMs: nowMs - facts.startedMs,
    ...(source.profile && { profile: source.profile() }),
  };
}
