/**
 * Whether what a validator promised under `durability: process` may have gone with the power. There a promise is written and not
 * synced: it survives the process and not the machine. So the home says, durably, in which boot of the machine its log was
 * written to last; an ordered end syncs the log and takes that back. Where it still stands and the machine has another boot by
 * now, nobody knows how much of the log's end is missing, and the witness, which is not synced either, need not notice.
 *
 * `data/running.json`: `{ "version": 1, "boot": "…" }`. It is put down before the log is opened for writing, so that no
 * promise is made without it. A boot has a name on Linux alone (random(4), `boot_id`; a container has its host's); elsewhere no mark is made.
 */

import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { LockstepError } from '../core/errors.ts';
import type { Files } from './files.ts';
import { replaceDurably, syncDirectory } from './fs.ts';
import { nodeFiles } from './node-files.ts';

const VERSION = 1;

const fileOf = (dataDir: string) => join(dataDir, 'running.json');

/** What the system calls the time since it was started; undefined where it does not say. */
export function bootId(): string | undefined {
  try {
    return readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
  } catch {
    return undefined;
  }
}

/** Says that the log is written to in this boot, unless the home says so already. Throws `storage-failed`, `disk-full`. */
export function markRun(dataDir: string, boot: string | undefined = bootId()): void {
  const file = fileOf(dataDir);
  if (boot === undefined || markedBoot(dataDir) === boot) return;
  replaceDurably(file, `${JSON.stringify({ version: VERSION, boot })}\n`);
}

/** The boot that the mark names; '' where it cannot be read, undefined where there is none. Throws `too-new`. */
function markedBoot(dataDir: string): string | undefined {
  const file = fileOf(dataDir);
  if (!existsSync(file)) return undefined;
  let said: Record<string, unknown>;
  try {
    said = Object(JSON.parse(readFileSync(file, 'utf8'))) as Record<string, unknown>;
  } catch {
    return '';
  }
  if (typeof said.version === 'number' && said.version > VERSION) {
    throw new LockstepError(
      'too-new',
      `${file} has format ${said.version}; this release reads format ${VERSION}. Start it with the release that wrote it`,
    );
  }
  return typeof said.boot === 'string' ? said.boot : '';
}

/** Why the log may lack promises that were made; undefined: it does not for this reason. Changes nothing. Throws `too-new`. */
export function lostWithPower(dataDir: string, boot: string | undefined = bootId()): string | undefined {
  const marked = markedBoot(dataDir);
  if (marked === undefined || marked === boot) return undefined;
  return (
    'its validator was not ended in order before the machine was started anew, or the home is from another machine, and under ' +
    '`durability: process` what was written last may be lost with that'
  );
}

/** What is promised is on the disk, or was given up: nothing depends on the power. Throws what the file system does. */
export function unmarkRun(dataDir: string): void {
  if (!existsSync(fileOf(dataDir))) return;
  rmSync(fileOf(dataDir), { force: true });
  syncDirectory(dataDir, 'power');
}

/**
 * After an ordered end: syncs the closed log, whatever it was written with, and takes the mark back. Where the disk does not take
 * it the mark stays, and so does what it says.
 */
export function settleRun(dataDir: string, voteLog: string, files: Files = nodeFiles): void {
  if (!existsSync(fileOf(dataDir))) return;
  try {
    for (const name of files.list(voteLog)) {
      const file = files.open(join(voteLog, name));
      try {
        file.sync();
      } finally {
        file.close();
      }
    }
    files.syncDirectory(voteLog);
    unmarkRun(dataDir);
  } catch {
    // Told by the next start.
  }
}
