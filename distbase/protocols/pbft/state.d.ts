/** The state of one PBFT replica, and the small operations that every part of the protocol shares. */
import type { CheckpointVotes } from '../../core/checkpoint-votes.ts';
import type { RejectionCode } from '../../core/errors.ts';
import { type Digest, type ReplicaId, type Sequence, type View } from '../../core/ids.ts';
import type { Attested, Effects, MachineConfig } from '../../core/machine.ts';
import type { Checkpoint, CheckpointClaim, NewView, PbftMessage, PbftRecord, Status, ViewChange } from './messages.ts';
import { Past } from './past.ts';
import { type Rules } from './rules.ts';
import { Slot } from './slot.ts';
export interface Certificate {
    readonly sequence: Sequence;
    readonly digest: Digest;
    readonly votes: readonly Attested<PbftMessage>[];
}
export declare class State {
    readonly config: MachineConfig;
    readonly self: ReplicaId;
    readonly n: number;
    readonly rules: Rules;
    readonly quorum: number;
    readonly weakQuorum: number;
    nowMs: number;
    out: Effects<PbftMessage, PbftRecord>;
    view: View;
    active: boolean;
    /** The latest view that we asked for, see leave.ts: `view` at least, where we left for it. */
    asked: View;
    /** When we last said so. */
    askedMs: number;
    /** What each other asked for; −1: nothing. */
    readonly peerAsked: View[];
    /** When we entered the present view. */
    viewSinceMs: number;
    /** When each other's last VIEW-CHANGE came, and how long one that nobody follows waits for help. */
    readonly leftSinceMs: number[];
    readonly patienceMs: number[];
    /** The NEW-VIEW that made the present view, for those who missed it. */
    newView: Attested<NewView> | undefined;
    /** As primary of the present view: its NEW-VIEW is on its way. */
    newViewSent: boolean;
    /** Per replica, its VIEW-CHANGE for the highest view; ours among them. */
    readonly viewChanges: (Attested<ViewChange> | undefined)[];
    /** Messages of views that we have not entered yet, per replica. */
    readonly ahead: Attested<PbftMessage>[][];
    readonly slots: Map<number, Slot>;
    /** What lies below the stable checkpoint, for laggards. */
    readonly past: Past;
    /** The last stable checkpoint that we hold ourselves: h of our VIEW-CHANGE. */
    stable: Sequence;
    certificate: Certificate | undefined;
    /** Low watermark for voting: `stable`, or above it where the present view started from a later checkpoint. */
    low: Sequence;
    /** The last slot that the present view's NEW-VIEW assigned. */
    lastAssigned: Sequence;
    delivered: Sequence;
    /** The checkpoint with which this validator set ends. */
    boundary: Sequence;
    /** The highest sequence proposed in this view; only the primary's counts. */
    lastProposed: Sequence;
    /** The highest sequence that anybody voted for: above `delivered`, something is under way. */
    highestSeen: Sequence;
    /** Batches wanted from others, by slot and digest: a liar may have one batch proposed at several slots. */
    readonly wanted: Map<string, CheckpointClaim>;
    /** Slots that prepared here and whose COMMIT waits for the last PREPAREs. */
    readonly held: Set<number>;
    fastArmed: boolean;
    fastEwmaMs: number;
    fastVarMs: number;
    fastMisses: number;
    fastPauseSlots: number;
    fastPausedUntil: Sequence;
    readonly ownCheckpoints: Map<number, string>;
    readonly checkpointVotes: CheckpointVotes<Checkpoint>;
    /** Certified, but we have not executed that far, or differently. */
    pendingCertificate: Certificate | undefined;
    /** A state transfer that the driver was asked for, and when. */
    transferring: Sequence;
    transferAskedMs: number;
    demandSinceMs: number;
    lastProgressMs: number;
    tickArmed: boolean;
    tickMs: number;
    /** When the running tick should come. */
    tickDueMs: number;
    heartbeatMs: number;
    wasBusy: boolean;
    /** Ticks since we asked for another view, or left for one, without a quorum that follows. */
    lonelyTicks: number;
    relayed: boolean;
    failedViews: number;
    /** When we give up waiting for NEW-VIEW; −1: not enough VIEW-CHANGEs yet. */
    newViewDeadlineMs: number;
    commitEwmaMs: number;
    commitVarMs: number;
    /** When anybody last voted for a slot above all before. */
    newsMs: number;
    /** Whose connection to us is open; our own place is open, too. */
    readonly connected: boolean[];
    /** Since when each connection that was open is closed; −1: it is open, or was never. */
    readonly lostSinceMs: number[];
    /** Since when connections to a quorum are open. */
    quorumSinceMs: number;
    /** What others last said that they delivered; −1: nothing yet. */
    readonly peerDelivered: Sequence[];
    /** The last stable checkpoint that each other named in a status; −1: none yet. */
    readonly peerStable: Sequence[];
    readonly lastAnsweredMs: number[];
    /** Bytes of fetched batches sent to each replica since a moment. */
    readonly fetches: {
        sinceMs: number;
        bytes: number;
    }[];
    lastStatusMs: number;
    /** Gives a message to the machine again; for those that waited for their view. */
    readonly handle: (attested: Attested<PbftMessage>) => void;
    constructor(config: MachineConfig, handle: (attested: Attested<PbftMessage>) => void, rules?: Rules);
    get primary(): ReplicaId;
    get isPrimary(): boolean;
    /** H: a window above the low watermark, or further where the new view assigned slots from a later one; never past
     * the end of this validator set. */
    get high(): Sequence;
    /** All that this validator set may order is delivered; what is left to do is to certify its last checkpoint. */
    get ended(): boolean;
    /** h < n ≤ H (TOCS 2002 §4.2). */
    inWindow(sequence: Sequence): boolean;
    slot(sequence: Sequence): Slot;
    /** Whether enough replicas are connected to commit anything: without them no primary can be blamed. */
    get reachesQuorum(): boolean;
    /** Something is under way that we have a part in. */
    get busy(): boolean;
    reject(from: ReplicaId, code: RejectionCode): void;
    persist(record: PbftRecord): void;
    /** A note: nothing is promised with it before a vote follows, or never. */
    persistLazily(record: PbftRecord): void;
    /** A vote: leaves once the log holds what it promises. */
    vote(message: PbftMessage): void;
    send(to: ReplicaId | undefined, message: PbftMessage): void;
    forward(to: ReplicaId, attested: Attested<PbftMessage>): void;
    evidence(offence: string, first: Attested<PbftMessage>, second: Attested<PbftMessage>): void;
    /** No vote and no claim without the bytes: they enter the log once, ahead of whatever names them. */
    logBatch(slot: Slot, digest: Digest): void;
    wants(sequence: Sequence, digest: Digest): boolean;
    /** The batch has come, or is of no use any more. */
    unwant(sequence: Sequence, digest: Digest): void;
    /** Asks the others for a batch that we know by its digest. */
    want(sequence: Sequence, digest: Digest): void;
    ownStatus(): Status;
}
//# sourceMappingURL=state.d.ts.map