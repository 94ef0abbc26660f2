// `node scripts/disk-full.mjs [--megabytes 24] [--json [FILE]]` (after `npm run build`, as root on Linux): the disk of one validator of
// four fills up under load, and is emptied again. Its data lies on a tmpfs of so many megabytes, which a file of ballast
// fills. Prints what the validator said and when, and whether the others went on and all agree in the end.
import { execFileSync } from 'node:child_process';
import {
  closeSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  statfsSync,
  writeSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { LocalCluster } from '../dist/cli/cluster.js';
import { writeJson } from '../dist/cli/output.js';
import { Client } from '../dist/client/index.js';

const { values } = parseArgs({
  options: { megabytes: { type: 'string', default: '24' }, json: { type: 'string' } },
});
const megabytes = Number(values.megabytes);
const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
const note = (line) => process.stderr.write(`${line}\n`);
const folder = mkdtempSync(join(tmpdir(), 'lockstep-full-'));
const cluster = await LocalCluster.make({
  folder: join(folder, 'net'),
  parameters: { checkpointInterval: 16, window: 64 },
  config: { logLevel: 'info', logCompactBytes: 4 << 20 },
});
const victim = 2;
const data = join(cluster.homes[victim], 'data');
const ballast = join(data, 'ballast');
const begun = performance.now();
const events = [];
const event = (what) => {
  const atMs = Math.round(performance.now() - begun);
  events.push({ atMs, what });
  note(`${(atMs / 1000).toFixed(2)} s  ${what}`);
};

/** Every byte that the file system gives. */
function fill() {
  const fd = openSync(ballast, 'a');
  for (let piece = 1 << 20; piece >= 1; ) {
    try {
      writeSync(fd, Buffer.alloc(piece));
    } catch {
      piece = Math.floor(piece / 4);
    }
  }
  closeSync(fd);
}

let mounted = false;
let client;
const tidy = async () => {
  await client?.close();
  await cluster.stop();
  if (mounted) execFileSync('umount', [data]);
  mounted = false;
  rmSync(folder, { recursive: true, force: true });
};
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => void tidy().then(() => process.exit(1)));
try {
  renameSync(data, `${data}.moved`);
  mkdirSync(data);
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${megabytes}m`, 'tmpfs', data]);
  } catch {
    console.error('disk-full: mounting a tmpfs needs root on Linux');
    process.exit(2);
  }
  mounted = true;
  execFileSync('cp', ['-a', `${data}.moved/.`, data]);
  let death;
  cluster.onDeath = (id, exit) => {
    death = { id, ...exit };
    event(`v${id} ended: ${exit.lastLine}`);
  };
  cluster.start();
  await cluster.waitReady();
  client = await Client.connect({ home: cluster.folder });
  let commits = 0;
  let running = true;
  const load = (async () => {
    for (let i = 0; running; i++) {
      await client.submit({ op: 'put', key: `key-${i % 200}`, value: `${i}`.padEnd(2000, '.') });
      commits++;
    }
  })();
  const reasons = async () => cluster.readiness(victim);
  await pause(1500);
  event(`${commits} commits; v${victim} is ${await reasons()}; the disk fills up`);
  let filling = true;
  const filler = (async () => {
    while (filling) {
      fill();
      await pause(20);
    }
  })();
  const full = performance.now();
  let noticed;
  while (noticed === undefined && performance.now() - full < 20_000 && death === undefined) {
    const reason = await reasons();
    if (reason !== 'ok' && !/behind|catching/.test(reason)) noticed = reason;
    await pause(20);
  }
  const noticedMs = performance.now() - full;
  event(`v${victim} says: ${noticed}`);
  const before = commits;
  await pause(4000);
  const meanwhile = commits - before;
  event(`${meanwhile} commits in 4 s without it; v${victim} is ${cluster.alive(victim) ? 'up' : 'down'}`);
  filling = false;
  await filler;
  rmSync(ballast);
  event(`there is space again: ${((statfsSync(data).bavail * statfsSync(data).bsize) / 1e6).toFixed(1)} MB`);
  const freed = performance.now();
  if (!cluster.alive(victim)) cluster.restart(victim);
  let votesMs;
  while (votesMs === undefined && performance.now() - freed < 30_000) {
    if ((await reasons()) === 'ok') votesMs = performance.now() - freed;
    else await pause(20);
  }
  event(`v${victim} votes again`);
  await pause(1000);
  running = false;
  await load;
  let agreed = false;
  for (let i = 0; i < 200 && !agreed; i++) {
    const all = await Promise.all(cluster.homes.map((_, id) => cluster.status(id)));
    agreed = new Set(all.map(({ header }) => header)).size === 1;
    if (!agreed) await pause(50);
  }
  const log = readFileSync(join(cluster.homes[victim], 'validator.log'), 'utf8').split(/(?=\{"level")|\n/);
  const said = log.flatMap((line) => (line.startsWith('{') && line.endsWith('}') ? [JSON.parse(line)] : []));
  const about = said
    .map(({ msg }) => msg)
    .filter((msg) => /does not vote|space on the disk|not saved|stops/.test(msg ?? ''));
  const row = {
    megabytes,
    noticedMs,
    reason: noticed,
    commitsWhileFull: meanwhile,
    died: death !== undefined,
    freedToVotingMs: votesMs ?? null,
    agreed,
    lines: about,
  };
  const report = { versions: process.versions, settings: {}, rows: [row], events };
  if (values.json !== undefined) writeJson(values.json === '' ? '-' : values.json, report);
  else process.stdout.write(`${JSON.stringify(row, null, 2)}\n`);
  process.exitCode = agreed && votesMs !== undefined && death === undefined ? 0 : 1;
} finally {
  await tidy();
}
