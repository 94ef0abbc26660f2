/** Streamlet's messages (Chan & Shi 2020, §3) and log records, and their shapes on the wire and on disk. */
import type { Batch } from '../../core/batch.ts';
import type { Digest, Epoch, Sequence, View } from '../../core/ids.ts';
import type { Attested } from '../../core/machine.ts';
import { type ProtocolSchema } from '../../core/schema.ts';
/** The paper's epoch. */
export type Round = View;
/** A block's distance from the first one. */
export type Height = number;
/**
 * A block, but for its batch's bytes. Its name is its content: the parent is named by its round, since at most one
 * block of a round can be notarised, and only on a notarised block is anything built.
 */
export interface Header {
    readonly round: Round;
    readonly parent: Round;
    readonly height: Height;
    /** The slot that its batch fills; that of its parent where it has none. */
    readonly sequence: Sequence;
    /** Its batch's digest; the null digest where it has none, and only helps those before it to become final. */
    readonly digest: Digest;
    /** How long its leader's last block took to be notarised, ms; 0: unknown. Of final blocks, it sets the rounds' length. */
    readonly delayMs: number;
}
/** A leader's block with a batch. */
export interface Proposal extends Header {
    readonly type: 'proposal';
    readonly epoch: Epoch;
    readonly batch: Batch;
}
/** A leader's block without one. */
export interface Tail extends Header {
    readonly type: 'tail';
    readonly epoch: Epoch;
}
export interface Vote extends Header {
    readonly type: 'vote';
    readonly epoch: Epoch;
}
/** ⟨checkpoint, n, d⟩: d binds chain, epoch, sequence, ledger header, state root and validator set. */
export interface Checkpoint {
    readonly type: 'checkpoint';
    readonly epoch: Epoch;
    readonly sequence: Sequence;
    readonly digest: Digest;
}
/** Says where its sender stands: asks for what it lacks, and for the next round. */
export interface Status {
    readonly type: 'status';
    readonly epoch: Epoch;
    /** Where it is, and the round that it would enter if enough others would. */
    readonly round: Round;
    readonly wants: Round;
    /** The last round in which it voted. */
    readonly voted: Round;
    /** The height of the highest block that is notarised there. */
    readonly height: Height;
    /** It lacks blocks of the chain below this height and above `delivered`; 0: none. */
    readonly gap: Height;
    readonly delivered: Sequence;
    readonly stable: Sequence;
}
/** Asks for the notarised block of a round: for its votes, or for its batch. */
export interface Fetch {
    readonly type: 'fetch';
    readonly epoch: Epoch;
    readonly round: Round;
    readonly bytes: boolean;
}
/** Answers a fetch of a batch. Votes are answered by themselves. */
export interface Fetched {
    readonly type: 'fetched';
    readonly epoch: Epoch;
    readonly round: Round;
    readonly digest: Digest;
    readonly batch: Batch;
}
export type StreamletMessage = Proposal | Tail | Vote | Checkpoint | Status | Fetch | Fetched;
export declare const messages: ProtocolSchema;
export type StreamletRecord = 
/** The bytes behind a digest: logged before our vote for the block. */
{
    readonly type: 'batch';
    readonly sequence: Sequence;
    readonly digest: Digest;
    readonly batch: Batch;
}
/** A block and the votes that notarise it: logged before our vote for a child of it. */
 | {
    readonly type: 'notarised';
    readonly votes: readonly Attested<Vote>[];
} | {
    readonly type: 'stable';
    readonly sequence: Sequence;
    readonly digest: Digest;
    readonly certificate: readonly Attested<StreamletMessage>[];
}
/** A proposal, vote or checkpoint of our own. */
 | {
    readonly type: 'attested';
    readonly attested: Attested<StreamletMessage>;
};
export declare const records: ProtocolSchema;
//# sourceMappingURL=messages.d.ts.map