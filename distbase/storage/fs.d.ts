/** The few file operations whose failure must not be mistaken for success. */
import { LockstepError } from '../core/errors.ts';
import type { Durability } from './interface.ts';
/** Writes all bytes at `position` (undefined: at the file's end, in append mode); a short write is continued. */
export declare function writeAll(fd: number, bytes: Uint8Array, position: number | null): void;
/** Makes a file's data durable at the level asked for. */
export declare function syncData(fd: number, durability: Durability): void;
/** Makes a directory's entries durable at the level asked for. */
export declare function syncDirectory(path: string, durability: Durability): void;
/** Puts a finished file in another's place; readers see the old one or the new one. */
export declare function renameDurably(from: string, to: string, durability: Durability): void;
/**
 * The error for a write that failed: nothing more can be promised. Code `disk-full` where space may come back: what was
 * to be written is then still held, and may be tried again; not where the failure is `final`.
 */
export declare function storageFailed(path: string, cause: unknown, final?: boolean): LockstepError;
//# sourceMappingURL=fs.d.ts.map