/**
 * Mends a vote log that is damaged, missing, or shorter than its witness knows. What is left is cut at its last whole
 * record, and the old log is kept aside as it was. That makes the log readable and not trustworthy: promises are gone,
 * so the home is marked as forgetful first (`forgetful.ts`).
 *
 * A crash at any step leaves a home that does not vote, and that the same repair mends:
 *
 *   1. the home is marked;
 *   2. the whole records go to a new log, in `votes.repaired`, synced;
 *   3. `votes` is renamed to `votes.damaged-…`;
 *   4. `votes.repaired` is renamed to `votes`, which a later repair does where it finds the one without the other;
 *   5. the witness, which knows of the longer log, is removed.
 */
import { LockstepError } from '../core/errors.js';
import { openVoteLog } from './file-vote-log.js';
import { readFileWitness } from './file-witness.js';
import { directoryOf } from './files.js';
import { storageFailed } from './fs.js';
import { incomplete } from './vote-log-format.js';
import { writtenEnd } from './vote-log-reader.js';
import { scannedRecords, scanVoteLog } from './vote-log-scan.js';
const repaired = (path) => `${path}.repaired`;
/** Reads the whole log and changes nothing. Throws `storage-failed`. */
export function examineVoteLog({ files, path, witness, chainId }) {
    try {
        const mark = readFileWitness(files, witness);
        const found = [path, repaired(path)].find((folder) => files.exists(folder));
        if (found === undefined) {
            const damage = incomplete(path, 'the folder of the vote log is missing');
            return { found, scan: undefined, mark, damage };
        }
        if (found !== path) {
            const damage = incomplete(path, 'a repair of the vote log was cut short');
            return { found, scan: scanVoteLog(files, found, chainId, undefined), mark, damage };
        }
        const scan = scanVoteLog(files, path, chainId, mark);
        const empty = scan.generation === 0 && scan.damage === undefined;
        const damage = empty ? incomplete(path, 'there is no segment of the vote log') : scan.damage?.error;
        return { found, scan, mark, damage };
    }
    catch (error) {
        throw error instanceof LockstepError ? error : storageFailed(path, error);
    }
}
/** Bytes in the files of a log behind its last whole record; zeros that were reserved are none. */
function cutBytes({ files }, folder, scan) {
    let bytes = 0;
    for (const name of files.list(folder)) {
        const file = files.open(`${folder}/${name}`);
        bytes += writtenEnd(file, 0, file.size());
        file.close();
    }
    return bytes - (scan?.segments.reduce((sum, { wholeBytes }) => sum + wholeBytes, 0) ?? 0);
}
/** What `repairVoteLog` would do. */
export function planRepair(place, { found, scan }) {
    const bytes = found === undefined ? 0 : cutBytes(place, found, scan);
    return { keptRecords: scan?.records ?? 0, cutBytes: bytes };
}
/** A new log of the records that are whole. */
function writeRepaired({ files, path, chainId }, scan) {
    const folder = repaired(path);
    if (files.exists(folder))
        for (const name of files.list(folder))
            files.remove(`${folder}/${name}`);
    const { log } = openVoteLog({ path: folder, chainId, durability: 'power', files });
    try {
        for (const record of scan === undefined ? [] : scannedRecords(files, path, scan)) {
            log.append(record);
            log.flush(0);
        }
        // Closing would pass over a full disk.
        log.flush(log.appended);
    }
    finally {
        log.close();
    }
}
/**
 * Mends the log that was examined and found damaged. The caller holds the home's lock. `forget` marks the home durably
 * and is called before anything changes; `stamp` names what goes aside. Throws `storage-failed`, `disk-full`, and what is
 * no damage (`wrong-chain`, `too-new`).
 */
export function repairVoteLog(place, examination, forget, stamp) {
    const { files, path, witness } = place;
    const { found, scan, damage } = examination;
    if (damage === undefined)
        return { keptRecords: scan.records, cutBytes: 0, aside: undefined };
    if (damage.code !== 'log-damaged')
        throw damage;
    const plan = planRepair(place, examination);
    forget(damage.message.split('. ')[0]);
    const home = directoryOf(path);
    const aside = `${path}.damaged-${stamp}`;
    try {
        // One that is found half-written was to take the place of nothing: whole, it would have been empty.
        const finished = found === repaired(path) && scan.generation > 0 && scan.damage === undefined;
        if (!finished)
            writeRepaired(place, found === path ? scan : undefined);
        if (found === path) {
            files.rename(path, aside);
            files.syncDirectory(home);
        }
        files.rename(repaired(path), path);
        files.syncDirectory(home);
        files.remove(witness);
        files.syncDirectory(home);
    }
    catch (error) {
        throw error instanceof LockstepError ? error : storageFailed(path, error);
    }
    return { ...plan, aside: found === path ? aside : undefined };
}
//# sourceMappingURL=vote-log-repair.js.map