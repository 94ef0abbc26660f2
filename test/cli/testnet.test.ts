/** The commands against a cluster of real processes, in the order in which somebody would try them. */

import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { commandPath } from '../../src/cli/child.ts';
import { freePorts } from '../../src/cli/free-ports.ts';
import { runHere } from './in-process.ts';

interface Description {
  validators: { id: number; name: string; url: string; http: string; home: string; pid: number }[];
}

/** A `lockstep testnet` in the background. */
class Testnet {
  readonly process: ChildProcess;
  readonly ready: Promise<Description>;
  readonly exited: Promise<number | null>;
  errors = '';

  constructor(...args: string[]) {
    this.process = spawn(process.execPath, [commandPath(), 'testnet', '--json', ...args], {
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.exited = new Promise((resolve) => this.process.once('exit', resolve));
    let output = '';
    this.process.stderr!.on('data', (chunk) => {
      this.errors += chunk;
    });
    this.ready = new Promise((resolve, reject) => {
      this.process.stdout!.on('data', (chunk) => {
        output += chunk;
        if (output.endsWith('}\n')) resolve(JSON.parse(output));
      });
      void this.exited.then((code) => reject(new Error(`testnet ended with code ${code}: ${this.errors}`)));
    });
  }

  async says(text: RegExp): Promise<void> {
    while (!text.test(this.errors)) await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

/** As somebody types it. */
function typed(...args: string[]) {
  const result = spawnSync(process.execPath, [commandPath(), ...args], { encoding: 'utf8', timeout: 30_000 });
  return { ...result, json: () => JSON.parse(result.stdout) };
}

/** The same command line without a process of its own. */
const lockstep = (...args: string[]) => runHere(process.cwd(), args);

const isAlive = (pid: number) => {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
};

async function allGone(pids: readonly number[]): Promise<void> {
  while (pids.some(isAlive)) await new Promise((resolve) => setTimeout(resolve, 20));
}

let folder: string;
let home: string;
let testnet: Testnet;
let port: number;

async function start(...args: string[]): Promise<Description> {
  testnet = new Testnet('--home', home, ...args);
  return testnet.ready;
}

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'lockstep-testnet-test-'));
  home = join(folder, 'net');
  // A base with some room above it.
  port = Math.min(...(await freePorts(8)), 60_000);
});
afterAll(async () => {
  testnet?.process.kill('SIGTERM');
  await testnet?.exited;
  rmSync(folder, { recursive: true, force: true });
});

