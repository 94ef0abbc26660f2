/** A home's certified states, for the tools that roll back, export and import. */
import type { Sequence } from '../core/ids.ts';
import { CertificateChecker } from '../replica/certificates.ts';
import { type StateSources } from '../replica/certified-state.ts';
import type { StoredCheckpoint } from '../storage/interface.ts';
import type { Home } from './home.ts';
export declare function certificateChecker({ chain, hasher, paths }: Home): Promise<CertificateChecker>;
/** Opens what states are made from, for as long as `use` runs. Throws as opening a store does. */
export declare function withSources<T>(home: Home, use: (sources: StateSources) => Promise<T>): Promise<T>;
/** The checkpoint meant by a flag; where none is, the last. Throws `bad-flag` with those that there are. */
export declare function chosenCheckpoint(sources: StateSources, flag: string, wanted: Sequence | undefined): Promise<Sequence>;
/**
 * A certified checkpoint's state in a file: a snapshot's format. Its first block holds the number of proofs of epochs
 * (4 bytes, big-endian) and the checkpoint with its certificate; the next blocks are those proofs, from epoch 1 on, and the
 * others the state. So it can be checked by whoever has the genesis alone.
 */
export interface Export {
    readonly checkpoint: StoredCheckpoint;
    readonly proofs: readonly Uint8Array[];
    readonly chunks: readonly Uint8Array[];
}
/** Writes the file whole, or not at all. Gives its bytes. Throws `storage-failed`, `disk-full`. */
export declare function writeExport(home: Home, file: string, checkpoint: StoredCheckpoint, chunks: Iterable<Uint8Array>): number;
/** Reads and checks a file of `writeExport`. Throws `bad-flag`, `snapshot-damaged`, `wrong-chain`, `too-new`. */
export declare function readExport(home: Home, file: string): Promise<Export>;
/** Adds those proofs to the home's that it lacks; each is checked on the way. Throws `storage-failed`. */
export declare function keepProofs({ chain, hasher, paths }: Home, proofs: readonly Uint8Array[]): Promise<void>;
/** Where a snapshot is put aside. */
export declare const asidePath: (dir: string, name: string) => string;
//# sourceMappingURL=home-state.d.ts.map