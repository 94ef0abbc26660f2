/**
 * The file operations that the log is made of, so that a disk which loses what was not synced can be put under the
 * very code that production runs. Production is `node-files.ts`.
 */
/** What a full disk says: of the file system, of a quota, of the process's own limit; LMDB gives their numbers on Linux. */
const FULL = ['ENOSPC', 'EDQUOT', 'EFBIG', 28, 122, 27];
/** Whether a write failed for want of space, so that it may succeed later. */
export function isDiskFull(error) {
    for (let at = error; at instanceof Error; at = at.cause) {
        if (FULL.includes(at.code))
            return true;
    }
    return false;
}
/** Name and folder of a path; both separators, since homes live on any system. */
export function directoryOf(path) {
    return path.replace(/[\\/][^\\/]*$/, '');
}
//# sourceMappingURL=files.js.map