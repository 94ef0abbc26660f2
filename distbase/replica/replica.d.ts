/**
 * The driver: one replica of any protocol. It feeds the pure machine with checked events, carries out its effects
 * in order, and owns everything that the machine must not touch: clock, sockets, disk, keys, application.
 *
 * Longer than most files: it is the one place where effects become deeds, and reads best in one piece.
 */
import { type RejectionCode } from '../core/errors.ts';
import type { Digest, Epoch, Sequence } from '../core/ids.ts';
import type { MachineStatus } from '../core/machine.ts';
import { type Conviction, type MemberId, type PendingChange, type ValidatorSet } from '../core/membership.ts';
import type { ClientSession } from '../transport/interface.ts';
import type { ReplicaOptions } from './ports.ts';
import type { HeldStates } from './proof.ts';
import { type TransferStatus } from './state-transfer.ts';
import type { Evidence } from './watch/evidence.ts';
import type { SlotReport } from './watch/explain.ts';
import { type PeerReport } from './watch/watch.ts';
export interface ReplicaStatus extends MachineStatus {
    /** The last executed slot and its ledger header. */
    readonly sequence: Sequence;
    readonly header: Digest;
    /** Its time, in ms since 1970. */
    readonly timeMs: number;
    /** The last checkpoint made here: its sequence, what was signed for it, and its state hash. */
    readonly checkpoint: {
        readonly sequence: Sequence;
        readonly digest: Digest;
        readonly stateHash: Digest;
    };
    readonly mempool: {
        readonly transactions: number;
        readonly bytes: number;
    };
    readonly evidence: number;
    /** Why this replica says nothing at present, where it does not. */
    readonly paused: string | undefined;
    /** The state transfer under way, if there is one. */
    readonly transfer: TransferStatus | undefined;
    /** The set that we are in, or follow, and the change on its way. */
    readonly set: ValidatorSet;
    readonly pending: PendingChange | undefined;
    /** Members that are convicted. */
    readonly convicted: readonly Conviction[];
    /** Why we have no vote; undefined where we have one. */
    readonly mute: string | undefined;
    /** Members of the set that said that they have no vote. */
    readonly muteMembers: readonly MemberId[];
}
export declare class Replica {
    private readonly o;
    private authenticator;
    private voice;
    private readonly mempool;
    private readonly waiters;
    private readonly outbox;
    private inbound;
    private readonly intake;
    private readonly relays;
    private readonly execution;
    private readonly proposer;
    private transfer;
    private readonly executor;
    private readonly standstill;
    private readonly healing;
    private readonly upkeep;
    private readonly neighbours;
    private readonly comeback;
    private readonly digests;
    private readonly epochs;
    private readonly exchange;
    private readonly seats;
    private readonly server;
    private readonly stopwatch;
    private readonly twins;
    private readonly accuser;
    private surety;
    private readonly timers;
    private watch;
    /** Whom it watches, by place. */
    private watched;
    /** What was found in earlier epochs. */
    private past;
    /** What a client that asks for the status is told; whoever wires the replica may say more. */
    describe: () => unknown;
    private set;
    /** Our place in the set; its size where we have none. */
    private place;
    /** Why we have no vote in this epoch. */
    private muteBecause;
    /** Our home has forgotten what it promised, and the ledger does not know its new incarnation yet. */
    private forgotten;
    /** The checkpoint at which this epoch began, as long as we lack its state: what is delivered above it waits. */
    private lacking;
    private readonly held;
    /** A later epoch is proven, or this one's last checkpoint executed. */
    private due;
    private cancelGrace;
    private graceOver;
    /** The log's records are of this epoch. */
    private logEpoch;
    private lastExecutedMs;
    /** What certifies our last stable checkpoint, for those who only follow. */
    private certificate;
    private machine;
    private readonly events;
    private readonly out;
    private draining;
    private turnEnds;
    private stopped;
    constructor(options: ReplicaOptions);
    /** What is made anew for each epoch: codecs, signatures, and who is fetched from. */
    private makeParts;
    private makeWatch;
    private makeSurety;
    private makeAccuser;
    private lastNonce;
    private nextNonce;
    private makeTwinWatch;
    /**
     * Restores what the disk holds and starts the machine. Where the log is of an epoch that has ended meanwhile, it is
     * replayed first: its slots may lead to the checkpoint at which the next one begins. Throws `snapshot-damaged`,
     * `log-damaged`.
     */
    start(): void;
    /** How many of n make a certificate. */
    private certifiers;
    /** Whether the state of this checkpoint is of use: above ours, or the one without which we execute nothing. */
    private wants;
    /** Enters the epoch of a set: from our state where it is of that epoch, else from the checkpoint that proves it. */
    private begin;
    /** Whose connection is open now, by place. */
    private connectedSeats;
    get voting(): boolean;
    private seatIn;
    /** Why we have no vote in this epoch. A forgetful home that the ledger has taken back is forgetful no more. */
    private reasonForSilence;
    /** Goes on to the latest epoch that is proven: at once with its first state, else when waiting for it has no point. */
    private advance;
    /** The old epoch has nothing more to do: it waits. Throws what is no full disk. */
    private whenDiskHasSpace;
    /** Between two steps of the machine: whether its epoch is over. */
    private turnOver;
    private tellTransport;
    /** One that only follows lacks what was certified last, where nothing new is. */
    private tellGuest;
    stop(): void;
    /** The transport did not take what this peer sent. */
    peerRejected(from: MemberId, code: RejectionCode): void;
    peerFrame(from: MemberId, items: readonly unknown[]): void;
    peerUp(from: MemberId, replaced?: boolean): void;
    private connected;
    peerDown(from: MemberId): void;
    /** A validator says that it listens elsewhere. */
    readdressed(): void;
    /** The proofs of the epochs above this one, for whoever asks outside of a session. */
    epochProofs(above: Epoch, most?: number): Uint8Array[];
    /** Takes proofs that came from anywhere: each proves itself. */
    learnEpochs(proofs: readonly Uint8Array[]): void;
    get epoch(): Epoch;
    /** The number by which the others know us, if they do. */
    get number(): MemberId | undefined;
    clientFrame(session: ClientSession, items: readonly unknown[]): void;
    /** Puts a signed transaction into this replica's mempool, as a client's would be. */
    submit(transaction: Uint8Array): void;
    get isPrimary(): boolean;
    private lease;
    /** States that entries can be proven from. */
    heldStates(): HeldStates;
    /** What this replica has seen of each of the others, by member number. */
    peerReports(): PeerReport[];
    /** Whose messages for a slot came when; undefined where it is too old or too new. */
    explain(sequence: Sequence): SlotReport | undefined;
    evidenceList(): readonly Evidence[];
    status(): ReplicaStatus;
    private event;
    /** Steps the machine until no event is left; effects may bring new ones. */
    private drain;
    private carryOut;
    /** Once per turn: propose, tell the machine who waits, flush the log, send. */
    private endTurn;
    /** More of the log is durable, or nothing will be any more. */
    private durable;
    /** Why nothing is said and nothing is heard at present, where that is so. */
    private get still();
    /** Nothing is taken in while nothing can go out. */
    private get closed();
    private propose;
    /** An idle cluster goes to the checkpoint of a pending change by batches of nothing. */
    private towardsBoundary;
    private lastDemandMs;
    /** A pending change waits to be ordered to its end, however little else does; each slot is progress. */
    private pendingSince;
    /** Whether there was news. */
    private demand;
    /** What of the log may wait is done now and then. */
    private tend;
    private fail;
    private effect;
    private attest;
    private keep;
    /** What an earlier life of this process found, and nobody was convicted of yet. */
    private resumeCases;
    private setTimer;
    private execute;
    private changeExecuted;
    /** The last checkpoint of this epoch is certified: provable from now on, and the next epoch begins. */
    private endOfEpoch;
    /** History below is not needed any more; once the log is long, it starts anew from this state. */
    private stable;
    private fetchState;
    private lastProgressMs;
    private progress;
    private install;
    /** What the machine delivered while we had no state to execute it on. */
    private executeHeld;
    private relay;
    private viewChanged;
    private otherItem;
}
//# sourceMappingURL=replica.d.ts.map