/** HotStuff's messages and log records, and their shapes on the wire and on disk. */
import type { Batch } from '../../core/batch.ts';
import type { Digest, Epoch, Sequence, View } from '../../core/ids.ts';
import type { Attested, Certificate } from '../../core/machine.ts';
import { type ProtocolSchema } from '../../core/schema.ts';
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
export type HotstuffMessage = Ask | Ancestor | Block | Vote | Timeout | NewView | Checkpoint | Status | Committed | Fetch | Fetched;
export declare const messages: ProtocolSchema;
export type HotstuffRecord = 
/** The bytes behind a digest: logged before any vote for it. */
{
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
 | {
    readonly type: 'entered';
    readonly certificate: Certificate<Timeout>;
}
/** As leader: the blocks that we proposed on top of the one of this round, with it. */
 | {
    readonly type: 'proposed';
    readonly round: Round;
    readonly tails: number;
}
/** The slot committed. No promise, but it spares a restart from asking. */
 | {
    readonly type: 'committed';
    readonly sequence: Sequence;
    readonly digest: Digest;
} | {
    readonly type: 'stable';
    readonly sequence: Sequence;
    readonly digest: Digest;
    readonly certificate: readonly Attested<HotstuffMessage>[];
}
/** A vote, time-out or checkpoint of our own. */
 | {
    readonly type: 'attested';
    readonly attested: Attested<HotstuffMessage>;
};
export declare const records: ProtocolSchema;
//# sourceMappingURL=messages.d.ts.map