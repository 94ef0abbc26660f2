/**
 * Turns agreed batches into ledger headers, results and checkpoints. Everything here depends on the ledger alone,
 * so that replicas that executed the same slots hold the same bytes. Signatures were checked before the vote.
 */
import type { MapSnapshot } from '../apps/authenticated-map.ts';
import type { ClientId, StateMachine } from '../apps/interface.ts';
import { type ParsedTransaction } from '../codec/transaction.ts';
import type { Batch } from '../core/batch.ts';
import { type RejectionCode } from '../core/errors.ts';
import type { Chain } from '../core/genesis.ts';
import type { Digest, Epoch, Sequence } from '../core/ids.ts';
import { type Membership } from '../core/membership.ts';
import type { Hasher } from '../crypto/hash.ts';
import type { VerifyItem } from '../crypto/interface.ts';
import type { ExecutedSlot } from '../storage/interface.ts';
import type { BatchDigests } from './batch-digest.ts';
import { type ClientCheckpoint } from './clients.ts';
import { type Refusal } from './membership.ts';
export interface ExecutorOptions {
    readonly chain: Chain;
    readonly hasher: Hasher;
    readonly app: StateMachine;
    readonly digests: BatchDigests;
    /** Whether a signature holds: approvals of a change are judged when it executes. */
    readonly verify: (item: VerifyItem) => boolean;
}
export interface ExecutedTransaction {
    readonly digest: Digest;
    /** Where it executed: earlier than this slot for one that was repeated. */
    readonly sequence: Sequence;
    readonly result: Uint8Array;
    /** Refused by the rules of at-most-once, or an error of the application. */
    readonly failed: boolean;
}
export interface ExecutedBatch {
    readonly header: Digest;
    readonly transactions: readonly ExecutedTransaction[];
    /** For the store. */
    readonly slot: ExecutedSlot;
}
/** The state at a checkpoint, held as long as somebody may ask for it. */
export interface CheckpointState {
    readonly sequence: Sequence;
    /** Whose validators sign it. */
    readonly epoch: Epoch;
    /** What a CHECKPOINT message signs. */
    readonly digest: Digest;
    readonly stateRoot: Digest;
    /** All that the digest binds, beside the state itself. */
    readonly meta: Uint8Array;
    /** The maps that make up the state, in the order of `sectionRoots`. */
    readonly sections: readonly MapSnapshot[];
    chunks(): Iterable<Uint8Array>;
}
/** The checkpoint of a state that execution has left behind, made in slices. */
export declare class CheckpointJob {
    readonly sequence: Sequence;
    private readonly finish;
    private readonly clients;
    private readonly app;
    private ofClients;
    constructor(sequence: Sequence, app: MapSnapshot, clients: ClientCheckpoint, finish: (clients: MapSnapshot) => CheckpointState);
    /** Does work for `budget` hashes of a node; gives the checkpoint once it is done. */
    step(budget: number): CheckpointState | undefined;
}
export type Lookup = {
    readonly kind: 'new';
} | {
    readonly kind: 'executed';
    readonly sequence: Sequence;
    readonly result: Uint8Array;
} | {
    readonly kind: 'refused';
    readonly code: RejectionCode;
};
export declare class Executor {
    private readonly o;
    private readonly court;
    private members;
    private memberBytes;
    private clients;
    private last;
    private lastHeader;
    private readonly recent;
    private readonly ids;
    constructor(options: ExecutorOptions);
    /** The last executed slot; 0 before the first. */
    get sequence(): Sequence;
    get header(): Digest;
    /** The ledger's clock, ms since 1970. */
    get timeMs(): number;
    /** The set that rules the last executed slot, and the change that is on its way. */
    get membership(): Membership;
    private setMembership;
    /** Why a change would be refused now, for whoever proposes it. Changes nothing. */
    adviseChange(payload: Uint8Array): Refusal | undefined;
    private judge;
    private change;
    /** Why evidence would be refused now. Changes nothing. */
    adviseEvidence(payload: Uint8Array): Refusal | undefined;
    /** `[name, offence, epoch, since, why not]`: the epoch in which the convicted is gone, 0 where it stays, and why it does. */
    private accusation;
    clientOf(parsed: ParsedTransaction): ClientId;
    /** What became of this transaction, for a client that asks again, and whether it could still execute. */
    lookup(parsed: ParsedTransaction, digest: Digest): Lookup;
    /** The same for one whose client is known, from the state alone. */
    past(client: ClientId, nonce: number, expiry: Sequence, digest: Digest): Lookup;
    /** Executes the next slot. */
    execute(sequence: Sequence, batch: Batch): ExecutedBatch;
    /** Decides, in order, which transactions execute; spending a nonce at once stops its double in the same batch. */
    private plan;
    private record;
    /** The checkpoint of the state as it is now. */
    checkpoint(): CheckpointState;
    /** The same in slices: slots may execute meanwhile, and change nothing of it. */
    beginCheckpoint(): CheckpointJob;
    private checkpointOf;
    /** The roots of a checkpoint's sections, if this is the meta that its digest binds. */
    sectionRoots(sequence: Sequence, bytes: Uint8Array, expected: Digest): readonly Uint8Array[] | undefined;
    /** Our present state as sections, to compare with a checkpoint's: sound or not, and some of it a checkpoint old. */
    present(): readonly MapSnapshot[];
    /**
     * Replaces everything by the state of a checkpoint whose meta and sections were proven. Throws `snapshot-damaged` where
     * what others certified means nothing to us, and then changes nothing.
     */
    adopt(bytes: Uint8Array, sections: readonly MapSnapshot[]): void;
    /** Replaces everything by a checkpoint from elsewhere, as a whole, if it has this digest; else changes nothing. */
    install(sequence: Sequence, meta: Uint8Array, chunks: readonly Uint8Array[], expected: Digest): boolean;
    /** Replaces everything by a snapshot from our own disk, whose checksums held. Throws `snapshot-damaged`. */
    restore(sequence: Sequence, bytes: Uint8Array, chunks: readonly Uint8Array[]): void;
    private take;
}
export declare function createExecutor(options: ExecutorOptions): Executor;
//# sourceMappingURL=executor.d.ts.map