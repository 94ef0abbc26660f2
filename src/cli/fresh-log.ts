/**
 * A log that was made anew, and not written to since. Its one word of its own, the VIEW-CHANGE at its end, is for a view that
 * nobody has voted in: what another home is given in the same standstill need not begin above it. Were it to, each home would begin
 * further up than the one before, by the views that are left out where much was lost, and the chain would stand still
 * until the first had climbed to the last, one time-out after the other.
 *
 * `data/remade.json`: `{ "version": 1, "generation": …, "length": …, "seed": … }`, where the log ended when it was made. Where it
 * is missing, or the log is longer, the log counts as any other, which is as safe.
 */

import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { LogScan } from '../storage/vote-log-scan.ts';

const VERSION = 1;

const fileOf = (dataDir: string) => join(dataDir, 'remade.json');

/** Says that this is all of the log as it was made. */
export function markFresh(dataDir: string, { generation, length, seed }: LogScan): void {
  writeFileSync(fileOf(dataDir), `${JSON.stringify({ version: VERSION, generation, length, seed })}\n`, {
    mode: 0o600,
  });
}

/** Whether nothing was written to the log since. */
export function isFresh(dataDir: string, { generation, length, seed, damage }: LogScan): boolean {
  try {
    const said = Object(JSON.parse(readFileSync(fileOf(dataDir), 'utf8'))) as Record<string, unknown>;
    const same = said.generation === generation && said.length === length && said.seed === seed;
    return damage === undefined && said.version === VERSION && same;
  } catch {
    return false;
  }
}
