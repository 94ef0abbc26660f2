/** The few file operations whose failure must not be mistaken for success. */
import { closeSync, fdatasyncSync, fsyncSync, openSync, renameSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';
import { LockstepError } from '../core/errors.js';
import { isDiskFull } from './files.js';
/** Writes all bytes at `position` (undefined: at the file's end, in append mode); a short write is continued. */
export function writeAll(fd, bytes, position) {
    let written = 0;
    while (written < bytes.length) {
        const at = position === null ? null : position + written;
        written += writeSync(fd, bytes, written, bytes.length - written, at);
    }
}
/** Makes a file's data durable at the level asked for. */
export function syncData(fd, durability) {
    if (durability === 'power')
        fdatasyncSync(fd);
}
/** Makes a directory's entries durable at the level asked for. */
export function syncDirectory(path, durability) {
    if (durability !== 'power')
        return;
    const fd = openSync(path, 'r');
    try {
        fsyncSync(fd);
    }
    finally {
        closeSync(fd);
    }
}
/** Puts a finished file in another's place; readers see the old one or the new one. */
export function renameDurably(from, to, durability) {
    renameSync(from, to);
    syncDirectory(dirname(to), durability);
}
/**
 * The error for a write that failed: nothing more can be promised. Code `disk-full` where space may come back: what was
 * to be written is then still held, and may be tried again; not where the failure is `final`.
 */
export function storageFailed(path, cause, final = false) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    if (!final && isDiskFull(cause)) {
        return new LockstepError('disk-full', `writing ${path} failed (${reason}). The replica says nothing more until it can write again; free space`, { cause });
    }
    return new LockstepError('storage-failed', `writing ${path} failed (${reason}). The replica stops, because it may promise only what it can keep; ` +
        'free space or mend the disk, then start it again', { cause });
}
//# sourceMappingURL=fs.js.map