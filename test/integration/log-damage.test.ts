/** A real validator's log, cut at every byte of its last records, and every byte of a record flipped. */

import { spawnSync } from 'node:child_process';
import { expect, it } from 'vitest';

it('starts with all that its witness knows of, or is refused by name with the command that repairs it', () => {
  const script = new URL('../../scripts/log-damage.mjs', import.meta.url).pathname;
  // Every case is read as a start reads it; these few, cuts and flipped bytes, are started for real.
  const args = [script, '--every', '400', '--json', '-'];
  const done = spawnSync(process.execPath, args, { encoding: 'utf8', timeout: 170_000 });
  expect(done.status, `${done.stdout}${done.stderr}`).toBe(0);
  const { rows } = JSON.parse(done.stdout);
  expect(rows.map(({ log }: { log: string }) => log)).toEqual(['killed', 'stopped']);
  for (const row of rows) {
    expect(row.wrong).toEqual([]);
    expect(row.cases).toBeGreaterThan(200);
    expect(row.processes).toBeGreaterThan(1);
  }
  // One that was stopped in order had told its witness everything: nothing of it may be missing.
  expect(rows[1].clean).toBe(0);
}, 180_000);
