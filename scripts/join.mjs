/**
 * How long a new, empty validator takes to join a cluster at work, and what that costs the others:
 *
 *   npm run build && node scripts/join.mjs --keys 100000 --json join.json
 *
 * Four validators get a state of that many keys. Closed-loop clients then work all the time, while a fifth home is made
 * and started and `lockstep validators add` is asked. Measured: from the command until the fifth votes, until it has the
 * state, and the p50 of commits before, while it joins, and with five. A cluster of five is expected to be slower than one
 * of four as the floors of the two are, measured by `lockstep bench floor` on the same machine.
 */

import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { commandPath, ValidatorChild } from '../dist/cli/child.js';
import { fetchStatus, LocalCluster } from '../dist/cli/cluster.js';
import { loadHome } from '../dist/cli/home.js';
import { Client } from '../dist/client/index.js';

const { values } = parseArgs({
  options: {
    keys: { type: 'string', default: '100000' },
    clients: { type: 'string', default: '1' },
    window: { type: 'string', default: '5000' },
    auth: { type: 'string', default: 'ed25519' },
    protocol: { type: 'string', default: 'pbft' },
    json: { type: 'string' },
    help: { type: 'boolean', default: false },
  },
});
if (values.help) {
  process.stdout.write(
    'node scripts/join.mjs [--keys 100000] [--clients 1] [--window MS] [--auth ed25519] [--protocol pbft] [--json FILE|-]\n',
  );
  process.exit(0);
}
const keys = Number(values.keys);
const windowMs = Number(values.window);
const note = (text) => process.stderr.write(`${text}\n`);
const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
const lockstep = (...args) =>
  new Promise((resolve, reject) => {
    execFile(process.execPath, [commandPath(), ...args], { maxBuffer: 1 << 26 }, (error, stdout, stderr) =>
      error ? reject(new Error(stderr || error.message)) : resolve(stdout),
    );
  });

async function floor(validators) {
  const args = ['--protocol', values.protocol, '--auth', values.auth, '--validators', String(validators)];
  const { rows } = JSON.parse(await lockstep('bench', 'floor', ...args, '--duration', '3', '--json'));
  return rows[0].p50Ms;
}

/** Closed-loop clients; the latencies since the last look. */
class Load {
  latencies = [];
  failed = 0;
  #running = true;
  #done;
  constructor(client, workers) {
    this.#done = Promise.all(
      Array.from({ length: workers }, async (_, id) => {
        for (let i = 0; this.#running; i++) {
          try {
            const { latencyMs } = await client.submit({ op: 'put', key: `load${id}-${i % 64}`, value: i });
            this.latencies.push(latencyMs);
          } catch (error) {
            if (error.code === 'closed') return;
            this.failed++;
          }
        }
      }),
    );
  }
  take() {
    const sorted = this.latencies.sort((a, b) => a - b);
    this.latencies = [];
    const at = (q) => sorted[Math.min(sorted.length - 1, Math.floor(q * sorted.length))] ?? null;
    return { commits: sorted.length, p50Ms: at(0.5), p99Ms: at(0.99), maxMs: sorted.at(-1) ?? null };
  }
  async stop() {
    this.#running = false;
    await this.#done;
  }
}

async function fill(client) {
  const startedMs = performance.now();
  let next = 0;
  let told = startedMs;
  const value = 'x'.repeat(32);
  await Promise.all(
    Array.from({ length: 512 }, async () => {
      while (next < keys) {
        const i = next++;
        await client.submit({ op: 'put', key: `key-${i}`, value });
        if (performance.now() - told < 2_000) continue;
        told = performance.now();
        note(`filling: ${i} of ${keys} keys`);
      }
    }),
  );
  note(`${keys} keys in ${Math.round(performance.now() - startedMs)} ms`);
}

const folder = mkdtempSync(join(tmpdir(), 'lockstep-join-'));
let cluster;
let child;
let client;
try {
  note('the floors of four and of five validators');
  const floor4Ms = await floor(4);
  const floor5Ms = await floor(5);
  cluster = await LocalCluster.make({
    folder: join(folder, 'net'),
    protocol: values.protocol,
    auth: values.auth,
    config: { logLevel: 'warn' },
  });
  cluster.start();
  await cluster.waitReady(120_000);
  client = await Client.connect({ home: cluster.folder, timeoutMs: 120_000, maxOutstanding: 512 });
  await fill(client);
  const load = new Load(client, Number(values.clients));
  await pause(1_000);
  load.take();
  await pause(windowMs);
  const before = load.take();
  note(`p50 with four: ${before.p50Ms?.toFixed(3)} ms`);
  const home = join(cluster.folder, 'v4');
  await lockstep('init', '--home', home, '--join', cluster.folder, '--name', 'v4');
  child = new ValidatorChild(home);
  await child.ready;
  const { url } = await loadHome(home);
  load.take();
  const askedMs = performance.now();
  const adding = lockstep(
    'validators',
    'add',
    'v4',
    '--home',
    cluster.folder,
    '--public',
    join(home, 'public.json'),
    '--json',
  );
  const votes = ({ counters }) =>
    (counters.preparesSent ?? 0) + (counters.commitsSent ?? 0) + (counters.proposalsSent ?? 0);
  let votesAfterMs;
  let stateAfterMs;
  while (votesAfterMs === undefined || stateAfterMs === undefined) {
    if (performance.now() - askedMs > 120_000) throw new Error('not within two minutes');
    const [own, other] = await Promise.all([fetchStatus(url), fetchStatus(cluster.urls[0])]).catch(() => []);
    const nowMs = performance.now() - askedMs;
    if (own?.voting && votes(own) > 0 && votesAfterMs === undefined) {
      votesAfterMs = Math.round(nowMs);
      note(`votes after ${votesAfterMs} ms`);
    }
    if (
      own?.voting &&
      own.sequence >= other.sequence - 64 &&
      own.sequence > 0 &&
      stateAfterMs === undefined
    ) {
      stateAfterMs = Math.round(nowMs);
      note(`has the state after ${stateAfterMs} ms`);
    }
    await pause(50);
  }
  const added = JSON.parse(await adding);
  const during = load.take();
  await pause(1_000);
  load.take();
  await pause(windowMs);
  const after = load.take();
  await load.stop();
  const expectedP50Ms = (before.p50Ms * floor5Ms) / floor4Ms;
  const report = {
    machine: { cpus: cpus().length, model: cpus()[0]?.model, node: process.version },
    settings: { keys, clients: Number(values.clients), auth: values.auth, protocol: values.protocol },
    votesAfterMs,
    stateAfterMs,
    orderedAndInEffectMs: added.effectiveMs,
    failed: load.failed,
    before,
    during,
    after,
    floor4P50Ms: floor4Ms,
    floor5P50Ms: floor5Ms,
    expectedP50Ms,
    p50Ratio: after.p50Ms / expectedP50Ms,
    holds: votesAfterMs <= 10_000 && after.p50Ms <= 1.5 * expectedP50Ms,
  };
  const text = `${JSON.stringify(report, null, 2)}\n`;
  if (values.json !== undefined && values.json !== '-') writeFileSync(values.json, text);
  process.stdout.write(text);
  process.exitCode = report.holds ? 0 : 1;
} finally {
  await client?.close();
  child?.signal('SIGKILL');
  await child?.exited;
  await cluster?.stop();
  rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
}
