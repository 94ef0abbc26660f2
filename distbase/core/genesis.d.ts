/**
 * What all validators of a chain agree on before its first slot. A change of any byte makes another chain: every
 * signature covers the digest of the genesis.
 */
import type { Digest } from './ids.ts';
/** How votes are authenticated (DESIGN: four settings). */
export type AuthSetting = 'channel' | 'ed25519' | 'ml-dsa-87' | 'hybrid';
/** The hash behind every digest of the chain. */
export type HashName = 'blake3' | 'sha3-256';
export interface ValidatorInfo {
    /** For people: logs, status, metrics. Unique in the set. */
    readonly name: string;
    /** Public keys in hex. Both are always there: the handshake uses both, votes use what `auth` says. */
    readonly ed25519: string;
    readonly mlDsa87: string;
}
export interface GenesisParameters {
    /** Slots between checkpoints. */
    readonly checkpointInterval: number;
    /** Slots between the low and the high watermark: the pipeline's greatest depth. */
    readonly window: number;
    readonly maxBatchTransactions: number;
    readonly maxBatchBytes: number;
    /** Largest transaction in bytes, signature and key included. */
    readonly maxTransactionBytes: number;
    /** Largest frame between validators in bytes: a batch at its limit and its envelope must fit. */
    readonly maxMessageBytes: number;
    /** Whether a batch that all validators prepared alike commits without the commit phase. */
    readonly fastPath: boolean;
    /** Bounds of the adaptive view-change timeout, ms. */
    readonly viewChangeTimeoutMs: number;
    readonly viewChangeTimeoutMaxMs: number;
    /** Growth of the timeout from one failed view to the next. */
    readonly viewChangeTimeoutGrowth: number;
    /** How far a batch's time may be from a replica's clock, ms. */
    readonly clockDriftMs: number;
}
export interface Genesis {
    readonly version: 1;
    /** A name for people. What identifies the chain is the digest of the whole genesis. */
    readonly chain: string;
    readonly createdMs: number;
    readonly protocol: string;
    /** The protocol's own parameters, all of them; absent where it has none. */
    readonly protocolParameters?: Readonly<Record<string, string | number | boolean>>;
    /** False admits protocols that tolerate crashes only. */
    readonly byzantine: boolean;
    readonly auth: AuthSetting;
    readonly hash: HashName;
    readonly parameters: GenesisParameters;
    readonly app: {
        readonly name: string;
        readonly params: Readonly<Record<string, unknown>>;
    };
    /** What becomes of a validator that is convicted by evidence on the ledger: it is told, or removed. Absent: `report`. */
    readonly onEvidence?: 'report' | 'remove';
    readonly validators: readonly ValidatorInfo[];
}
/** A genesis with what is computed from it once. */
export interface Chain {
    readonly genesis: Genesis;
    /** H('genesis', canonical bytes): the chain's identity, 32 bytes, and as hex. */
    readonly id: Uint8Array;
    readonly idHex: Digest;
}
//# sourceMappingURL=genesis.d.ts.map