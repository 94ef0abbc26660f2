/** HotStuff's messages and log records, and their shapes on the wire and on disk. */

import type { Batch } from '../../core/batch.ts';
import type { Digest, Epoch, Sequence, View } from '../../core/ids.ts';
import { MAX_VALIDATORS } from '../../core/limits.ts';
import type { Attested, Certificate } from '../../core/machine.ts';
import {
  attested,
  bool,
  certificate,
  digest,
  list,
  type ProtocolSchema,
  record,
  uint,
} from '../../core/schema.ts';
import type { Header, Round } from './rules.ts';

/** A vote. The leader's own vote is what proposes a block; for one without a batch it is all that does. */
export interface Vote extends Header {
  readonly type: 'vote';
  readonly epoch: Epoch;
}

/** The leader's vote for a block with its batch. */
export interface Block {
  readonly type: 'block';
  readonly epoch: Epoch;
  readonly digest: Digest;
  /** So many blocks without a batch follow in the next rounds: they are proposed with this one. */
  readonly tails: number;
  readonly vote: Attested<Vote>;
  readonly batch: Batch;
}

/** Its sender votes in this view no more. q of them are a time-out certificate, and end it. */
export interface Timeout {
  readonly type: 'timeout';
  readonly epoch: Epoch;
  readonly view: View;
}

/**
 * NEW-VIEW: the highest certificate that its sender knows, and what proves the view that it was in. Either is left out where
 * the receiver is known to have it: at ML-DSA-87 sizes three of four signatures are 13.9 KB. Then `round` stands for it.
 */
export interface NewView {
  readonly type: 'new-view';
  readonly epoch: Epoch;
  /** The view that its sender is in, or waits for: it votes in no earlier one. */
  readonly view: View;
  /** The round of its sender's highest certificate. */
  readonly round: Round;
  /** At most one: none for the genesis block. */
  readonly high: readonly Certificate<Vote>[];
  readonly timeouts: readonly Certificate<Timeout>[];
}

export interface CheckpointClaim {
  readonly sequence: Sequence;
  readonly digest: Digest;
}

export interface Checkpoint extends CheckpointClaim {
  readonly type: 'checkpoint';
  readonly epoch: Epoch;
}

/** Says where its sender stands and asks for what it lacks. Sent when something is late, and seldom when idle. */
export interface Status {
  readonly type: 'status';
  readonly epoch: Epoch;
  readonly view: View;
  /** It has left the view and waits for the next. */
  readonly left: boolean;
  /** The view that it would leave for, or left for; no later than `view` where it asks for none. */
  readonly asked: View;
  /** The round of its highest certificate. */
  readonly high: Round;
  readonly stable: Sequence;
  readonly delivered: Sequence;
}

/** Its sender knows that the slot committed; f + 1 of these for one digest prove it. */
export interface Committed extends CheckpointClaim {
  readonly type: 'committed';
  readonly epoch: Epoch;
}

/** Asks for the bytes of a batch. */
export interface Fetch extends CheckpointClaim {
  readonly type: 'fetch';
  readonly epoch: Epoch;
}

export interface Fetched extends CheckpointClaim {
  readonly type: 'fetched';
  readonly epoch: Epoch;
  readonly batch: Batch;
}

/** Asks which certified block has this round. */
export interface Ask {
  readonly type: 'ask';
  readonly epoch: Epoch;
  readonly round: Round;
}

/** Its sender knows that this block is certified; f + 1 of these prove it. */
export interface Ancestor extends Header {
  readonly type: 'ancestor';
  readonly epoch: Epoch;
}

export type HotstuffMessage =
  | Ask
  | Ancestor
  | Block
  | Vote
  | Timeout
  | NewView
  | Checkpoint
  | Status
  | Committed
  | Fetch
  | Fetched;

const header = { round: uint(), parent: uint(), sequence: uint(), digest } as const;
const point = { epoch: uint(), sequence: uint(), digest } as const;

