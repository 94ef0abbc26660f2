/** The state of one HotStuff replica, and the small operations that every part of the protocol shares. */
import type { CheckpointVotes } from '../../core/checkpoint-votes.ts';
import type { RejectionCode } from '../../core/errors.ts';
import { type Digest, type ReplicaId, type Sequence, type View } from '../../core/ids.ts';
import type { Attested, Certificate, Effects, MachineConfig } from '../../core/machine.ts';
import type { Block, Checkpoint, CheckpointClaim, HotstuffMessage, HotstuffRecord, Status, Timeout, Vote } from './messages.ts';
import { type Rounds } from './rounds.ts';
import type { Header, Round, Rules } from './rules.ts';
import { Slot } from './slot.ts';
export interface StableCertificate {
    readonly sequence: Sequence;
    readonly digest: Digest;
    readonly votes: readonly Attested<HotstuffMessage>[];
}
export declare class State {
    readonly config: MachineConfig;
    readonly self: ReplicaId;
    readonly n: number;
    readonly rules: Rules;
    readonly rounds: Rounds;
    readonly quorum: number;
    readonly weakQuorum: number;
    nowMs: number;
    out: Effects<HotstuffMessage, HotstuffRecord>;
    view: View;
    /** When we entered it, ms. */
    enteredMs: number;
    /** We timed out of the view: no vote of ours is cast in it any more. */
    left: boolean;
    /** What proves that the view before ours ended, where a time-out ended it. */
    timeoutCertificate: Certificate<Timeout> | undefined;
    /** Per replica, its time-out of the latest view; ours among them. */
    readonly timeouts: (Attested<Timeout> | undefined)[];
    /** Per replica, the latest view that it said it is in or waits for: its highest certificate came with it. */
    readonly heard: View[];
    /** Per replica, the highest round of which it is known to hold a certificate, and the view that it is known to be in. */
    readonly shownRound: Round[];
    readonly shownView: View[];
    /** As a new leader: not everybody's highest certificate may be here yet. */
    waiting: boolean;
    /** Certified blocks from the last committed one on. */
    readonly certified: Map<number, Header>;
    /** The highest of them, and its certificate; the genesis block has none. */
    high: Header;
    certificate: Certificate<Vote> | undefined;
    /** Of the last block known to be committed. */
    committed: Header;
    /** Votes for blocks that are not certified yet: by round, then by replica. */
    readonly votes: Map<number, (Attested<Vote> | undefined)[]>;
    /** The certified block that we asked for, and what each replica says it is. */
    readonly asked: {
        round: Round;
        readonly answers: (Header | undefined)[];
    };
    /** What the leader of the present view proposed for rounds above the highest certified one. */
    readonly proposals: Map<number, Header>;
    /** Blocks without a batch are proposed up to this round. */
    tailsUntil: Round;
    lastVoted: Round;
    locked: Round;
    /** The vote of that round, once it is signed. */
    ownVote: Attested<Vote> | undefined;
    /** As leader: the block that we proposed last; its vote follows when it is signed. */
    proposed: (Omit<Block, 'vote'> & {
        readonly round: Round;
    }) | undefined;
    /** While the log is read: the proposal whose vote comes next. */
    restoredTails: {
        readonly round: Round;
        readonly tails: number;
    } | undefined;
    /** The round of the last certificate that the log holds. */
    loggedCertificate: Round;
    readonly slots: Map<number, Slot>;
    delivered: Sequence;
    /** The checkpoint with which this validator set ends. */
    boundary: Sequence;
    /** The highest sequence that anybody voted for: above `delivered`, something is under way. */
    highestSeen: Sequence;
    /** Batches wanted from others, by slot and digest. */
    readonly wanted: Map<string, CheckpointClaim>;
    stable: Sequence;
    stableCertificate: StableCertificate | undefined;
    readonly ownCheckpoints: Map<number, string>;
    readonly checkpointVotes: CheckpointVotes<Checkpoint>;
    /** Certified, but we have not executed that far, or differently. */
    pendingCertificate: StableCertificate | undefined;
    transferring: Sequence;
    transferAskedMs: number;
    demandSinceMs: number;
    lastProgressMs: number;
    /** When something was delivered last, or a state was installed. */
    deliveredMs: number;
    tickArmed: boolean;
    tickMs: number;
    tickDueMs: number;
    heartbeatMs: number;
    wasBusy: boolean;
    relayed: boolean;
    failedViews: number;
    /** Ticks since we left the present view. */
    lonelyTicks: number;
    commitEwmaMs: number;
    commitVarMs: number;
    /** When the slot after the last delivered one was first seen. */
    seenAtMs: Map<number, number>;
    newsMs: number;
    /** Since when each replica's connection to us is closed; −1: it is open, or was never. */
    readonly lostSinceMs: number[];
    /** How often in a row each replica's views ended by a time-out. */
    readonly missed: number[];
    /** When we last were behind f + 1 others, or took a state: what waits here since before may be done elsewhere. */
    behindMs: number;
    /** What others last said that they delivered; −1: nothing yet. */
    readonly peerDelivered: Sequence[];
    readonly lastAnsweredMs: number[];
    readonly fetches: {
        sinceMs: number;
        bytes: number;
    }[];
    lastStatusMs: number;
    constructor(config: MachineConfig, rules: Rules);
    get leader(): ReplicaId;
    get isLeader(): boolean;
    /** The highest slot that may be proposed or voted for. */
    get highWatermark(): Sequence;
    /** All that this validator set may order is delivered; what is left to do is to certify its last checkpoint. */
    get ended(): boolean;
    slot(sequence: Sequence): Slot;
    /** Somebody means to fill this slot. */
    see(sequence: Sequence): void;
    /** Something is under way that we have a part in. */
    get busy(): boolean;
    reject(from: ReplicaId, code: RejectionCode): void;
    /** Nothing is promised with a record alone: the vote or time-out that rests on it is signed, logged and sent after it. */
    note(record: HotstuffRecord): void;
    send(to: ReplicaId | undefined, message: HotstuffMessage): void;
    forward(to: ReplicaId, attested: Attested<HotstuffMessage>): void;
    evidence(offence: string, first: Attested<HotstuffMessage>, second: Attested<HotstuffMessage>): void;
    /** No vote and no claim without the bytes: they enter the log once, ahead of whatever names them. */
    logBatch(slot: Slot, digest: Digest): void;
    wants(sequence: Sequence, digest: Digest): boolean;
    unwant(sequence: Sequence, digest: Digest): void;
    /** Asks the others for a batch that we know by its digest. */
    want(sequence: Sequence, digest: Digest): void;
    ownStatus(): Status;
}
//# sourceMappingURL=state.d.ts.map