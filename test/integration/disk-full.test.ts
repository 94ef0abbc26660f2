/** A disk that is full, and empty again: a real one, of a few megabytes, where this machine lets us mount it. */

import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';

function mountable(): boolean {
  if (process.platform !== 'linux') return false;
  const folder = mkdtempSync(join(tmpdir(), 'lockstep-mount-'));
  const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=1m', 'tmpfs', folder]).status === 0;
  if (mounted) spawnSync('umount', [folder]);
  rmSync(folder, { recursive: true });
  return mounted;
}

it.skipIf(!mountable())(
  'stops one validator with one clear error, and not the others, and it goes on when there is space',
  () => {
    const script = new URL('../../scripts/disk-full.mjs', import.meta.url).pathname;
    const done = spawnSync(process.execPath, [script, '--json', '-'], { encoding: 'utf8', timeout: 110_000 });
    expect(done.status, done.stderr).toBe(0);
    const [row] = JSON.parse(done.stdout).rows;
    expect(row).toMatchObject({ died: false, agreed: true });
    expect(row.reason).toMatch(/ENOSPC|No space left/);
    expect(row.reason).toMatch(/free space/);
    expect(row.commitsWhileFull).toBeGreaterThan(0);
    // One line when it stops, one when it goes on, and as many as the times that there was a little space meanwhile.
    const stops = row.lines.filter((line: string) => /does not vote: writing .* failed/.test(line)).length;
    const goes = row.lines.filter((line: string) => /there is space on the disk again/.test(line)).length;
    expect(stops).toBeGreaterThan(0);
    expect(goes).toBe(stops);
    expect(row.lines.filter((line: string) => /this validator stops/.test(line))).toEqual([]);
  },
  120_000,
);
