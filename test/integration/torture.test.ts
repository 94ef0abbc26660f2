/** Short versions of the campaigns, as somebody would run them. */

import { spawnSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { commandPath } from '../../src/cli/child.ts';

function torture(...args: string[]) {
  const result = spawnSync(process.execPath, [commandPath(), 'torture', ...args, '--json'], {
    encoding: 'utf8',
    timeout: 170_000,
  });
  expect(result.stdout, result.stderr).not.toBe('');
  const { rows } = JSON.parse(result.stdout);
  expect(rows[0].failures).toEqual([]);
  expect(result.status).toBe(0);
  return rows[0];
}

const SMALL = ['--rate', '100', '--clients', '2', '--seed', '7'] as const;

describe('a cluster of real processes under torture', () => {
  it('loses, doubles and contradicts nothing when validators are killed in turn', () => {
    const row = torture('kills', '--runs', '2', '--protocol', 'streamlet', ...SMALL);
    expect(row.figures.kills).toBe(2);
    expect(row.acknowledged).toBeGreaterThan(0);
    expect(row.votesAudited).toBeGreaterThan(0);
    expect(row.unknown).toBe(0);
  }, 180_000);

  it('keeps everything acknowledged when all are killed at once', () => {
    const row = torture('cluster-kills', '--runs', '1', ...SMALL);
    expect(row.figures.kills).toBe(4);
    expect(row.unknown).toBe(0);
  }, 180_000);

  it('shows its clients one order of things, under kills, pauses and cut lines', () => {
    const row = torture('linearizable', '--runs', '3', '--protocol', 'raft', ...SMALL);
    expect(row.figures.operationsJudged).toBeGreaterThan(0);
    expect(row.votesAudited).toBeGreaterThan(0);
  }, 180_000);

  it('goes on without whoever led', () => {
    const row = torture('primary-kills', '--runs', '1', '--protocol', 'hotstuff', ...SMALL);
    expect(row.figures.kills).toBe(1);
    expect(row.unknown).toBe(0);
    expect(row.votesAudited).toBeGreaterThan(0);
  }, 180_000);
});

it('says what it takes', () => {
  const { status, stderr } = spawnSync(process.execPath, [commandPath(), 'torture', 'cats'], {
    encoding: 'utf8',
  });
  expect(status).toBe(2);
  expect(stderr).toContain('kills, cluster-kills');
});
