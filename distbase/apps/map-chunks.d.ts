/**
 * The content of an authenticated map as bytes: for each leaf in path order, key length and value length (4 bytes
 * each, big-endian), key, value; the whole cut into pieces of `CHUNK_BYTES` without regard to where leaves end.
 */
import type { Leaf } from './trie.ts';
/** 256 KiB, less what an envelope around a chunk may need. */
export declare const CHUNK_BYTES: number;
/** What an entry adds to the bytes that chunks are cut from. */
export declare function entryBytes(key: Uint8Array, value: Uint8Array): number;
/** The lengths of the keys and values together, from what their entries add up to. */
export declare function contentBytesOf(bytes: number, entries: number): number;
/** How many chunks entries of this sum of bytes make. */
export declare function chunkCountOf(bytes: number): number;
/** Chunks of entries whose `entryBytes` sum to `bytes`. */
export declare function chunksOf(leaves: Iterable<Leaf>, bytes: number): Generator<Uint8Array>;
/** Entries out of chunks, each in arrays of its own. Throws `snapshot-damaged` where the bytes are none. */
export declare function entriesOf(chunks: Iterable<Uint8Array>): Generator<[key: Uint8Array, value: Uint8Array]>;
//# sourceMappingURL=map-chunks.d.ts.map