import { spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { LocalCluster } from '../../src/cli/cluster.ts';
import { runHere } from './in-process.ts';

const MAIN = fileURLToPath(new URL('../../dist/cli/main.js', import.meta.url));

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'lockstep-profile-cluster-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

function run(args: readonly string[]): Promise<{ code: number | null; out: string; err: string }> {
  const child = spawn(process.execPath, [MAIN, 'profile', 'cluster', ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let [out, err] = ['', ''];
  child.stdout.on('data', (data: Buffer) => {
    out += data.toString();
  });
  child.stderr.on('data', (data: Buffer) => {
    err += data.toString();
  });
  return new Promise((resolve) => child.once('close', (code) => resolve({ code, out, err })));
}

interface Row {
  readonly auth: string;
  readonly validators: number;
  readonly commits: string;
  readonly count: number;
  readonly traced: number;
  readonly measured: number;
  readonly partsUs: Record<string, number>;
  readonly sumUs: number;
  readonly latencyUs: number;
  readonly stages: { stage: string; us: number; share: number }[];
}

interface Report {
  readonly machine: object;
  readonly versions: object;
  readonly settings: object;
  readonly rows: Row[];
  readonly processes: { name: string; isPrimary: boolean; partsUsPerTransaction: Record<string, number> }[];
}

function checkRows(rows: readonly Row[]): void {
  expect(rows.map(({ commits }) => commits)).toEqual(['typical', 'all', 'slowest']);
  for (const row of rows) {
    const sum = Object.values(row.partsUs).reduce((a, b) => a + b, 0);
    expect(sum).toBeCloseTo(row.sumUs, 3);
    for (const us of Object.values(row.partsUs)) expect(us).toBeGreaterThanOrEqual(-1e-6);
    const staged = row.stages.reduce((all, { us, share }) => all + us * share, 0);
    expect(staged).toBeCloseTo(row.sumUs, 3);
  }
  for (const { sumUs, latencyUs } of rows.slice(0, 2)) {
    expect(Math.abs(sumUs / latencyUs - 1)).toBeLessThanOrEqual(0.1);
  }
  // What was followed is nearly all that was measured.
  expect(rows[0]!.traced).toBeGreaterThan(0.9 * rows[0]!.measured);
}

describe('lockstep profile cluster', () => {
  it('accounts for the latency, and writes a page and CPU profiles', { timeout: 60_000 }, async () => {
    const [json, html, cpu] = ['p.json', 'p.html', 'cpu'].map((name) => join(folder, name)) as [
      string,
      string,
      string,
    ];
    const load = [
      '--auth',
      'ml-dsa-87',
      '--warmup',
      '0.5',
      '--duration',
      '1',
      '--saturate',
      '--clients',
      '1',
    ];
    const { code, out, err } = await run([...load, '--json', json, '--html', html, '--cpu-profile', cpu]);
    expect(code, err).toBe(0);
    const report = JSON.parse(readFileSync(json, 'utf8')) as Report & { saturated: unknown[] };
    checkRows(report.rows);
    const [typical] = report.rows;
    expect(typical).toMatchObject({ auth: 'ml-dsa-87', validators: 4 });
    for (const part of ['verify', 'sign', 'codec', 'socket', 'step', 'execution', 'storage', 'waiting']) {
      expect(typical!.partsUs[part], part).toBeGreaterThan(0);
    }
    expect(typical!.stages.map(({ stage }) => stage)).toEqual(
      expect.arrayContaining(['submit', 'pre-prepare', 'prepare', 'reply', 'answer']),
    );
    expect(report.processes).toHaveLength(4);
    expect(report.processes.filter(({ isPrimary }) => isPrimary)).toHaveLength(1);
    expect(report.saturated).toHaveLength(1);
    expect(out).toContain('The parts add up to the latency, within 10 %.');
    const page = readFileSync(html, 'utf8');
    expect(page.match(/<svg/g)!.length).toBeGreaterThanOrEqual(4);
    expect(page).not.toMatch(/<script|NaN|undefined|(?:src|href)=/);
    const profiles = readdirSync(cpu);
    expect(profiles).toEqual(expect.arrayContaining([0, 1, 2, 3].map((id) => `v${id}.cpuprofile`)));
    const trace = JSON.parse(readFileSync(join(cpu, 'v0.cpuprofile'), 'utf8')) as { samples: unknown[] };
    expect(trace.samples.length).toBeGreaterThan(0);
  });

  it('profiles a cluster that runs and records, and says so of one that does not', {
    timeout: 60_000,
  }, async () => {
    const home = join(folder, 'net');
    const cluster = await LocalCluster.make({ folder: home, config: { logLevel: 'warn' } });
    const flags = ['--home', home, '--warmup', '0.5', '--duration', '1', '--json'];
    try {
      cluster.restart(0);
      cluster.environment = { LOCKSTEP_PROFILE: '1' };
      cluster.start();
      await cluster.waitReady();
      const refused = await run(flags);
      expect(refused.code).toBe(2);
      expect(refused.err).toContain('LOCKSTEP_PROFILE=1 lockstep testnet');
      expect((await cluster.status(0)).profile).toBeUndefined();

      await cluster.kill(0, 'SIGTERM');
      cluster.restart(0);
      await cluster.waitReady();
      const { code, out, err } = await run(flags);
      expect(code, err).toBe(0);
      checkRows((JSON.parse(out) as Report).rows);
      // It was not ours to stop.
      expect((await cluster.status(0)).profile!.parts.verify.count).toBeGreaterThan(0);
    } finally {
      await cluster.remove();
    }
  });

  it.each([
    [['--validators', '3'], 'is refused'],
    [['--home', '/nowhere'], 'holds no cluster'],
    [['--auth', 'rsa'], 'auth'],
    [['--cpu-profile', '/dev/null/x', '--duration', '0.1'], '--cpu-profile'],
  ])('refuses %j with exit code 2', async (args, text) => {
    const { status, stderr } = await runHere(folder, ['profile', 'cluster', ...args]);
    expect(status).toBe(2);
    expect(stderr).toContain(text);
    expect(stderr).not.toContain('    at ');
  });
});
