/**
 * Checkpoints with their certificates, and evidence, as the store keeps them: a CRC-32 (4 bytes, big-endian), then
 * msgpack values.
 */
import type { Digest, Epoch, ReplicaId, Sequence } from '../core/ids.ts';
/** A signed message as it went over the wire: what it says is in `body`. */
export interface SignedBody {
    readonly from: ReplicaId;
    readonly body: Uint8Array;
    readonly signature: Uint8Array;
}
/** A checkpoint that q validators signed. */
export interface StoredCheckpoint {
    readonly sequence: Sequence;
    readonly epoch: Epoch;
    /** What was signed. */
    readonly digest: Digest;
    /** All that the digest is the hash of; the replica layer knows its bytes. */
    readonly meta: Uint8Array;
    readonly certificate: readonly SignedBody[];
}
/** Two signed messages of one validator that no honest one can both have sent. */
export interface StoredEvidence {
    readonly from: ReplicaId;
    readonly offence: string;
    /** When it was seen here, ms since 1970. */
    readonly seenMs: number;
    readonly first: SignedBody;
    readonly second: SignedBody;
}
export declare function encodeCheckpoint(checkpoint: StoredCheckpoint): Uint8Array;
export declare function decodeCheckpoint(record: Uint8Array): StoredCheckpoint | undefined;
export declare function encodeEvidence({ from, offence, seenMs, first, second }: StoredEvidence): Uint8Array;
export declare function decodeEvidence(record: Uint8Array): StoredEvidence | undefined;
/** A cell's bytes with their checksum. */
export declare function sealCell(bytes: Uint8Array): Uint8Array;
export declare function openCell(record: Uint8Array): Uint8Array | undefined;
//# sourceMappingURL=ledger-records.d.ts.map