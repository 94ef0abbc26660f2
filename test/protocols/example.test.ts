/** The example of the README, run as a user runs it: against what the package exports. */

import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';

const FILE = fileURLToPath(new URL('../../examples/hotstuff.mjs', import.meta.url));

it('drives HotStuff machines without our node', () => {
  const lines = execFileSync(process.execPath, [FILE], { encoding: 'utf8' }).trim().split('\n');
  const expected = [0, 1, 2, 3].flatMap((id) => [
    `replica ${id} executes 1: alice pays bob 5`,
    `replica ${id} executes 2: bob pays carol 3`,
  ]);
  expect(lines.sort()).toEqual(expected.sort());
});

it('needs twenty lines for it', () => {
  const text = readFileSync(FILE, 'utf8');
  const driver = text.slice(text.indexOf('function carryOut'));
  const lines = driver.split('\n').filter((line) => !/^\s*(\/\/.*)?$/.test(line));
  expect(lines.length).toBeLessThanOrEqual(25);
  expect(lines.filter((line) => !/^\s*[})\];]+$/.test(line)).length).toBeLessThanOrEqual(20);
});
