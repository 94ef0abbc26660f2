/** The error for a disk that does not take what it is given. */

import { LockstepError } from '../core/errors.ts';
import { isDiskFull } from './files.ts';

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
