/** Raft's messages (figure 2 of the paper) and log records, and their shapes on the wire and on disk. */

import type { Batch } from '../../core/batch.ts';
import type { Digest, Epoch, Sequence } from '../../core/ids.ts';
import { MAX_VALIDATORS } from '../../core/limits.ts';
import type { Attested } from '../../core/machine.ts';
import { attested, bool, digest, list, type ProtocolSchema, uint } from '../../core/schema.ts';
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

export const messages: ProtocolSchema = {
  // Replicas may crash here and none lies, so the leader's word vouches for what it sends.
  append: {
    tag: 1,
    signed: 'vote',
    role: 'proposal',
    batch: true,
    vouched: true,
    fields: {
      epoch: uint(),
      term: uint(),
      sequence: uint(),
      entryTerm: uint(),
      previousTerm: uint(),
      commit: uint(),
      digest,
    },
  },
  heartbeat: {
    tag: 2,
    signed: 'vote',
    fields: {
      epoch: uint(),
      term: uint(),
      round: uint(),
      last: uint(),
      lastTerm: uint(),
      commit: uint(),
      stable: uint(),
      base: uint(),
    },
  },
  commit: { tag: 3, signed: 'vote', fields: { epoch: uint(), term: uint(), commit: uint() } },
  appended: {
    tag: 4,
    signed: 'vote',
    role: 'vote',
    first: 'one',
    fields: {
      epoch: uint(),
      term: uint(),
      match: uint(),
      last: uint(),
      lastTerm: uint(),
      round: uint(),
      missing: bool,
      stable: uint(),
    },
  },
  'vote-request': {
    tag: 5,
    signed: 'vote',
    role: 'view-change',
    fields: { epoch: uint(), term: uint(), pre: bool, last: uint(), lastTerm: uint() },
  },
  vote: {
    tag: 6,
    signed: 'vote',
    first: 'one',
    fields: { epoch: uint(), term: uint(), pre: bool, granted: bool },
  },
  checkpoint: {
    tag: 7,
    signed: 'always',
    fields: { epoch: uint(), sequence: uint(), digest, entryTerm: uint(), term: uint() },
  },
};

// ------------------------------------------------------------------------------------------ records

export type RaftRecord =
  /** currentTerm and votedFor: in the log before the answer leaves. `vote`: the replica plus 1, 0 for nobody. */
  | { readonly type: 'term'; readonly term: Term; readonly vote: number }
  /** Whatever the log held from `sequence` on is gone: a leader's entry has taken its place. */
  | {
      readonly type: 'entry';
      readonly sequence: Sequence;
      readonly term: Term;
      readonly digest: Digest;
      readonly batch: Batch;
    }
  /** The log begins after this position, a state that was installed; what it held beyond stays if it agrees there. */
  | { readonly type: 'base'; readonly sequence: Sequence; readonly term: Term }
  /** A checkpoint that a majority signed: our own, or one whose state we are fetching. */
  | {
      readonly type: 'certificate';
      readonly sequence: Sequence;
      readonly digest: Digest;
      readonly votes: readonly Attested<RaftMessage>[];
    }
  /** A checkpoint of our own, to be sent again to the letter. */
  | { readonly type: 'attested'; readonly attested: Attested<RaftMessage> };

export const records: ProtocolSchema = {
  term: { tag: 1, signed: 'vote', fields: { term: uint(), vote: uint() } },
  entry: {
    tag: 2,
    signed: 'vote',
    batch: true,
    fields: { sequence: uint(), term: uint(), digest },
  },
  base: { tag: 3, signed: 'vote', fields: { sequence: uint(), term: uint() } },
  certificate: {
    tag: 4,
    signed: 'vote',
    fields: { sequence: uint(), digest, votes: list(attested('checkpoint'), MAX_VALIDATORS) },
  },
  attested: { tag: 5, signed: 'vote', fields: { attested: attested('checkpoint') } },
};