/** Tails that a block may have: as many as the deepest rule set needs. */
const MAX_TAILS = 2;

export const messages: ProtocolSchema = {
  // What a session carries first-hand and nobody forwards needs no signature: the vote inside a block has the leader's.
  block: {
    tag: 1,
    signed: 'session',
    role: 'proposal',
    batch: true,
    fields: { epoch: uint(), digest, tails: uint(MAX_TAILS), vote: attested('vote') },
  },
  vote: { tag: 2, signed: 'always', role: 'vote', fields: { epoch: uint(), ...header } },
  timeout: { tag: 3, signed: 'always', role: 'view-change', fields: { epoch: uint(), view: uint() } },
  'new-view': {
    tag: 4,
    signed: 'session',
    role: 'new-view',
    fields: {
      epoch: uint(),
      view: uint(),
      round: uint(),
      high: list(certificate('vote'), 1),
      timeouts: list(certificate('timeout'), 1),
    },
  },
  checkpoint: { tag: 5, signed: 'always', fields: point },
  status: {
    tag: 6,
    signed: 'session',
    fields: {
      epoch: uint(),
      view: uint(),
      left: bool,
      asked: uint(),
      high: uint(),
      stable: uint(),
      delivered: uint(),
    },
  },
  committed: { tag: 7, signed: 'session', fields: point },
  fetch: { tag: 8, signed: 'session', role: 'fetch', fields: point },
  ask: { tag: 10, signed: 'session', fields: { epoch: uint(), round: uint() } },
  ancestor: { tag: 11, signed: 'session', fields: { epoch: uint(), ...header } },
  fetched: { tag: 9, signed: 'session', batch: true, vouched: true, fields: point },
};

// ------------------------------------------------------------------------------------------ records

export type HotstuffRecord =
  /** The bytes behind a digest: logged before any vote for it. */
  | {
      readonly type: 'batch';
      readonly sequence: Sequence;
      readonly digest: Digest;
      readonly batch: Batch;
    }
  /** A certified block that a vote rests on, what that vote locks, and the certificate where it is our highest. */
  | {
      readonly type: 'certified';
      readonly header: Header;
      readonly locked: Round;
      readonly certificate: readonly Certificate<Vote>[];
    }
  /** What proves the view that we are in, where a time-out ended the one before. */
  | { readonly type: 'entered'; readonly certificate: Certificate<Timeout> }
  /** As leader: the blocks that we proposed on top of the one of this round, with it. */
  | { readonly type: 'proposed'; readonly round: Round; readonly tails: number }
  /** The slot committed. No promise, but it spares a restart from asking. */
  | { readonly type: 'committed'; readonly sequence: Sequence; readonly digest: Digest }
  | {
      readonly type: 'stable';
      readonly sequence: Sequence;
      readonly digest: Digest;
      readonly certificate: readonly Attested<HotstuffMessage>[];
    }
  /** A vote, time-out or checkpoint of our own. */
  | { readonly type: 'attested'; readonly attested: Attested<HotstuffMessage> };

export const records: ProtocolSchema = {
  batch: { tag: 1, signed: 'vote', batch: true, fields: { sequence: uint(), digest } },
  certified: {
    tag: 2,
    signed: 'vote',
    fields: { header: record(header), locked: uint(), certificate: list(certificate('vote'), 1) },
  },
  proposed: { tag: 3, signed: 'vote', fields: { round: uint(), tails: uint(MAX_TAILS) } },
  committed: { tag: 4, signed: 'vote', fields: { sequence: uint(), digest } },
  stable: {
    tag: 5,
    signed: 'vote',
    fields: { sequence: uint(), digest, certificate: list(attested('checkpoint'), MAX_VALIDATORS) },
  },
  entered: { tag: 7, signed: 'vote', fields: { certificate: certificate('timeout') } },
  attested: { tag: 6, signed: 'vote', fields: { attested: attested('vote', 'timeout', 'checkpoint') } },
};
