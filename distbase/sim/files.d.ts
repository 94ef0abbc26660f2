/**
 * A disk that keeps, over a loss of power, only what was synced: of a file its synced bytes, of a directory its synced
 * names. Of the rest it keeps what chance lets it, sector by sector and name by name, in any order, which is more than
 * any real disk would do to us. Under a kill −9 all that was written stays, for the kernel lives on.
 */
import type { SeededRandom } from '../core/random.ts';
import type { Files } from '../storage/files.ts';
/** Thrown by the operation in which the power goes, and by every one after it. */
export declare class PowerCut extends Error {
    readonly name = "PowerCut";
}
/** Whether an error is the power going, or comes of it. */
export declare function isPowerCut(error: unknown): boolean;
declare class Inode {
    bytes: Uint8Array<ArrayBuffer>;
    length: number;
    /** What a loss of power leaves for certain. */
    synced: Uint8Array<ArrayBuffer>;
    /** Where the first byte lies that was written or cut since; Infinity: none. */
    dirtyFrom: number;
    /** Syncs that began, and the last of them to end. */
    syncs: number;
    settled: number;
    resize(length: number): void;
    touched(at: number): void;
    content(): Uint8Array;
    set(content: Uint8Array): void;
    /** What the disk holds after a loss of power. */
    lose(random: SeededRandom): void;
    settle(): void;
    /** A sync ends that began as number `sync`, with `content`; what was written since is as uncertain as before. */
    settleAs(sync: number, content: Uint8Array<ArrayBuffer>): void;
}
export declare class SimDisk {
    #private;
    /** Writes fail for want of space. */
    full: boolean;
    /** How many operations from now the power goes, in the midst of one; undefined: it stays. */
    cutAfter: number | undefined;
    /** How long a sync takes that nobody is blocked by, ms. */
    syncMs: () => number;
    operations: number;
    /** How often the power went. */
    cuts: number;
    constructor(random: SeededRandom);
    /** The disk as a process sees it that starts now. `after` calls back once, unless the power went. */
    boot(after: (delayMs: number, call: () => void) => void): Files;
    /** False: the power went, and whoever swallowed the error of that operation has not noticed. */
    get powered(): boolean;
    /** The process is gone, and all it wrote stays. */
    kill(): void;
    /** The power is gone, and with it what was not synced, or some of it. */
    losePower(): void;
    /** Paths in a folder that hold something. */
    filesIn(directory: string): string[];
    /** What the disk does to a file behind everybody's back, to stay. */
    spoil(path: string, change: (content: Uint8Array) => Uint8Array): void;
    /** Counts an operation; true: the power goes in its midst. */
    strike(): boolean;
    part(length: number): number;
    find(path: string): Inode | undefined;
    rename(from: string | undefined, to: string | undefined, inode: Inode | undefined): void;
    list(directory: string): string[];
    syncNames(directory: string): void;
}
export {};
//# sourceMappingURL=files.d.ts.map