/** The state of one Raft replica (figure 2), and the small operations that every part of the protocol shares. */
import type { RejectionCode } from '../../core/errors.ts';
import type { Digest, ReplicaId, Sequence } from '../../core/ids.ts';
import type { Attested, Effects, MachineConfig } from '../../core/machine.ts';
import { Log } from './log.ts';
import type { Append, Checkpoint, RaftMessage, RaftRecord } from './messages.ts';
import { type Position, type Rules, type Term, type VoterState } from './rules.ts';
export type Role = 'follower' | 'pre-candidate' | 'candidate' | 'leader';
/** Nobody. */
export declare const NONE: ReplicaId;
export interface Certificate {
    readonly sequence: Sequence;
    readonly digest: Digest;
    readonly votes: readonly Attested<RaftMessage>[];
}
/** What a leader knows of one follower. */
export interface Follower {
    /** Its log agrees with ours up to here. */
    match: Sequence;
    /** The last of our heartbeats that it answered. */
    round: number;
    /** Our tick at its last word. */
    heardTick: number;
    /** It is being sent what it missed, up to here; 0: it follows. */
    catchUpTo: Sequence;
    /** The last entry that it was sent again. */
    resent: Sequence;
    resentMs: number;
    certificateMs: number;
}
export declare class State {
    readonly config: MachineConfig;
    readonly self: ReplicaId;
    readonly rules: Rules;
    /** Replicas below this vote; those from here on learn. */
    readonly voters: number;
    readonly majority: number;
    /** The least election timeout, ms. */
    readonly electionMs: number;
    readonly leaseMs: number;
    /** The last slot of the epoch before ours: in our terms an entry of term 0, which every log holds. */
    readonly base: Sequence;
    nowMs: number;
    out: Effects<RaftMessage, RaftRecord>;
    term: Term;
    /** A chain begins in term 0 with replica 0 for its leader, by definition, as if all had voted for it. */
    votedFor: ReplicaId;
    log: Log;
    /**
     * Where the vote log ended, while the restored state is newer than all that it says: what we promised ends there, so it
     * is what a candidate is measured by.
     */
    promised: Position | undefined;
    role: Role;
    leader: ReplicaId;
    /** The last leader that we knew, for those who ask. */
    lastLeader: ReplicaId;
    /** The highest sequence that is known to be committed, and the highest that was handed to execution. */
    commit: Sequence;
    delivered: Sequence;
    /** The checkpoint with which this validator set ends. */
    boundary: Sequence;
    /** The most that any leader said to be committed. */
    heardCommit: Sequence;
    /** Our log is known to agree with that of the present leader up to here. */
    matched: Sequence;
    /** Entries of the present leader that came before those in front of them. */
    readonly ahead: Map<number, Append>;
    followers: Follower[];
    /** Matches of the voters, for sorting. */
    readonly matches: Float64Array;
    round: number;
    readonly roundSentMs: Float64Array<ArrayBuffer>;
    /** When the last heartbeat left that a majority has answered. */
    leaseFromMs: number;
    /** The first entry of our term; once it is committed, so is all that our predecessors acknowledged. */
    termStart: Sequence;
    /** The commit that all followers were told. */
    toldCommit: Sequence;
    /** Entries sent since the notice timer was set. */
    appends: number;
    noticeArmed: boolean;
    /** Who would vote, or voted, for us in the term that we asked for. */
    readonly granted: Set<number>;
    preTerm: Term;
    tick: number;
    /** Whole ticks since we heard a leader or restarted; −1: less than one. */
    quietTicks: number;
    /** The same, but a vote of ours counts too: a candidate is given its time. */
    waitedTicks: number;
    campaignArmed: boolean;
    attempts: number;
    /** The connection to the leader closed, and nothing was heard since. */
    leaderLost: boolean;
    /** Elections that we began since something was delivered: they slow us down. */
    failed: number;
    stable: Sequence;
    certificate: Certificate | undefined;
    readonly ownCheckpoints: Map<number, string>;
    readonly checkpointVotes: Map<number, (Attested<Checkpoint> | undefined)[]>;
    /** Certified, but we have not executed that far, or differently. */
    pending: Certificate | undefined;
    transferring: Sequence;
    transferAskedMs: number;
    /** Certificates whose states the driver was asked for, by sequence. */
    readonly asked: Map<number, Certificate>;
    /** What we had delivered, and the latest checkpoint that we knew to be certified, at the last tick. */
    deliveredAtTick: Sequence;
    certifiedAtTick: Sequence;
    /** Ticks since a certified checkpoint above us came no nearer. */
    pendingTicks: number;
    demandSinceMs: number;
    relayedMs: number;
    readonly answeredMs: number[];
    constructor(config: MachineConfig, rules?: Rules);
    get isVoter(): boolean;
    /** Never past the end of this validator set. */
    get high(): Sequence;
    /** All that this validator set may order is delivered; what is left to do is to certify its last checkpoint. */
    get ended(): boolean;
    get tickMs(): number;
    /** The election timeout: the least, grown by each election of ours that brought nothing. */
    get timeoutMs(): number;
    get electionTicks(): number;
    get voter(): VoterState;
    forgetFollowers(): void;
    noteRound(): void;
    /** When a heartbeat left; −∞ where that is forgotten. */
    sentMs(round: number): number;
    reject(from: ReplicaId, code: RejectionCode): void;
    persist(record: RaftRecord): void;
    /** Leaves once the log holds all that it rests on: there is no other kind of message here. */
    send(to: ReplicaId | undefined, message: RaftMessage): void;
    forward(to: ReplicaId, attested: Attested<RaftMessage>): void;
    setTimer(timer: string, delayMs: number): void;
    announce(active: boolean): void;
    persistTerm(): void;
    /** All servers, second rule: a higher term makes a follower of everybody. */
    enterTerm(term: Term): void;
    /** No leader is known any more, we least of all. */
    resign(): void;
    /** Hands what is committed to execution, in order. */
    deliver(): void;
}
//# sourceMappingURL=state.d.ts.map