import { spawnSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { commandPath } from '../../src/cli/child.ts';
import { runHere } from './in-process.ts';

/** As a user runs it. */
function sim(...args: string[]) {
  return spawnSync(process.execPath, [commandPath(), 'sim', ...args], { encoding: 'utf8', timeout: 60_000 });
}

/** The same command line without a process of its own. */
const here = (...args: string[]) => runHere(process.cwd(), ['sim', ...args]);

describe('lockstep sim', () => {
  it('reports a campaign as JSON', () => {
    const { status, stdout, stderr } = sim('--seeds', '1..60', '--json');
    expect(status, stderr).toBe(0);
    const report = JSON.parse(stdout);
    expect(report).toMatchObject({
      scenarios: 60,
      failures: [],
      settings: { command: 'sim', seeds: '1..60' },
    });
    for (const name of ['seconds', 'scenariosPerSecond', 'commits', 'faults', 'events', 'states']) {
      expect(report[name], name).toBeGreaterThan(0);
    }
    expect(stderr).toContain('protocol states');
  });

  it('replays a seed to the letter, in one process and in another', async () => {
    for (const seed of ['5', '17', '40']) {
      const first = await here('--replay', seed, '--trace');
      const again = sim('--replay', seed, '--trace');
      expect(first.status).toBe(0);
      expect(first.stdout.length).toBeGreaterThan(1_000);
      expect(again.stdout).toBe(first.stdout);
    }
  });

  it('finds a planted mistake, exits with 1 and shows a smaller scenario that fails in the same way', async () => {
    const campaign = sim('--bug', 'view-change-replayed', '--for', '60s', '--json');
    expect(campaign.status, campaign.stderr).toBe(0);
    const [row] = JSON.parse(campaign.stdout).rows;
    const replay = sim('--bug', 'view-change-replayed', '--replay', String(row.seed), '--trace');
    expect(replay.status).toBe(1);
    const shrunk = /^shrunk to (\S+)$/m.exec(replay.stderr)?.[1];
    expect(shrunk).toMatch(/^\d+:/);
    const again = await here('--bug', 'view-change-replayed', '--replay', shrunk!, '--trace');
    expect(again.status).toBe(1);
    expect(again.stdout).toBe(replay.stdout);
  });

  it('runs the model of the view change', () => {
    const { status, stdout } = sim('--model', 'view-change', '--seeds', '1..500');
    expect(status).toBe(0);
    expect(stdout).toMatch(/2000 histories of one slot .* no fork, no dead end/);
  });

  it('runs the production driver', () => {
    const { status, stdout } = sim('--crypto', 'real', '--seeds', '1..1', '--json');
    expect(status).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ scenarios: 1, failures: [] });
  });

  it.each([
    [['--seeds', '9'], /--seeds 9 is refused/],
    [['--seeds', '9..3'], /ends before it starts/],
    [['--for', 'ever'], /--for ever is refused/],
    [['--replay', 'x'], /--replay x is refused/],
    [['--profile', 'twins', '--faults', 'crash'], /no profile has scenarios/],
    [['--bug', 'nothing'], /--bug/],
  ])('refuses %j', async (args, message) => {
    const { status, stderr } = await here(...args);
    expect(status).toBe(2);
    expect(stderr).toMatch(message);
  });
});
