/** A soak finds what grows, and what levels off. */

import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { commandPath } from '../../src/cli/child.ts';
import { growthPercent } from '../../src/cli/soak/row.ts';
import type { SoakSample } from '../../src/cli/soak/sampler.ts';

const samples = (disk: (share: number) => number): SoakSample[] =>
  Array.from(
    { length: 100 },
    (_, i) => ({ transactions: i + 1, diskBytes: disk((i + 1) / 100) }) as SoakSample,
  );
const growth = (disk: (share: number) => number) => growthPercent(samples(disk), (s) => s.diskBytes);

describe('growth', () => {
  it('is nothing where a saw-tooth stays within its bounds, or what fills up is full', () => {
    expect(growth((share) => 100 + ((share * 100) % 5))).toBeCloseTo(0, 5);
    expect(growth((share) => Math.min(share, 0.25))).toBeCloseTo(0, 5);
  });

  it('is large where there is no end of it', () => {
    expect(growth((share) => share)).toBeGreaterThan(120);
    expect(growth((share) => 10 + share)).toBeGreaterThan(4);
  });
});

it('runs so many transactions and reports disk, heap and event loop of every validator', () => {
  const folder = mkdtempSync(join(tmpdir(), 'lockstep-soak-test-'));
  try {
    const html = join(folder, 'soak.html');
    const args = [
      'soak',
      '--transactions',
      '1000',
      '--every',
      '0.2',
      '--outstanding',
      '64',
      '--html',
      html,
      '--json',
    ];
    const { stdout, stderr, status } = spawnSync(process.execPath, [commandPath(), ...args], {
      encoding: 'utf8',
      timeout: 120_000,
    });
    expect(status, stderr).toBe(0);
    const [row] = JSON.parse(stdout).rows;
    expect(row).toMatchObject({ transactions: 1000, failed: 0, stateHashesAgree: true });
    expect(new Set(row.samples.map((s: SoakSample) => s.validator))).toEqual(new Set([0, 1, 2, 3]));
    const last = row.samples.at(-1);
    expect(last.storeBytes + last.logBytes).toBeGreaterThan(0);
    expect(last.heapBytes).toBeGreaterThan(0);
    expect(readFileSync(html, 'utf8')).toContain('<svg');
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}, 150_000);
