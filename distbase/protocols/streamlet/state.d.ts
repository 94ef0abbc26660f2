/** The state of one Streamlet replica, and the small operations that every part of the protocol shares. */
import type { Batch } from '../../core/batch.ts';
import type { RejectionCode } from '../../core/errors.ts';
import { type Digest, type ReplicaId, type Sequence } from '../../core/ids.ts';
import type { Attested, Effects, MachineConfig } from '../../core/machine.ts';
import { type Block } from './block.ts';
import type { Checkpoint, Header, Height, Proposal, Round, Status, StreamletMessage, StreamletRecord, Tail, Vote } from './messages.ts';
import type { Rules } from './rules.ts';
export interface Certificate {
    readonly sequence: Sequence;
    readonly digest: Digest;
    readonly votes: readonly Attested<StreamletMessage>[];
}
/** What we know of another replica. */
export interface Peer {
    /** The highest round that it showed to be in, and the highest that it asked for. */
    in: Round;
    wants: Round;
    /** The height of the highest block that it showed to have seen notarised. */
    height: Height;
    /** What it last said that it delivered; −1: nothing yet. */
    delivered: Sequence;
    /** Rounds not notarised here in which we hold a vote of it. */
    votes: number;
    /** When it last said where it stands. */
    heardMs: number;
    lastAnsweredMs: number;
    /** Bytes of batches sent to it on demand since a moment. */
    fetchedSinceMs: number;
    fetchedBytes: number;
}
export declare class State {
    readonly config: MachineConfig;
    readonly self: ReplicaId;
    readonly n: number;
    readonly rules: Rules;
    readonly quorum: number;
    readonly weakQuorum: number;
    /** Length of a round in ms; 0: it is derived. */
    readonly fixedRoundMs: number;
    nowMs: number;
    out: Effects<StreamletMessage, StreamletRecord>;
    round: Round;
    /** When it began, for us. */
    roundSinceMs: number;
    /** The round that we ask for; the others' are in `peers`. */
    wants: Round;
    readonly peers: Peer[];
    /** By round; at most one of a round can ever be notarised. */
    readonly notarised: Map<number, Block>;
    /** The end of the longest notarised chain that we have seen. */
    tip: Block;
    /** The highest block known to be final. */
    final: Block;
    /** Votes for what is not notarised here, by round and voter. */
    readonly votes: Map<number, (Attested<Vote> | undefined)[]>;
    /** What leaders proposed in this round and the next. */
    readonly proposals: Map<number, Attested<Proposal | Tail>>;
    private readonly held;
    /** The round of our last vote, and the height of the block that it extends: what we promised (rules.ts, `mayVote`). */
    votedRound: Round;
    votedOn: Height;
    lastVote: Attested<Vote> | undefined;
    /** Our last block as a leader. */
    lastProposal: Attested<Proposal | Tail> | undefined;
    proposedRound: Round;
    proposedMs: number;
    delayMs: number;
    /** Blocks with batches that we voted for, not final yet: their transactions are spoken for. */
    claimed: Header[];
    /** Leaders' delays in the last final blocks, oldest first: what the rounds' length derives from. */
    delays: number[];
    /** Batches of notarised blocks that we lack, by round: how often we have asked. */
    readonly wanted: Map<number, number>;
    delivered: Sequence;
    stable: Sequence;
    /** The checkpoint with which this validator set ends. */
    boundary: Sequence;
    certificate: Certificate | undefined;
    readonly ownCheckpoints: Map<number, string>;
    readonly checkpointVotes: Map<number, (Attested<Checkpoint> | undefined)[]>;
    /** Certified, but we have not executed that far, or differently. */
    pendingCertificate: Certificate | undefined;
    transferring: Sequence;
    transferAskedMs: number;
    demandSinceMs: number;
    lastProgressMs: number;
    wasBusy: boolean;
    relayed: boolean;
    /** Since then, this round's leader was given what waits here. */
    nudged: boolean;
    /** When the tick timer runs out; infinite: it is not set. */
    tickDueMs: number;
    /** Pause of the heartbeat; 0: the first. Counted from when the last work, or heartbeat, was. */
    heartbeatMs: number;
    quietSinceMs: number;
    lastStatusMs: number;
    constructor(config: MachineConfig, rules: Rules, nowMs: number);
    get leader(): ReplicaId;
    /** H: a window above the last stable checkpoint, and never past the end of this validator set. */
    get high(): Sequence;
    /** All that this validator set may order is delivered; what is left to do is to certify its last checkpoint. */
    get ended(): boolean;
    /** Votes of this round can change nothing any more: what was final by then is executed. */
    settled(round: Round): boolean;
    /** The longest chain carries batches that are not executed here. */
    get unfinished(): boolean;
    /** Something is under way that we have a part in. */
    get busy(): boolean;
    /** Slots that f + 1 others say that they delivered and we have not; undefined until f + 1 have spoken. */
    get behind(): number | undefined;
    /** Others that delivered as much. */
    private reaching;
    batchOf(sequence: Sequence, digest: Digest): Batch | undefined;
    hold(sequence: Sequence, batch: Batch, logged?: boolean): void;
    /** No vote and no claim without the bytes: they enter the log once, ahead of whatever names them. */
    logBatch(sequence: Sequence, digest: Digest): void;
    /** What the log holds of bytes, for a new log. */
    loggedBatches(): Generator<StreamletRecord>;
    dropBatches(upTo: Sequence): void;
    reject(from: ReplicaId, code: RejectionCode): void;
    persist(record: StreamletRecord): void;
    /** What is signed, logged, sent to all, and comes back to us. */
    attest(message: StreamletMessage): void;
    send(to: ReplicaId | undefined, message: StreamletMessage): void;
    /** To one replica, or to all others. */
    forward(to: ReplicaId | undefined, attested: Attested<StreamletMessage>): void;
    evidence(offence: string, first: Attested<StreamletMessage>, second: Attested<StreamletMessage>): void;
    ownStatus(gap: Height): Status;
}
//# sourceMappingURL=state.d.ts.map