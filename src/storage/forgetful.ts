/**
 * The mark of a home that has forgotten what it promised: its vote log was lost, damaged, repaired, or is a copy. Such
 * a validator must not vote as the one that made those promises. It follows the others without a vote, asks to be taken
 * back as a new incarnation, and votes from the epoch in which the ledger holds the token of its mark.
 *
 * `data/incarnation.json`: `{ "version": 1, "token": "<32 hex digits>", "forgotten": true | false, "reason": "…" }`.
 * A home without the file is the one that the genesis, or its addition to the set, knows; its token is `NO_TOKEN`.
 * The token is drawn anew at every mark, so that a home need not know how often it has forgotten before: a copy of an
 * older incarnation has another token than the ledger, and sees that it is not meant.
 */

import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { toHex } from '../core/bytes.ts';
import { LockstepError } from '../core/errors.ts';
import { NO_TOKEN } from '../core/membership.ts';
import { replaceDurably } from './fs.ts';

export { NO_TOKEN };

export interface Incarnation {
  /** 32 lowercase hex digits: which incarnation this home is, or is to become. */
  readonly token: string;
  /** Until this token is final on the ledger, no vote of this home is a vote. */
  readonly forgotten: boolean;
  /** Why, for the operator; empty where nothing was forgotten. Of a log that was made anew with a loss it says so. */
  readonly reason: string;
}

const fileOf = (dataDir: string) => join(dataDir, 'incarnation.json');

function write(dataDir: string, incarnation: Incarnation): void {
  replaceDurably(fileOf(dataDir), `${JSON.stringify({ version: 1, ...incarnation }, null, 2)}\n`);
}

/**
 * Marks the home whose data folder this is, durably, before anything of its log is changed. A second mark is a second
 * forgetting: the token is always a new one. Throws `storage-failed`.
 */
export function markForgetful(dataDir: string, reason: string): Incarnation {
  const incarnation = { token: toHex(randomBytes(16)), forgotten: true, reason };
  write(dataDir, incarnation);
  return incarnation;
}

/**
 * Takes the mark off a home that has a log again which may stand for the lost one, durably: `token` is what the ledger knows of
 * its validator; a reason stays where the log may lack what was promised. Throws `storage-failed`.
 */
export function unmarkForgetful(dataDir: string, token: string, reason: string): void {
  write(dataDir, { token, forgotten: false, reason });
}

function newer(file: string, version: number): LockstepError {
  return new LockstepError(
    'too-new',
    `${file} has format ${version}; this release reads format 1. Start it with the release that wrote it`,
  );
}

/**
 * Which incarnation the home is, and whether it may vote as such. Throws `too-new` where a newer program says it, and
 * `log-damaged` where the file is none.
 */
export function readIncarnation(dataDir: string): Incarnation {
  const file = fileOf(dataDir);
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT')
      return { token: NO_TOKEN, forgotten: false, reason: '' };
    const why = `${file} cannot be read (${(error as Error).message}): run this as the user whose home it is`;
    throw new LockstepError('storage-failed', why, { cause: error });
  }
  try {
    const { version, token, forgotten, reason } = JSON.parse(text) as Record<string, unknown>;
    // Nothing is forgotten that a newer program knows: no promise may be given up for it.
    if (typeof version === 'number' && version > 1) throw newer(file, version);
    if (version === 1 && typeof token === 'string' && /^[0-9a-f]{32}$/.test(token))
      if (typeof forgotten === 'boolean' && typeof reason === 'string') return { token, forgotten, reason };
  } catch (error) {
    if (error instanceof LockstepError) throw error;
    // Told below.
  }
  throw new LockstepError(
    'log-damaged',
    `${file} is damaged, so this home cannot say which incarnation of its validator it is; ` +
      'run `lockstep rejoin --home DIR` to come back as a new one',
  );
}

/** The mark of a forgetful home, or undefined where its promises are kept. */
export function readForgetful(dataDir: string): Incarnation | undefined {
  const incarnation = readIncarnation(dataDir);
  return incarnation.forgotten ? incarnation : undefined;
}

/** The ledger holds this token for good: the home votes as this incarnation from now on. Before its first vote. */
export function settleIncarnation(dataDir: string): void {
  write(dataDir, { ...readIncarnation(dataDir), forgotten: false, reason: '' });
}
