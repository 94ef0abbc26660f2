/**
 * One process per home: two that share a vote log would contradict each other under one key. The lock is a file
 * that names its holder; a holder that died leaves it behind, and the next one takes it over.
 */
import { linkSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { LockstepError } from '../core/errors.js';
/** Linux: the boot's id and the process's start in clock ticks since (proc(5), `starttime`). Elsewhere empty. */
function birthOf(pid) {
    try {
        const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
        const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
        // The second field is the command in parentheses and may hold anything; fields are counted after it.
        const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
        // A zombie holds nothing; it only waits for its parent.
        return fields[0] === 'Z' ? 'dead' : `${boot}/${fields[19]}`;
    }
    catch {
        return '';
    }
}
function isAlive(pid) {
    try {
        process.kill(pid, 0);
        return true;
    }
    catch (error) {
        // It exists and belongs to another user.
        return error.code === 'EPERM';
    }
}
function parseHolder(text) {
    try {
        const { pid, born } = JSON.parse(text);
        if (Number.isSafeInteger(pid) && pid > 0 && typeof born === 'string')
            return { pid: pid, born };
    }
    catch {
        // Not ours, or empty after a power failure: no live holder wrote it, since it is linked in place whole.
    }
    return undefined;
}
function holds(holder) {
    if (!isAlive(holder.pid))
        return false;
    return holder.born === '' || holder.born === birthOf(holder.pid);
}
function readLock(path) {
    try {
        return readFileSync(path, 'utf8');
    }
    catch (error) {
        if (error.code === 'ENOENT')
            return undefined;
        throw error;
    }
}
/** The process that has the home, or undefined where none does. Changes nothing. */
export function homeHolder(home) {
    const text = readLock(join(home, 'lock'));
    const holder = text === undefined ? undefined : parseHolder(text);
    return holder !== undefined && holds(holder) ? holder.pid : undefined;
}
/** Removes a lock whose holder is dead, unless another process was quicker and put its own there. */
function removeStale(path, stale) {
    const aside = `${path}.${process.pid}.stale`;
    try {
        renameSync(path, aside);
    }
    catch (error) {
        if (error.code === 'ENOENT')
            return;
        throw error;
    }
    if (readLock(aside) !== stale)
        renameSync(aside, path);
    else
        rmSync(aside, { force: true });
}
/** Takes the home for this process. Throws `home-in-use`, naming the process that has it. */
export function lockHome(home) {
    const path = join(home, 'lock');
    const mine = JSON.stringify({ pid: process.pid, born: birthOf(process.pid) });
    const draft = `${path}.${process.pid}`;
    writeFileSync(draft, mine, { mode: 0o600 });
    try {
        for (let attempt = 0; attempt < 8; attempt++) {
            try {
                linkSync(draft, path);
                return { release: () => readLock(path) === mine && rmSync(path, { force: true }) };
            }
            catch (error) {
                if (error.code !== 'EEXIST')
                    throw error;
            }
            const text = readLock(path);
            if (text === undefined)
                continue;
            const holder = parseHolder(text);
            if (holder && holds(holder)) {
                throw new LockstepError('home-in-use', `${home} is in use by process ${holder.pid}; stop that validator first (kill ${holder.pid}), or use another home`);
            }
            removeStale(path, text);
        }
    }
    finally {
        rmSync(draft, { force: true });
    }
    throw new LockstepError('home-in-use', `${home} is being taken by other processes at this moment; try again`);
}
//# sourceMappingURL=home-lock.js.map