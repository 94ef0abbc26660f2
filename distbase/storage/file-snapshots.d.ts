/** Snapshots as files, one each, in a folder of their own; `snapshot-format.ts` gives their bytes. */
import type { Sequence } from '../core/ids.ts';
import type { Files } from './files.ts';
import type { Durability, SnapshotStore } from './interface.ts';
export interface SnapshotOptions {
    /** Made where it does not exist. */
    readonly dir: string;
    /** 32 bytes: `Chain.id`. */
    readonly chainId: Uint8Array;
    readonly durability: Durability;
    /** Default: the real disk. */
    readonly files?: Files;
}
/** The file of a snapshot, in its folder. */
export declare const snapshotName: (sequence: Sequence) => string;
/** Sequences of the snapshots in a folder, ascending. */
export declare function storedSnapshots(files: Files, dir: string): Sequence[];
/** One snapshot, checked. Throws `snapshot-damaged`, `too-new`, `wrong-chain`. */
export declare function readSnapshot(files: Files, dir: string, sequence: Sequence, chainId: Uint8Array): {
    sequence: Sequence;
    meta: Uint8Array;
    chunks: Uint8Array[];
};
/** The same of a file with any name; without a `sequence`, of the one that it says. */
export declare function readSnapshotFile(files: Files, path: string, chainId: Uint8Array, sequence?: Sequence): {
    sequence: Sequence;
    meta: Uint8Array;
    chunks: Uint8Array[];
};
/** Writes one snapshot in place of any with its sequence. Throws what the file system does. */
export declare function writeSnapshot(options: SnapshotOptions, sequence: Sequence, meta: Uint8Array, chunks: Iterable<Uint8Array>): void;
/** The same under any name in `dir`: whole under that name, or not there. */
export declare function writeSnapshotFile(path: string, { files, dir, chainId, durability }: SnapshotOptions, sequence: Sequence, meta: Uint8Array, chunks: Iterable<Uint8Array>): void;
/** Opens the folder and removes what a crash left half-written. Throws `storage-failed`, `disk-full`. */
export declare function openSnapshots(options: SnapshotOptions): SnapshotStore;
//# sourceMappingURL=file-snapshots.d.ts.map