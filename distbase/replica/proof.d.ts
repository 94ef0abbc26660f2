/**
 * Portable proofs: that a transaction stands in the ledger with its result, or that the state holds an entry or none.
 * Whoever has the genesis can check one (`proof-check.ts`); it is JSON, and bytes in it are hex.
 *
 * A transaction: its path in the slot's tree of transactions, the result's path in the slot's tree of results, the
 * slot's header, the headers from there to the next certified checkpoint, and that checkpoint with its signatures. An
 * entry: its path in the state's tree, and a certified checkpoint that binds the root.
 */
import type { MapSnapshot } from '../apps/authenticated-map.ts';
import type { Digest, Epoch, ReplicaId, Sequence } from '../core/ids.ts';
import type { LedgerReader } from '../storage/interface.ts';
import type { History } from './history.ts';
export declare const PROOF_FORMAT = "lockstep-proof/1";
export interface ProvenCheckpoint {
    readonly sequence: Sequence;
    readonly epoch: Epoch;
    readonly digest: Digest;
    readonly meta: string;
    readonly certificate: readonly {
        readonly from: ReplicaId;
        readonly body: string;
        readonly signature: string;
    }[];
}
/** What a header has of its own: its place follows from the chain. */
export interface ProvenHeader {
    readonly timeMs: number;
    readonly transactions: string;
    readonly results: string;
}
interface ProofHead {
    readonly format: typeof PROOF_FORMAT;
    /** Chain id. */
    readonly chain: Digest;
    /** What proves the validator sets from the genesis to the checkpoint's epoch (`epochs.ts`), oldest first. */
    readonly epochs: readonly string[];
    readonly checkpoint: ProvenCheckpoint;
}
export interface TransactionProof extends ProofHead {
    readonly kind: 'transaction';
    readonly sequence: Sequence;
    readonly transaction: string;
    readonly result: string;
    readonly index: number;
    /** Transactions in the slot. */
    readonly size: number;
    readonly path: readonly string[];
    readonly resultPath: readonly string[];
    /** The header before the slot's. */
    readonly previous: Digest;
    /** The slot's header, then those up to the checkpoint's. */
    readonly headers: readonly ProvenHeader[];
}
export interface EntryProof extends ProofHead {
    readonly kind: 'entry';
    readonly key: string;
    /** Null: there is no such entry. */
    readonly value: string | null;
    readonly path: string;
}
export type Proof = TransactionProof | EntryProof;
/** Undefined where the transaction is not in the store, or no checkpoint at or above its slot is certified yet. */
export declare function proveTransaction(history: History, digest: Digest, proofs: readonly Uint8Array[]): Promise<TransactionProof | undefined>;
/** States of checkpoints that are at hand, newest last: the application's section of each. */
export type HeldStates = readonly {
    readonly sequence: Sequence;
    readonly state: MapSnapshot;
}[];
/** From the newest state at hand that is certified; undefined where none is. */
export declare function proveEntry(store: LedgerReader, chain: Digest, held: HeldStates, key: Uint8Array, proofs: readonly Uint8Array[]): Promise<EntryProof | undefined>;
export {};
//# sourceMappingURL=proof.d.ts.map