describe('lockstep testnet', () => {
  it('starts four validators that commit what is submitted', async () => {
    const { validators } = await start('--port', String(port));
    expect(validators.map(({ name, url }) => [name, url])).toEqual(
      [0, 1, 2, 3].map((id) => [`v${id}`, `ws://127.0.0.1:${port + id}`]),
    );
    const put = typed('submit', '--home', home, 'put', 'greeting', 'hello', '--json').json();
    expect(put).toMatchObject({ result: { ok: true } });
    expect(put.latencyMs).toBeGreaterThan(0);
    const get = typed('query', '--home', home, 'get', 'greeting');
    expect(JSON.parse(get.stdout)).toEqual({ found: true, value: 'hello' });
    const wrong = typed('submit', '--home', home, 'cas', 'greeting', 'goodbye', 'x');
    expect(wrong.stdout).toMatch(/^refused in slot \d+: /);
    expect(wrong.status).toBe(1);
  });

  it('answers by the address of one validator as well', async () => {
    const node = `127.0.0.1:${port + 2}`;
    const get = await lockstep('query', '--node', node, 'get', 'greeting', '--json');
    expect(get.json().result).toMatchObject({ found: true, value: 'hello' });
    expect(get.stderr).toMatch(/^believing .*--genesis/);
    const genesis = join(home, 'genesis.json');
    expect(
      (await lockstep('query', '--node', node, '--genesis', genesis, '--unordered', 'size')).stdout,
    ).toMatch(/"entries":1/);
    const elsewhere = await lockstep('query', '--node', '127.0.0.1:1', 'size');
    expect(elsewhere.stderr).toMatch(/^lockstep: ws:\/\/127\.0\.0\.1:1 does not say .*ECONNREFUSED.*\n$/);
    expect(elsewhere.status).toBe(1);
  });

  it('refuses what is no request, with the forms that there are', async () => {
    const bad = await lockstep('submit', '--home', home, 'transfer', 'a', '1');
    expect(bad.stderr).toBe(
      'lockstep: the application kv has no command "transfer"; it takes: put KEY VALUE | delete KEY | cas KEY EXPECTED VALUE\n',
    );
    expect(bad.status).toBe(2);
    expect((await lockstep('submit', '--home', home, 'put', 'a')).stderr).toContain(
      '"put" is written: put KEY VALUE',
    );
    expect((await lockstep('submit', '--home', home, '{"op":')).stderr).toContain('is no JSON object');
    expect((await lockstep('submit', '--home', home, '{"op":"put","key":"j","value":[1]}')).status).toBe(0);
  });

  it('shows its state in a table, as JSON, and to Prometheus', async () => {
    const shown = await lockstep('status', '--home', home);
    expect(shown.stdout.match(/ (primary|backup) /g)!.sort()).toEqual([
      ' backup ',
      ' backup ',
      ' backup ',
      ' primary ',
    ]);
    const documents = (await lockstep('status', '--home', home, '--json')).json().validators;
    for (const { status } of documents) {
      expect(status).toMatchObject({ protocol: 'pbft', auth: 'channel', connectedPeers: 3, halted: null });
      expect(status.counters.finalizedTransactions).toBeGreaterThan(2);
    }
    const metrics = await (await fetch(`http://127.0.0.1:${port}/metrics`)).text();
    for (const name of [
      'consensus_proposals_sent_total',
      'consensus_prepares_sent_total',
      'consensus_commits_sent_total',
      'consensus_finalized_total',
      'consensus_finality_time_ms_bucket',
      'consensus_view_changes_total',
      'consensus_current_view',
      'consensus_current_sequence',
      'consensus_banned_nodes',
      'messages_lost_total',
      'messages_retransmitted_total',
      'verifier_queue_items',
      'event_loop_lag_ms',
      'process_cpu_seconds_total',
    ]) {
      expect(metrics).toMatch(new RegExp(`^${name}\\{.*validator="v0".*\\} [0-9.e+-]+$`, 'm'));
    }
    expect((await fetch(`http://127.0.0.1:${port}/healthz`)).status).toBe(200);
    expect((await fetch(`http://127.0.0.1:${port}/readyz`)).status).toBe(200);
  });

  it('reports a validator that dies, and does not start it again', async () => {
    const { validators } = await testnet.ready;
    process.kill(validators[3]!.pid, 'SIGKILL');
    await testnet.says(/validator v3 ended by SIGKILL.*3 of 4 still run/);
    expect((await lockstep('submit', '--home', home, 'put', 'after', 'v3')).status).toBe(0);
    const shown = await lockstep('status', '--home', home);
    expect(shown.stdout).toContain(`no status from ws://127.0.0.1:${port + 3}`);
    expect(shown.status).toBe(0);
  });

  it('stops them all when told to', async () => {
    const { validators } = await testnet.ready;
    testnet.process.kill('SIGTERM');
    expect(await testnet.exited).toBe(0);
    expect(validators.map(({ pid }) => isAlive(pid))).toEqual([false, false, false, false]);
  });

  it('starts again with its data, and the one that had died catches up', async () => {
    await start();
    const get = await lockstep('query', '--home', home, 'get', 'after');
    expect(JSON.parse(get.stdout)).toEqual({ found: true, value: 'v3' });
    for (let caughtUp = false; !caughtUp; ) {
      await lockstep('submit', '--home', home, 'put', 'more', 'slots');
      const documents = (await lockstep('status', '--home', home, '--json')).json().validators;
      const at = documents.map((d: { status?: { sequence: number } }) => d.status?.sequence);
      caughtUp = new Set(at).size === 1;
    }
  });

  it('leaves no validator behind when it is killed itself', async () => {
    const { validators } = await testnet.ready;
    testnet.process.kill('SIGKILL');
    await testnet.exited;
    await allGone(validators.map(({ pid }) => pid));
  });

  it('has written no secret key anywhere but in the key files', () => {
    for (const id of [0, 1, 2, 3]) {
      const keys = JSON.parse(readFileSync(join(home, `v${id}`, 'keys.json'), 'utf8'));
      const logged = readFileSync(join(home, `v${id}`, 'validator.log'), 'utf8') + testnet.errors;
      for (const pair of [keys.ed25519, keys.mlDsa87]) {
        const secret: string = pair.secretKey;
        expect(secret.length).toBeGreaterThan(60);
        expect(logged).not.toContain(secret.slice(0, 32));
        expect(logged).not.toContain(Buffer.from(secret, 'hex').toString('base64').slice(0, 24));
      }
    }
  });
}, 120_000);
