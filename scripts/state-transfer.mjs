// `node scripts/state-transfer.mjs [--keys 100000] [--rate 500] [--validators 5] [--json [FILE]]` (after `npm run build`): what it costs to take in a validator
// that has nothing. One of five is down while the others are given so many keys; then it starts, under load, and has to
// fetch the state. Prints how long it took until it voted, and the latency that clients saw before and meanwhile.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { LocalCluster } from '../dist/cli/cluster.js';
import { Client } from '../dist/client/index.js';

const { values } = parseArgs({
  options: {
    keys: { type: 'string', default: '100000' },
    rate: { type: 'string', default: '500' },
    validators: { type: 'string', default: '5' },
    json: { type: 'string' },
  },
});
const [keys, rate, validators] = [values.keys, values.rate, values.validators].map(Number);
if (![keys, rate, validators].every((number) => Number.isInteger(number) && number > 0) || validators < 4) {
  console.error(
    'state-transfer: --keys, --rate and --validators are whole numbers above 0; at least 4 validators',
  );
  process.exit(2);
}
const note = (line) => process.stderr.write(`${line}\n`);
const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
const quantile = (sorted, q) => sorted[Math.min(sorted.length - 1, Math.floor(q * sorted.length))] ?? 0;
const figures = (latencies) => {
  const sorted = [...latencies].sort((a, b) => a - b);
  return { commits: sorted.length, p50Ms: quantile(sorted, 0.5), p99Ms: quantile(sorted, 0.99) };
};

const folder = mkdtempSync(join(tmpdir(), 'lockstep-transfer-'));
const cluster = await LocalCluster.make({
  folder: join(folder, 'net'),
  validators,
  config: { logLevel: 'info' },
});
const last = validators - 1;
const clients = [];
try {
  for (let id = 0; id < last; id++) cluster.restart(id);
  await cluster.waitReady();
  // One, since all of them would sign with the folder's one key.
  clients.push(await Client.connect({ home: cluster.folder }));
  let next = 0;
  let told = Date.now();
  const fill = async (client) => {
    while (next < keys) {
      const key = `key-${next++}`;
      await client.submit({ op: 'put', key, value: `${key}:`.padEnd(100, '.') });
      if (Date.now() - told > 2000) {
        told = Date.now();
        note(`${next} of ${keys} keys`);
      }
    }
  };
  await Promise.all(clients.flatMap((client) => Array.from({ length: 256 }, () => fill(client))));
  note(`${keys} keys are there; ${rate} writes a second from now on`);

  let latencies = [];
  let running = true;
  const load = (async () => {
    const begun = performance.now();
    const under = new Set();
    for (let i = 0; running; i++) {
      const key = `key-${(i * 7919) % keys}`;
      const at = performance.now();
      const one = clients[i % clients.length]
        .submit({ op: 'put', key, value: `${i}:`.padEnd(100, '.') })
        .then(() => latencies.push(performance.now() - at));
      under.add(one.finally(() => under.delete(one)));
      const ahead = begun + ((i + 1) * 1000) / rate - performance.now();
      if (ahead > 0) await pause(ahead);
    }
    await Promise.all(under);
  })();
  await pause(3000);
  latencies = [];
  await pause(5000);
  const before = figures(latencies);

  latencies = [];
  const started = performance.now();
  cluster.restart(last);
  let installedMs;
  let votedMs;
  let state;
  while (votedMs === undefined && performance.now() - started < 60_000) {
    await pause(20);
    const status = await cluster.status(last).catch(() => undefined);
    if (status === undefined) continue;
    if (status.transfer) state = status.transfer;
    const { stateTransfers, preparesSent } = status.counters;
    const elapsed = performance.now() - started;
    if (stateTransfers > 0) installedMs ??= elapsed;
    if (stateTransfers > 0 && preparesSent > 0 && !status.transfer) votedMs = elapsed;
    if (status.transfer) note(`${(elapsed / 1000).toFixed(2)} s: ${JSON.stringify(status.transfer)}`);
  }
  const during = figures(latencies);
  latencies = [];
  await pause(3000);
  const after = figures(latencies);
  running = false;
  await load;
  const status = await cluster.status(last);
  const row = {
    validators,
    keys,
    ratePerSecond: rate,
    startToInstalledMs: installedMs ?? null,
    startToVotingMs: votedMs ?? null,
    stateTransfers: status.counters.stateTransfers,
    bytesTaken: status.counters.stateBytesTaken,
    entries: state?.entries ?? null,
    behind: (await cluster.status(0)).sequence - status.sequence,
    before,
    during,
    after,
  };
  const report = {
    machine: { cpu: cpus()[0]?.model ?? '', cores: cpus().length },
    versions: process.versions,
    settings: {},
    rows: [row],
  };
  if (values.json !== undefined && values.json !== '-')
    writeFileSync(values.json, `${JSON.stringify(report, null, 2)}\n`);
  process.stdout.write(`${JSON.stringify(row, null, 2)}\n`);
  process.exitCode = votedMs === undefined ? 1 : 0;
} finally {
  for (const client of clients) await client.close();
  await cluster.stop();
  rmSync(folder, { recursive: true, force: true });
}
