import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runHere } from './in-process.ts';

const MAIN = fileURLToPath(new URL('../../dist/cli/main.js', import.meta.url));

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'lockstep-profile-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

interface Row {
  readonly suite: string;
  readonly backend: string;
  readonly operation: string;
  readonly us: number;
  readonly parts?: Record<string, number>;
}

describe('lockstep profile crypto', () => {
  it('writes figures, a page and a CPU profile', () => {
    const [json, html, cpu] = ['p.json', 'p.html', 'p.cpuprofile'].map((name) => join(folder, name));
    const args = ['profile', 'crypto', '--budget', '1', '--threads', '1', '--json', json!];
    const out = execFileSync(process.execPath, [MAIN, ...args, '--html', html!, '--cpu-profile', cpu!], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    const profile = JSON.parse(readFileSync(json!, 'utf8')) as Record<string, unknown>;
    const rows = profile.rows as Row[];
    for (const suite of ['ed25519', 'ml-dsa-87']) {
      for (const backend of ['wasm', 'noble', 'pool']) {
        expect(rows.some((row) => row.suite === suite && row.backend === backend)).toBe(true);
      }
    }
    for (const row of rows) {
      expect(row.us).toBeGreaterThan(0);
      for (const us of Object.values(row.parts ?? {})) expect(us).toBeGreaterThanOrEqual(0);
      expect(out).toContain(row.operation);
    }
    expect(
      rows.find((row) => row.operation === 'verify, prepared key' && row.suite === 'ml-dsa-87')?.parts,
    ).toHaveProperty('matrix product');
    expect(profile.batches).toHaveLength(16);
    expect(profile.threads).toHaveLength(2);
    const page = readFileSync(html!, 'utf8');
    expect(page).toMatch(/^<!doctype html>/);
    expect(page.match(/<svg/g)!.length).toBeGreaterThanOrEqual(5);
    expect(page).not.toMatch(/<script|NaN|undefined|(?:src|href)=/);
    const trace = JSON.parse(readFileSync(cpu!, 'utf8')) as { nodes: unknown[]; samples: unknown[] };
    expect(trace.nodes.length).toBeGreaterThan(0);
    expect(trace.samples.length).toBeGreaterThan(0);
  });

  it('prints one JSON object and nothing else when asked to', () => {
    const args = ['profile', 'crypto', '--suite', 'ed25519', '--threads', '0', '--budget', '1', '--json'];
    const out = execFileSync(process.execPath, [MAIN, ...args], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    const profile = JSON.parse(out) as { rows: Row[]; machine: object; versions: object; settings: object };
    expect(Object.keys(profile)).toEqual(expect.arrayContaining(['machine', 'versions', 'settings', 'rows']));
    expect(new Set(profile.rows.map((row) => row.suite))).toEqual(new Set(['ed25519']));
  });

  it.each([
    [['profile']],
    [['profile', 'disk']],
    [['profile', 'crypto', '--suite', 'rsa']],
    [['profile', 'crypto', '--budget', '1', '--threads', '0', '--cpu-profile', '/nowhere/x.cpuprofile']],
  ])('refuses %j with one line and exit code 2', async (args) => {
    const { status, stderr } = await runHere(folder, args);
    expect(status).toBe(2);
    expect(stderr.trim().split('\n')).toHaveLength(1);
    expect(stderr).not.toContain('    at ');
  });
});
