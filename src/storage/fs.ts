/** The few file operations whose failure must not be mistaken for success. */

import { closeSync, fdatasyncSync, fsyncSync, openSync, renameSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';
import { LockstepError } from '../core/errors.ts';
import { isDiskFull } from './files.ts';
import type { Durability } from './interface.ts';

/** Writes all bytes at `position` (undefined: at the file's end, in append mode); a short write is continued. */
export function writeAll(fd: number, bytes: Uint8Array, position: number | null): void {
  let written = 0;
  while (written < bytes.length) {
    const at = position === null ? null : position + written;
    written += writeSync(fd, bytes, written, bytes.length - written, at);
  }
}

/** Makes a file's data durable at the level asked for. */
export function syncData(fd: number, durability: Durability): void {
  if (durability === 'power') fdatasyncSync(fd);
}

/** Makes a directory's entries durable at the level asked for. */
export function syncDirectory(path: string, durability: Durability): void {
  if (durability !== 'power') return;
  const fd = openSync(path, 'r');
  try {
    fsyncSync(fd);
  } finally {
    closeSync(fd);
  }
}

/** Puts a finished file in another's place; readers see the old one or the new one. */
export function renameDurably(from: string, to: string, durability: Durability): void {
  renameSync(from, to);
  syncDirectory(dirname(to), durability);
}

/** A small content, a text say, in place of a file or as a new one, whole and synced, or as it was. Throws `storage-failed`, `disk-full`. */
export function replaceDurably(path: string, content: string | Uint8Array): void {
  try {
    const fd = openSync(`${path}.new`, 'w', 0o600);
    try {
      writeAll(fd, typeof content === 'string' ? new TextEncoder().encode(content) : content, 0);
      syncData(fd, 'power');
    } finally {
      closeSync(fd);
    }
    renameDurably(`${path}.new`, path, 'power');
  } catch (cause) {
    throw storageFailed(path, cause);
  }
}

/**
 * The error for a write that failed: nothing more can be promised. Code `disk-full` where space may come back: what was
 * to be written is then still held, and may be tried again; not where the failure is `final`.
 */
export function storageFailed(path: string, cause: unknown, final = false): LockstepError {
  const reason = cause instanceof Error ? cause.message : String(cause);
  if (!final && isDiskFull(cause)) {
    return new LockstepError(
      'disk-full',
      `writing ${path} failed (${reason}). The replica says nothing more until it can write again; free space`,
      { cause },
    );
  }
  return new LockstepError(
    'storage-failed',
    `writing ${path} failed (${reason}). The replica stops, because it may promise only what it can keep; ` +
      'free space or mend the disk, then start it again',
    { cause },
  );
}
