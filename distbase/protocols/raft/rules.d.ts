/**
 * The rules of Raft, apart from the machinery, to be read beside figure 2 of Ongaro & Ousterhout, "In search of an
 * understandable consensus algorithm" (extended version, 2014), and Ongaro's dissertation (2014). Everything that safety
 * rests on is here, or is the order "log it, then say it", which the driver keeps.
 *
 * Names: a paper's index is a `sequence`, a server is a replica, and an entry is a slot: one batch.
 */
import type { Sequence } from '../../core/ids.ts';
/** A term: its leader, if it has one, is the only replica that makes entries in it. */
export type Term = number;
/** Where a log ends, or one of its entries: two logs with an entry of one position agree up to it (Log Matching, §5.3). */
export interface Position {
    readonly sequence: Sequence;
    readonly term: Term;
}
/** What a voter knows when somebody asks for its vote. */
export interface VoterState {
    readonly term: Term;
    /** Whom it voted for in `term`; −1: nobody yet. Logged before the answer leaves. */
    readonly votedFor: number;
    readonly last: Position;
    /** Whole ticks, by its own timers, since it heard the leader of its term, or restarted. */
    readonly quietTicks: number;
    /** It leads its term, and a majority follows it. */
    readonly leads: boolean;
}
/** Ticks in the least election timeout. */
export declare const ELECTION_TICKS = 5;
export interface Rules {
    /** Votes that elect, and logs that commit. Any two majorities share a replica. */
    majority(voters: number): number;
    /**
     * Whether a voter listens to a candidate at all (§6, and dissertation §4.2.3): not while it may have a leader. That
     * keeps a replica that was cut off from deposing a leader that works, and it is what a lease rests on. A voter that
     * restarted does not know when it last heard the leader, so it counts from the restart.
     */
    mayListen(voter: VoterState): boolean;
    /** RequestVote, receiver 2: a candidate whose log may lack a committed entry gets no vote (§5.4.1). */
    upToDate(candidate: Position, voter: Position): boolean;
    /** RequestVote, receiver 1 and 2: one vote per term. */
    mayGrant(voter: VoterState, candidate: number, term: Term, last: Position): boolean;
    /**
     * A pre-vote (dissertation §9.6) promises nothing and changes nothing: would the candidate win, if it asked in the
     * next term?
     */
    mayPreGrant(voter: VoterState, term: Term, last: Position): boolean;
    /**
     * Leaders, last rule (§5.3, §5.4.2): the highest sequence that a majority's logs hold may be committed, if its entry
     * is of the leader's own term. Entries of earlier terms commit with one that follows them: by themselves, a majority
     * that holds one can still be overruled by a leader of a term in between (figure 8). −1: nothing may be committed.
     * `matches`: what is known to be in the log of each voter, ascending.
     */
    committable(matches: Float64Array, term: Term, termAt: (sequence: Sequence) => Term | undefined): Sequence;
    /**
     * Lease reads (dissertation §6.4.1): whether the leader may answer from its own state. `nowMs` was taken after the query
     * had arrived; `leaseFromMs` is when the heartbeat left that a majority has answered since. All of them turn
     * candidates away for a whole election timeout after that, by their clocks; the lease is a share of it, so that clocks
     * may differ in pace. A leader has to commit an entry of its own term first: before that, it does not know what its
     * predecessors acknowledged.
     */
    leaseHolds(nowMs: number, leaseFromMs: number, leaseMs: number, committedInTerm: boolean): boolean;
}
export declare const RULES: Rules;
//# sourceMappingURL=rules.d.ts.map