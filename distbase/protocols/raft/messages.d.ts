/** Raft's messages (figure 2 of the paper) and log records, and their shapes on the wire and on disk. */
import type { Batch } from '../../core/batch.ts';
import type { Digest, Epoch, Sequence } from '../../core/ids.ts';
import type { Attested } from '../../core/machine.ts';
import { type ProtocolSchema } from '../../core/schema.ts';
import type { Term } from './rules.ts';
/** One entry of the leader's log. Entries go out one by one, as they come; the driver puts them into common frames. */
export interface Append {
    readonly type: 'append';
    readonly epoch: Epoch;
    /** The leader's. */
    readonly term: Term;
    readonly sequence: Sequence;
    readonly entryTerm: Term;
    /** Term of the entry before it, which its receiver must have. */
    readonly previousTerm: Term;
    /** What the leader knows to be committed. */
    readonly commit: Sequence;
    readonly digest: Digest;
    readonly batch: Batch;
}
/** An AppendEntries without entries, which every follower answers. */
export interface Heartbeat {
    readonly type: 'heartbeat';
    readonly epoch: Epoch;
    readonly term: Term;
    /** Numbers the leader's heartbeats in its term: an answer says which of them it answers. */
    readonly round: number;
    /** Where the leader's log ends. */
    readonly last: Sequence;
    readonly lastTerm: Term;
    readonly commit: Sequence;
    /** The leader's last stable checkpoint. */
    readonly stable: Sequence;
    /** The leader's log begins after this: who lacks more fetches a state. */
    readonly base: Sequence;
}
/** What is committed now, where no entry follows that would say so. Not answered. */
export interface Commit {
    readonly type: 'commit';
    readonly epoch: Epoch;
    readonly term: Term;
    readonly commit: Sequence;
}
/** The answer to both, and to a leader of an earlier term. */
export interface Appended {
    readonly type: 'appended';
    readonly epoch: Epoch;
    readonly term: Term;
    /** The follower's log agrees with the leader's up to here, and is on its disk. */
    readonly match: Sequence;
    /** Where its log ends. */
    readonly last: Sequence;
    readonly lastTerm: Term;
    /** Of the heartbeat that it answers; 0: it answers an entry. */
    readonly round: number;
    /** It lacks something between `match` and what the leader spoke of. */
    readonly missing: boolean;
    /** Its last stable checkpoint. */
    readonly stable: Sequence;
}
export interface VoteRequest {
    readonly type: 'vote-request';
    readonly epoch: Epoch;
    /** The term that it wants to lead. */
    readonly term: Term;
    /** Asks only whether it would be elected. */
    readonly pre: boolean;
    readonly last: Sequence;
    readonly lastTerm: Term;
}
export interface Vote {
    readonly type: 'vote';
    readonly epoch: Epoch;
    /** Granted: the term that was asked for. Denied: the voter's own. */
    readonly term: Term;
    readonly pre: boolean;
    readonly granted: boolean;
}
/** ⟨CHECKPOINT, n, d⟩ as in every protocol here; signed in every setting. */
export interface Checkpoint {
    readonly type: 'checkpoint';
    readonly epoch: Epoch;
    readonly sequence: Sequence;
    readonly digest: Digest;
    /** Term of the entry at `sequence`, alike for all: whoever installs the state begins his log after it. */
    readonly entryTerm: Term;
    /** The signer's own term: by then the entry was committed, so that every leader of a later term has it. */
    readonly term: Term;
}
export type RaftMessage = Append | Heartbeat | Commit | Appended | VoteRequest | Vote | Checkpoint;
export declare const messages: ProtocolSchema;
export type RaftRecord = 
/** currentTerm and votedFor: in the log before the answer leaves. `vote`: the replica plus 1, 0 for nobody. */
{
    readonly type: 'term';
    readonly term: Term;
    readonly vote: number;
}
/** Whatever the log held from `sequence` on is gone: a leader's entry has taken its place. */
 | {
    readonly type: 'entry';
    readonly sequence: Sequence;
    readonly term: Term;
    readonly digest: Digest;
    readonly batch: Batch;
}
/** The log begins after this position, a state that was installed; what it held beyond stays if it agrees there. */
 | {
    readonly type: 'base';
    readonly sequence: Sequence;
    readonly term: Term;
}
/** A checkpoint that a majority signed: our own, or one whose state we are fetching. */
 | {
    readonly type: 'certificate';
    readonly sequence: Sequence;
    readonly digest: Digest;
    readonly votes: readonly Attested<RaftMessage>[];
}
/** A checkpoint of our own, to be sent again to the letter. */
 | {
    readonly type: 'attested';
    readonly attested: Attested<RaftMessage>;
};
export declare const records: ProtocolSchema;
//# sourceMappingURL=messages.d.ts.map