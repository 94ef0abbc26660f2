/**
 * The file operations that the log is made of, so that a disk which loses what was not synced can be put under the
 * very code that production runs. Production is `node-files.ts`.
 */
/** An open file. Every operation throws what the system says; nothing is retried here. */
export interface LogFile {
    /** Length in bytes. */
    size(): number;
    /** Reads up to `into.length` bytes from `at` on; gives how many there were. */
    read(into: Uint8Array, at: number): number;
    /** Writes all bytes at `at`. */
    write(bytes: Uint8Array, at: number): void;
    truncate(size: number): void;
    /** Returns when what was written survives the loss of power. */
    sync(): void;
    /** The same without waiting: calls back in a later turn, with the error where there was one. */
    syncLater(done: (error: unknown) => void): void;
    close(): void;
}
export interface Files {
    /** An existing file, for reading and writing. */
    open(path: string): LogFile;
    /** A new, empty file in place of whatever has the name. */
    create(path: string): LogFile;
    exists(path: string): boolean;
    /** Names in a directory, in any order. */
    list(directory: string): string[];
    makeDirectory(path: string): void;
    rename(from: string, to: string): void;
    /** Removes a file, or nothing where there is none. */
    remove(path: string): void;
    /** Returns when the names in a directory survive the loss of power. */
    syncDirectory(path: string): void;
}
/** Whether a write failed for want of space, so that it may succeed later. */
export declare function isDiskFull(error: unknown): boolean;
/** Name and folder of a path; both separators, since homes live on any system. */
export declare function directoryOf(path: string): string;
//# sourceMappingURL=files.d.ts.map