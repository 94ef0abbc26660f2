/** PBFT's messages (Castro & Liskov, TOCS 2002, §4) and log records, and their shapes on the wire and on disk. */
import type { Batch } from '../../core/batch.ts';
import type { Digest, Epoch, Sequence, View } from '../../core/ids.ts';
import type { Attested } from '../../core/machine.ts';
import { type ProtocolSchema } from '../../core/schema.ts';
/** Names a slot's content in a view: what pre-prepares, votes and claims have in common. */
export interface Claim {
    readonly view: View;
    readonly sequence: Sequence;
    readonly digest: Digest;
}
export interface CheckpointClaim {
    readonly sequence: Sequence;
    readonly digest: Digest;
}
export interface PrePrepare extends Claim {
    readonly type: 'pre-prepare';
    readonly epoch: Epoch;
    readonly batch: Batch;
}
export interface Prepare extends Claim {
    readonly type: 'prepare';
    readonly epoch: Epoch;
}
export interface Commit extends Claim {
    readonly type: 'commit';
    readonly epoch: Epoch;
}
/** ⟨CHECKPOINT, n, d⟩: d binds chain, epoch, sequence, ledger header, state root and validator set. */
export interface Checkpoint extends CheckpointClaim {
    readonly type: 'checkpoint';
    readonly epoch: Epoch;
}
/** ⟨VIEW-CHANGE, v, h, C, P, Q⟩ of §4.5.2: what its sender says of every slot above its stable checkpoint. */
export interface ViewChange {
    readonly type: 'view-change';
    readonly epoch: Epoch;
    /** The view asked for. */
    readonly view: View;
    /** h: the sender's last stable checkpoint. */
    readonly stable: Sequence;
    /** C: the checkpoints that the sender holds, h among them. */
    readonly checkpoints: readonly CheckpointClaim[];
    /** P: per slot, the digest that prepared here in the latest view. */
    readonly prepared: readonly Claim[];
    /** Q: per slot and digest, the latest view in which it pre-prepared here. */
    readonly preprepared: readonly Claim[];
}
/** ⟨NEW-VIEW, v, V⟩: every backup recomputes from V which digest each slot gets; see decide.ts. */
export interface NewView {
    readonly type: 'new-view';
    readonly epoch: Epoch;
    readonly view: View;
    readonly viewChanges: readonly Attested<ViewChange>[];
}
/** Says where its sender stands and asks for what it lacks (§5.2). Sent when something is late, and seldom when idle. */
export interface Status {
    readonly type: 'status';
    readonly epoch: Epoch;
    readonly view: View;
    readonly active: boolean;
    /** The view that its sender would leave for, or left for; no later than `view` where it asks for none. */
    readonly asked: View;
    readonly stable: Sequence;
    readonly delivered: Sequence;
}
/** Its sender knows that the slot committed; f + 1 of these for one digest prove it. */
export interface Committed extends CheckpointClaim {
    readonly type: 'committed';
    readonly epoch: Epoch;
}
/** Asks for the bytes of a batch that its sender knows by digest alone. */
export interface Fetch extends CheckpointClaim {
    readonly type: 'fetch';
    readonly epoch: Epoch;
}
/** Answers a fetch. */
export interface Fetched extends CheckpointClaim {
    readonly type: 'fetched';
    readonly epoch: Epoch;
    readonly batch: Batch;
}
export type PbftMessage = PrePrepare | Prepare | Commit | Checkpoint | ViewChange | NewView | Status | Committed | Fetch | Fetched;
export declare const messages: ProtocolSchema;
export type PbftRecord = 
/** The bytes behind a digest: logged before any vote or claim for it. */
{
    readonly type: 'batch';
    readonly sequence: Sequence;
    readonly digest: Digest;
    readonly batch: Batch;
}
/** We proposed it, or sent PREPARE for it. */
 | ({
    readonly type: 'pre-prepare';
} & Claim)
/** It prepared here: we sent COMMIT for it. */
 | ({
    readonly type: 'prepared';
} & Claim)
/** It committed. No promise, but it spares a restart from asking. */
 | ({
    readonly type: 'committed';
} & Claim) | {
    readonly type: 'stable';
    readonly sequence: Sequence;
    readonly digest: Digest;
    readonly certificate: readonly Attested<PbftMessage>[];
}
/** A checkpoint or view change of our own, or the NEW-VIEW of the view that we entered. */
 | {
    readonly type: 'attested';
    readonly attested: Attested<PbftMessage>;
};
export declare const records: ProtocolSchema;
//# sourceMappingURL=messages.d.ts.map