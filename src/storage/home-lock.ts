/**
 * One process per home: two that share a vote log would contradict each other under one key. The lock is a file
 * that names its holder; a holder that died leaves it behind, and the next one takes it over.
 */

import { linkSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { LockstepError } from '../core/errors.ts';
import { isDiskFull } from './files.ts';

interface Holder {
  readonly pid: number;
  /** Boot and start time of the process where the system tells them, since a pid is used again; else empty. */
  readonly born: string;
}

export interface HomeLock {
  /** Gives the home up. Doing so twice does no harm. */
  release(): void;
}

/** Linux: the boot's id and the process's start in clock ticks since (proc(5), `starttime`). Elsewhere empty. */
function birthOf(pid: number): string {
  try {
    const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The second field is the command in parentheses and may hold anything; fields are counted after it.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    // A zombie holds nothing; it only waits for its parent.
    return fields[0] === 'Z' ? 'dead' : `${boot}/${fields[19]}`;
  } catch {
    return '';
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // It exists and belongs to another user.
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

function parseHolder(text: string): Holder | undefined {
  try {
    const { pid, born } = JSON.parse(text) as Partial<Holder>;
    if (Number.isSafeInteger(pid) && pid! > 0 && typeof born === 'string') return { pid: pid!, born };
  } catch {
    // Not ours, or empty after a power failure: no live holder wrote it, since it is linked in place whole.
  }
  return undefined;
}

function holds(holder: Holder): boolean {
  if (!isAlive(holder.pid)) return false;
  return holder.born === '' || holder.born === birthOf(holder.pid);
}

function readLock(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

/** The process that has the home, or undefined where none does. Changes nothing. */
export function homeHolder(home: string): number | undefined {
  const text = readLock(join(home, 'lock'));
  const holder = text === undefined ? undefined : parseHolder(text);
  return holder !== undefined && holds(holder) ? holder.pid : undefined;
}

/** Removes a lock whose holder is dead, unless another process was quicker and put its own there. */
function removeStale(path: string, stale: string): void {
  const aside = `${path}.${process.pid}.stale`;
  try {
    renameSync(path, aside);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return;
    throw error;
  }
  if (readLock(aside) !== stale) renameSync(aside, path);
  else rmSync(aside, { force: true });
}

/** What is left of it counts for nothing, and must not hide why the home was not taken. */
function discard(draft: string): void {
  try {
    rmSync(draft, { force: true });
  } catch {
    // Where nothing can be written, nothing can be removed.
  }
}

/** Why a home whose disk takes no file cannot be taken. */
function untaken(home: string, cause: unknown): LockstepError {
  const reason = `${home} cannot be taken for this process (${(cause as Error).message})`;
  return isDiskFull(cause)
    ? new LockstepError('disk-full', `${reason}: free space on its disk, then try again`, { cause })
    : new LockstepError(
        'storage-failed',
        `${reason}: run this as the user whose home it is, with its disk writable`,
        { cause },
      );
}

/**
 * Takes the home for this process. Throws `home-in-use`, naming the process that has it; `disk-full` and `storage-failed`
 * where the lock cannot be written.
 */
export function lockHome(home: string): HomeLock {
  const path = join(home, 'lock');
  const mine = JSON.stringify({ pid: process.pid, born: birthOf(process.pid) } satisfies Holder);
  const draft = `${path}.${process.pid}`;
  try {
    writeFileSync(draft, mine, { mode: 0o600 });
    for (let attempt = 0; attempt < 8; attempt++) {
      try {
        linkSync(draft, path);
        return { release: () => readLock(path) === mine && rmSync(path, { force: true }) };
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
      }
      const text = readLock(path);
      if (text === undefined) continue;
      const holder = parseHolder(text);
      if (holder && holds(holder)) {
        throw new LockstepError(
          'home-in-use',
          `${home} is in use by process ${holder.pid}; stop that validator first (kill ${holder.pid}), or use another home`,
        );
      }
      removeStale(path, text);
    }
  } catch (error) {
    throw error instanceof LockstepError ? error : untaken(home, error);
  } finally {
    discard(draft);
  }
  throw new LockstepError(
    'home-in-use',
    `${home} is being taken by other processes at this moment; try again`,
  );
}
