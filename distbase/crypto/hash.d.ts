/**
 * The chain's hash, domain-separated by kind, synchronous after one `await createHasher(name)`.
 * BLAKE3-256 or SHA3-256 (FIPS 202), through hash-wasm; long inputs of SHA3-256 through OpenSSL.
 */
import type { HashName } from '../core/genesis.ts';
import type { Digest } from '../core/ids.ts';
/** What is hashed. The number is the first byte of the input, so no two kinds ever share a digest by accident. */
export declare const HASH_KINDS: {
    readonly genesis: 1;
    readonly transaction: 2;
    readonly client: 3;
    readonly batch: 4;
    readonly merkleLeaf: 5;
    readonly merkleNode: 6;
    readonly merkleEmpty: 7;
    readonly header: 8;
    readonly checkpoint: 9;
    readonly validators: 10;
    readonly result: 11;
    readonly stateLeaf: 12;
    readonly stateNode: 13;
    readonly state: 14;
    readonly snapshotChunk: 15;
    readonly handshake: 16;
    readonly statePath: 17;
    readonly stateValue: 18;
};
export type HashKind = keyof typeof HASH_KINDS;
export interface Hasher {
    readonly name: HashName;
    /** H(kind ‖ parts), 32 bytes. Parts are concatenated: give fixed lengths, or lengths of your own. */
    hash(kind: HashKind, ...parts: readonly Uint8Array[]): Uint8Array;
    /** The same as 64 hex digits. */
    hex(kind: HashKind, ...parts: readonly Uint8Array[]): Digest;
}
/** Loads the hash. Instances are not shared between threads. */
export declare function createHasher(name: HashName): Promise<Hasher>;
//# sourceMappingURL=hash.d.ts.map