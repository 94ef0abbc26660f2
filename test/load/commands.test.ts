import { spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { missedBy, missedTargets, TARGETS } from '../../src/cli/bench/targets.ts';
import { commandPath } from '../../src/cli/child.ts';
import { runHere } from '../cli/in-process.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'lockstep-commands-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

interface Ended {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

/** Runs the built command with a temporary folder of its own; `interrupt` sends SIGINT when the text appears. */
function lockstep(args: readonly string[], interrupt?: string): Promise<Ended> {
  return new Promise((resolve) => {
    const env = { ...process.env, TMPDIR: folder };
    const child = spawn(process.execPath, [commandPath(), ...args], {
      stdio: ['ignore', 'pipe', 'pipe'],
      env,
    });
    let out = '';
    let err = '';
    let interrupted = false;
    child.stdout.on('data', (data) => {
      out += data;
    });
    child.stderr.on('data', (data) => {
      err += data;
      if (interrupted || interrupt === undefined || !err.includes(interrupt)) return;
      interrupted = true;
      child.kill('SIGINT');
    });
    child.once('close', (code) => resolve({ code, out, err }));
  });
}

const FIELDS = [
  'protocol',
  'auth',
  'txAuth',
  'durability',
  'validators',
  'clients',
  'payloadBytes',
  'p50Ms',
  'p90Ms',
  'p99Ms',
  'p999Ms',
  'throughputTps',
  'commits',
  'failed',
];

describe('lockstep bench', () => {
  it('lets settings take turns, so many times, and writes latency beside the floor', {
    timeout: 120_000,
  }, async () => {
    const file = join(folder, 'latency.json');
    const args = ['bench', 'latency', '--auth', 'channel,ed25519', '--runs', '2', '--interleave'];
    const { code, out } = await lockstep([...args, '--duration', '0.2', '--warmup', '0.1', '--json', file]);
    expect(code).toBe(0);
    const { rows, targets, machine, versions, settings } = JSON.parse(readFileSync(file, 'utf8'));
    expect(rows.map((row: { auth: string }) => row.auth)).toEqual(['channel', 'ed25519']);
    for (const row of rows) {
      for (const field of FIELDS) expect(row).toHaveProperty(field);
      expect(row.runs).toHaveLength(2);
      expect(row.intervals.p50Ms[0]).toBeLessThanOrEqual(row.p50Ms);
      expect(row).toMatchObject({ kind: 'latency', clients: 1, failed: 0, signedInside: 0 });
      expect(row.stateHashesAgree).toBe(true);
      expect(row.floorP50Ms).toBeGreaterThan(0);
      expect(out).toContain(row.p50Ms.toFixed(3));
    }
    expect(targets.length).toBeGreaterThan(0);
    expect(machine.fingerprint).toMatch(/^[0-9a-f]{12}$/);
    expect(machine.cores).toBeGreaterThan(0);
    expect(versions.node).toBe(process.versions.node);
    expect(settings).toMatchObject({ command: 'latency', validators: 4, payload: 64 });
    expect(readdirSync(folder).filter((name) => name.startsWith('lockstep-bench'))).toEqual([]);
  });

  it('prints one object with --json alone', async () => {
    const { code, out } = await lockstep([
      'bench',
      'floor',
      '--duration',
      '0.2',
      '--auth',
      'hybrid',
      '--json',
    ]);
    expect(code).toBe(0);
    const { rows } = JSON.parse(out);
    expect(rows.map((row: { auth: string }) => row.auth)).toEqual(['hybrid']);
  });

  it.each([
    [['bench'], 'takes one of'],
    [['bench', 'speed'], 'not "speed"'],
    [['bench', 'latency', '--validators', '3'], 'n ≥ 4'],
    [['bench', 'latency', '--auth', 'rot13'], '--auth must be one of'],
    [['demo', '--validators', '3'], 'n ≥ 4'],
    [['demo', '--strict', '--lenient'], 'contradict'],
    [['demo', '--protocol', 'hotstuff', '--auth', 'channel'], 'needs signed votes'],
    [['bench', 'latency', '--protocol', 'streamlet', '--auth', 'channel'], 'echoes votes'],
  ])('refuses %j', async (args, why) => {
    const { status, stderr } = await runHere(folder, args);
    expect(status).toBe(2);
    expect(stderr).toContain(why);
  });
});

const SHORT = ['--duration', '0.5', '--warmup', '0.3', '--outstanding', '64'];

describe('lockstep demo', () => {
  it('shows the figures beside their targets and leaves nothing behind', async () => {
    const file = join(folder, 'demo.json');
    const { code, out } = await lockstep([
      'demo',
      '--lenient',
      '--auth',
      'ed25519',
      ...SHORT,
      '--json',
      file,
    ]);
    expect(code).toBe(0);
    const { rows, summary } = JSON.parse(readFileSync(file, 'utf8'));
    expect(rows.map((row: { kind: string }) => row.kind)).toEqual(['latency', 'throughput']);
    expect(summary).toMatchObject([{ auth: 'ed25519', committedPercent: 100, stateHashesAgree: true }]);
    expect(out).toContain('≥ 10,000 tx/s');
    expect(out).toContain(rows[0].floorP50Ms.toFixed(3));
    expect(readdirSync(folder).filter((name) => name.startsWith('lockstep-bench'))).toEqual([]);
  });

  it('stops in order at Ctrl-C', async () => {
    const { code, err } = await lockstep(['demo', '--auth', 'ed25519', '--duration', '0.5'], 'throughput');
    expect(code).toBe(130);
    expect(err).toContain('stopped before');
    expect(readdirSync(folder).filter((name) => name.startsWith('lockstep-bench'))).toEqual([]);
  });
});

describe('targets', () => {
  it('say by how much they are missed', () => {
    expect(missedBy(TARGETS.p50Ms, 0.9)).toBe('');
    expect(missedBy(TARGETS.p50Ms, 1)).toBe('✗ 0.0 %');
    expect(missedBy(TARGETS.p50Ms, 1.5)).toBe('✗ +50 %');
    expect(missedBy(TARGETS.throughputTps, 10_000)).toBe('');
    expect(missedBy(TARGETS.throughputTps, 5_000)).toBe('✗ −50 %');
  });

  it('are judged over both runs of a setting', () => {
    const row = { p50Ms: 0.5, p99Ms: 4, throughputTps: 20_000, submitted: 1000, commits: 1000 };
    const judge = (latency: object, throughput: object) =>
      missedTargets({ ...row, ...latency } as never, { ...row, ...throughput } as never);
    expect(judge({}, {})).toEqual([]);
    expect(judge({ p50Ms: 1, p99Ms: 5 }, {})).toEqual(['p50', 'p99']);
    expect(judge({ commits: 991 }, {})).toEqual([]);
    expect(judge({ commits: 985 }, { throughputTps: 9_999 })).toEqual(['throughput', 'committed']);
  });
});
