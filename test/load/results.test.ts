import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { exitCode, FIT_FLOOR_MS, judge } from '../../src/cli/bench/judgement.ts';
import { markdownTable } from '../../src/cli/bench/markdown.ts';
import { readPauses } from '../../src/cli/bench/memory.ts';
import type { SettingReport } from '../../src/cli/bench/report.ts';
import { resultsPage } from '../../src/cli/bench/results-page.ts';
import { commandPath } from '../../src/cli/child.ts';
import { intervalChart } from '../../src/load/charts.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'lockstep-results-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

function node(args: readonly string[]) {
  const env = { ...process.env, TMPDIR: folder };
  return spawnSync(process.execPath, args, { cwd: root, encoding: 'utf8', env });
}

/** These two start a dozen clusters one after the other: `npm run test:long`. */
const LONG = process.env.LOCKSTEP_LONG !== undefined;

describe('README', () => {
  it('says what bench/results says', () => {
    const { status, stderr } = node(['scripts/readme-table.mjs', '--check']);
    expect(status, stderr).toBe(0);
  });
});

describe('npm start', () => {
  const report = (of: Partial<SettingReport>, floorP50Ms = 0.2): SettingReport =>
    ({
      auth: 'ed25519',
      committedPercent: 100,
      stateHashesAgree: true,
      missed: [],
      latency: { floorP50Ms },
      ...of,
    }) as SettingReport;
  const code = (reports: readonly SettingReport[], flags: { strict?: boolean; lenient?: boolean } = {}) =>
    exitCode(judge(reports, { strict: false, lenient: false, ...flags }, 2), reports);
  const slow = report({ missed: ['p50'] });
  const slowFloor = report({ missed: ['p50'] }, FIT_FLOOR_MS + 0.1);

  it('is strict about speed where the machine can show it', () => {
    expect(code([report({})])).toBe(0);
    expect(code([report({}), slow])).toBe(1);
    expect(code([slow], { lenient: true })).toBe(0);
    expect(code([slowFloor])).toBe(0);
    expect(code([slowFloor], { strict: true })).toBe(1);
    expect(judge([slow], { strict: false, lenient: false }, 1).unjudged).toContain('1 core');
    expect(judge([slowFloor], { strict: false, lenient: false }, 2).unjudged).toContain(
      'bare message pattern',
    );
  });

  it('is strict about what is committed anywhere', () => {
    const lost = report({ committedPercent: 99, missed: ['committed'] }, 9);
    expect(code([lost], { lenient: true })).toBe(1);
    expect(code([report({ stateHashesAgree: false }, 9)])).toBe(1);
  });
});

describe('lockstep bench sweep, memory and page', () => {
  it.runIf(LONG)('measure, and become one page', { timeout: 240_000 }, () => {
    const [sweep, memory, html] = ['sweep.json', 'memory.json', 'page.html'].map((name) =>
      join(folder, name),
    );
    const short = ['--warmup', '0.2', '--duration', '0.3', '--outstanding', '32', '--clients', '2'];
    const cli = [commandPath(), 'bench'];
    const swept = node([...cli, 'sweep', '--dimensions', 'threads', ...short, '--json', sweep!]);
    expect(swept.status, swept.stderr).toBe(0);
    const { dimensions } = JSON.parse(readFileSync(sweep!, 'utf8'));
    expect(dimensions[0].points.map(({ label }: { label: string }) => label)).toEqual(['1', '2', '4', '8']);
    for (const { throughput } of dimensions[0].points) expect(throughput.commits).toBeGreaterThan(0);

    const held = node([...cli, 'memory', ...short, '--duration', '3', '--at', '30', '--json', memory!]);
    expect(held.status, held.stderr).toBe(0);
    const [first] = JSON.parse(readFileSync(memory!, 'utf8')).memory;
    expect(first.validators).toHaveLength(4);
    expect(first.load).toMatchObject({ stateHashesAgree: true, paced: { loadPercent: 30 } });
    expect(first.validators[0].heapMaxBytes).toBeGreaterThan(1 << 20);
    expect(held.stdout).toContain('30 % of');

    const page = node([...cli, 'page', sweep!, memory!, '--html', html!]);
    expect(page.status, page.stderr).toBe(0);
    const text = readFileSync(html!, 'utf8');
    expect(text).toContain('By threads');
    expect(text).toContain('Heap and garbage collection at 30 % load');
    expect(text).not.toMatch(/NaN|undefined|Infinity|<script|src=|href=/);
    expect(readdirSync(folder).filter((name) => name.startsWith('lockstep-bench'))).toEqual([]);
  });

  it('refuse what they cannot read', () => {
    const other = join(folder, 'other.json');
    writeFileSync(other, '{"rows":"none"}');
    expect(() => resultsPage([other])).toThrow(/no results file/);
    expect(() => resultsPage([join(folder, 'none.json')])).toThrow(/no results file/);
    for (const rows of ['[null]', '[{"kind":"latency"}]', '[{"kind":"latency","p50Ms":"fast","auth":7}]']) {
      writeFileSync(other, `{"rows":${rows}}`);
      expect(() => resultsPage([other])).toThrow(/no results file/);
    }
    writeFileSync(other, '{"rows":[{"kind":"measured"}]}');
    expect(() => resultsPage([other])).toThrow(/holds no latency/);
    const { status, stderr } = node([commandPath(), 'bench', 'page', other]);
    expect(status).toBe(2);
    expect(stderr).toContain('--html FILE');
  });

  it('draw what was measured, and escape names', () => {
    const chart = intervalChart(
      [{ name: '<b>', value: 2, low: 1, high: 3, points: [1, 2, 3], mark: 4 }],
      'ms',
    );
    expect(chart).not.toContain('<b>');
    expect(chart.match(/<circle/g)).toHaveLength(3);
    expect(markdownTable(['a', 'b'], [['1', '2']])).toBe('| a | b |\n|---|---:|\n| 1 | 2 |');
  });

  it('read the lines of pauses that are whole', () => {
    expect(readPauses('10.5 minor 1.25\n11 weak callbacks 3\n12 maj')).toEqual([
      { atMs: 10.5, kind: 'minor', ms: 1.25 },
      { atMs: 11, kind: 'weak callbacks', ms: 3 },
    ]);
  });
});

describe('the regression check', () => {
  it.runIf(LONG)('compares two clusters of equal builds, turn by turn', { timeout: 240_000 }, () => {
    const json = join(folder, 'regress.json');
    const args = ['scripts/regress.mjs', '--no-build', '--settings', 'latency:channel', '--pairs', '2'];
    const { status, stderr } = node([...args, '--seconds', '0.2', '--json', json]);
    // How fast they are is not asked here: this machine may be busy with anything.
    expect([0, 1], stderr).toContain(status);
    const { rows, settings } = JSON.parse(readFileSync(json, 'utf8'));
    expect(settings.equalBuilds).toBe(true);
    expect(rows[0]).toMatchObject({ setting: 'latency:channel', coveragePercent: expect.any(Number) });
    expect(rows[0].turns.length).toBeGreaterThanOrEqual(2);
    expect(readdirSync(folder).filter((name) => name.startsWith('lockstep-regress'))).toEqual([]);
  });

  it.each([
    [['--settings', 'speed'], 'latency:ed25519'],
    [['--pairs', 'many'], '--pairs takes a number'],
    [['no-such-revision'], 'no-such-revision'],
  ])('refuses %j', (args, why) => {
    const { status, stderr } = node(['scripts/regress.mjs', ...args]);
    expect(status).toBe(2);
    expect(stderr).toContain(why);
  });
});
