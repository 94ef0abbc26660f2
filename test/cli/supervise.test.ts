/** Supervision: what is killed comes back by itself; what is beyond help is left alone; what asks for health is told. */

import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { commandPath } from '../../src/cli/child.ts';
import { LocalCluster } from '../../src/cli/cluster.ts';
import { Client } from '../../src/client/index.ts';

const lockstep = (...args: string[]) =>
  spawnSync(process.execPath, [commandPath(), ...args], { encoding: 'utf8', timeout: 60_000 });

let folder: string;
let home: string;
let testnet: ChildProcess;
let errors = '';
let pids: number[];

async function says(text: RegExp): Promise<void> {
  while (!text.test(errors)) {
    if (testnet.exitCode !== null) throw new Error(`testnet ended: ${errors}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'lockstep-supervise-test-'));
  home = join(folder, 'net');
  // Below the ports that the system gives out by itself, and apart from those of another run.
  const port = 20_000 + (process.pid % 1200) * 8;
  const args = ['testnet', '--supervise', '--json', '--home', home, '--port', String(port)];
  testnet = spawn(process.execPath, [commandPath(), ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
  testnet.stderr!.on('data', (chunk) => {
    errors += chunk;
  });
  const output = await new Promise<string>((resolve, reject) => {
    let text = '';
    testnet.stdout!.on('data', (chunk) => {
      text += chunk;
      if (text.endsWith('}\n')) resolve(text);
    });
    testnet.once('exit', () => reject(new Error(errors)));
  });
  pids = (JSON.parse(output) as { validators: { pid: number }[] }).validators.map(({ pid }) => pid);
});
afterAll(async () => {
  testnet.kill('SIGTERM');
  if (testnet.exitCode === null) await new Promise((resolve) => testnet.once('exit', resolve));
  rmSync(folder, { recursive: true, force: true });
});

describe('a supervised cluster', () => {
  it('answers a supervisor: alive and ready', () => {
    const ready = lockstep('health', '--home', join(home, 'v1'), '--wait', '30');
    expect(ready.stdout).toBe('ok\n');
    expect(ready.status).toBe(0);
    expect(lockstep('health', '--home', join(home, 'v1'), '--live').status).toBe(0);
  });

  it('starts a killed validator again, which votes again without having been asked to', async () => {
    const client = await Client.connect({ home });
    await client.submit({ op: 'put', key: 'before', value: '1' });
    process.kill(pids[2]!, 'SIGKILL');
    await client.submit({ op: 'put', key: 'meanwhile', value: '2' });
    await says(/validator v2 ended by SIGKILL.*started again in 100 ms/);
    await says(/validator v2 votes again, [\d.]+ s after it died/);
    const pid = (await LocalCluster.open(home).status(2)).pid;
    expect(pid).not.toBe(pids[2]);
    // A second death in a short life: a longer wait.
    process.kill(pid, 'SIGKILL');
    await says(/validator v2 ended by SIGKILL.*started again in 200 ms/);
    await says(/votes again[\s\S]*votes again/);
    expect((await client.query({ op: 'get', key: 'meanwhile' })).result).toMatchObject({ value: '2' });
    await client.close();
  }, 90_000);

  it('leaves a validator down that a restart would not heal', async () => {
    const keys = join(home, 'v3', 'keys.json');
    renameSync(keys, `${keys}.away`);
    process.kill(pids[3]!, 'SIGKILL');
    await says(/validator v3 ended with code 2.*stays down/);
    const down = lockstep('health', '--home', join(home, 'v3'));
    expect(down.status).toBe(1);
    expect(down.stdout).toContain('no answer');
    expect(lockstep('health').status).toBe(2);
  }, 60_000);
});

it('every command line in the files for deployment is one that there is', () => {
  const deploy = join(import.meta.dirname, '../../scripts/deploy');
  const lines = readdirSync(deploy)
    .filter((name) => !name.endsWith('.md'))
    .flatMap((name) => readFileSync(join(deploy, name), 'utf8').split('\n'))
    .filter((line) => !line.startsWith('#'))
    .flatMap((line) => /\blockstep"?,? "?((?:start|health)\b.*)/.exec(line.replace('[CMD, ', ''))?.[1] ?? []);
  expect(lines.length).toBeGreaterThanOrEqual(4);
  for (const line of lines) {
    const words = line.split(/["\],\s]+/).filter(Boolean);
    const help = lockstep(words[0]!, '--help');
    expect(help.status).toBe(0);
    for (const flag of words.filter((word) => word.startsWith('--'))) expect(help.stdout).toContain(flag);
  }
});
