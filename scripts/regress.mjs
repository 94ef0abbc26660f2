// `node scripts/regress.mjs [BASE]`: is what is checked out slower than BASE (a revision; default: HEAD)?
//
// BASE is built in a temporary git worktree with this folder's node_modules. For each of --settings both sides have a
// cluster of their own, and take turns on this machine, the other's processes stopped: two turns are a pair, and which
// side begins changes from pair to pair, so that what disturbs the machine for longer than a turn disturbs both. The
// slowdown is the median of the pairs' ratios (of the p50 of commit latency, or of the time per transaction at a
// fixed number in flight), with its 95 % interval by order statistics. It is a regression where the slowdown is above
// --allow AND the interval excludes none: more than 10 % beyond noise. While the interval still holds the allowed
// slowdown more pairs follow, up to three times --pairs.
//
//   --settings LIST   latency:VOTES or throughput:VOTES, by commas. Default: latency:ed25519,latency:ml-dsa-87,throughput:channel
//   --pairs N         least pairs of turns for each setting (10)
//   --seconds S       measured in each turn (0.8)
//   --allow PERCENT   slowdown that passes (10)
//   --repeat N        do all of it so many times, with new clusters (1): with BASE = HEAD, how often it is wrong
//   --plant PERCENT   slow this side down by so much, calibrated first: shows that the check would see it
//   --no-build        take both sides as they are built (BASE: from this folder too, so that equals are compared)
//   --json FILE
//
// Exit code: 0 no regression, 1 a regression, 2 it could not be measured.
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';

const root = fileURLToPath(new URL('..', import.meta.url));
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    settings: { type: 'string', default: 'latency:ed25519,latency:ml-dsa-87,throughput:channel' },
    pairs: { type: 'string', default: '10' },
    seconds: { type: 'string', default: '0.8' },
    allow: { type: 'string', default: '10' },
    repeat: { type: 'string', default: '1' },
    plant: { type: 'string' },
    'no-build': { type: 'boolean', default: false },
    json: { type: 'string' },
    help: { type: 'boolean', default: false },
  },
});

const VALIDATORS = 4;
const OUTSTANDING = 256;
const CLIENTS = 4;
/** Before a turn, whose client is a new process, and before the first of all. */
const WARMUP_MS = Math.min(600, 1_000 * Number(values.seconds));
const FIRST_WARMUP_TURNS = 8;
/** Pairs for the calibration of a planted slowdown, and the least slowdown that it is read from. */
const CALIBRATION_PAIRS = 4;
const CALIBRATION_SLOWDOWN = 1.3;

class Unmeasured extends Error {}

const note = (line) => process.stderr.write(`${line}\n`);
const folder = mkdtempSync(join(tmpdir(), 'lockstep-regress-'));
const plantFile = join(folder, 'plant');
const clusters = new Set();

function git(...args) {
  const { status, stdout, stderr } = spawnSync('git', args, { cwd: root, encoding: 'utf8' });
  if (status !== 0) throw new Unmeasured(`git ${args.join(' ')}: ${stderr.trim()}`);
  return stdout.trim();
}

function build(dir) {
  const { status, stdout, stderr } = spawnSync(process.execPath, ['scripts/build.mjs'], {
    cwd: dir,
    encoding: 'utf8',
  });
  if (status !== 0) throw new Unmeasured(`${dir} does not build:\n${stdout}${stderr}`);
}

/** Builds BASE beside this; gives its folder. */
function checkOut(commit) {
  const base = join(folder, 'base');
  git('worktree', 'add', '--detach', base, commit);
  symlinkSync(join(root, 'node_modules'), join(base, 'node_modules'));
  const lock = (dir) => readFileSync(join(dir, 'package-lock.json'), 'utf8');
  if (lock(base) !== lock(root))
    note('the two depend on different packages; both run with those of this folder');
  // Kernels that are the same need not be compiled again: the build compares them with their sources.
  if (existsSync(join(root, 'wasm/build')))
    cpSync(join(root, 'wasm/build'), join(base, 'wasm/build'), { recursive: true, preserveTimestamps: true });
  note('building the base');
  build(base);
  return base;
}

async function load(name, dir) {
  const at = (path) => import(pathToFileURL(join(dir, 'dist', path)).href);
  const [{ LocalCluster }, { runLoad }] = [await at('cli/cluster.js'), await at('load/generator.js')];
  return { name, LocalCluster, runLoad };
}

const signal = async (cluster, name) => {
  for (let id = 0; id < VALIDATORS; id++) await cluster.kill(id, name);
};

async function startLane(side, auth, planted) {
  const cluster = await side.LocalCluster.make({
    folder: mkdtempSync(join(folder, `${side.name}-`)),
    validators: VALIDATORS,
    auth,
    app: 'kv',
    config: { logLevel: 'warn' },
  });
  clusters.add(cluster);
  if (planted) {
    cluster.nodeArguments = ['--import', new URL('regress-plant.mjs', import.meta.url).href];
    cluster.environment = { LOCKSTEP_PLANT: plantFile };
  }
  cluster.start();
  await cluster.waitReady();
  await signal(cluster, 'SIGSTOP');
  return { ...side, cluster, warm: false };
}

/** ms: of a commit at the median, or of the machine for a transaction. */
async function turn(lane, kind) {
  await signal(lane.cluster, 'SIGCONT');
  await lane.cluster.waitReady();
  const order = {
    kind,
    home: lane.cluster.folder,
    txAuth: 'ed25519',
    payloadBytes: 64,
    warmupMs: lane.warm ? WARMUP_MS : FIRST_WARMUP_TURNS * WARMUP_MS,
    durationMs: Number(values.seconds) * 1000,
    ...(kind === 'throughput' && { clients: CLIENTS, outstanding: OUTSTANDING }),
  };
  const { latency, throughputTps, committed, failed } = await lane.runLoad(order);
  await signal(lane.cluster, 'SIGSTOP');
  lane.warm = true;
  if (failed > 0 || committed === 0)
    throw new Unmeasured(`${lane.name}: ${failed} transactions failed, ${committed} committed`);
  return kind === 'latency' ? latency.p50Ms : 1000 / throughputTps;
}

async function pair(base, change, kind, changeFirst) {
  const times = new Map();
  for (const lane of changeFirst ? [change, base] : [base, change]) times.set(lane, await turn(lane, kind));
  return { baseMs: times.get(base), changeMs: times.get(change), ratio: times.get(change) / times.get(base) };
}

/** The busy wait, in µs, that slows this setting down by as much as was asked for. */
async function calibrate(base, change, kind, percent, median) {
  for (let waitUs = 200; ; waitUs *= 3) {
    writeFileSync(plantFile, String(waitUs));
    const ratios = [];
    for (let i = 0; i < CALIBRATION_PAIRS; i++)
      ratios.push((await pair(base, change, kind, i % 2 === 1)).ratio);
    const slowdown = median(ratios);
    if (slowdown < CALIBRATION_SLOWDOWN) continue;
    const wantedUs = (waitUs * percent) / 100 / (slowdown - 1);
    writeFileSync(plantFile, String(wantedUs));
    note(
      `  a wait of ${waitUs} µs for each write slows down by ${(100 * (slowdown - 1)).toFixed(0)} %; planted: ${wantedUs.toFixed(1)} µs`,
    );
    return wantedUs;
  }
}

async function check(setting, sides, { median, medianInterval }) {
  const [kind, auth] = setting.split(':');
  writeFileSync(plantFile, '0');
  const planted = values.plant !== undefined;
  const base = await startLane(sides.base, auth, false);
  const change = await startLane(sides.change, auth, planted);
  // The first turns warm both up.
  await pair(base, change, kind, false);
  const plantedWaitUs = planted ? await calibrate(base, change, kind, Number(values.plant), median) : 0;
  const least = Number(values.pairs);
  const allowed = 1 + Number(values.allow) / 100;
  const pairs = [];
  let slowdown;
  let interval;
  for (;;) {
    pairs.push(await pair(base, change, kind, pairs.length % 2 === 1));
    const { baseMs, changeMs } = pairs.at(-1);
    note(`  ${setting}, pair ${pairs.length}: ${baseMs.toFixed(3)} → ${changeMs.toFixed(3)} ms`);
    if (pairs.length < Math.max(2, least)) continue;
    slowdown = median(pairs.map(({ ratio }) => ratio));
    interval = medianInterval(pairs.map(({ ratio }) => ratio));
    const undecided = interval.low <= allowed && allowed <= interval.high;
    if (!undecided || pairs.length >= 3 * least) break;
  }
  for (const { cluster } of [base, change]) {
    await cluster.remove();
    clusters.delete(cluster);
  }
  const percent = (ratio) => 100 * (ratio - 1);
  return {
    setting,
    pairs: pairs.length,
    baseMs: median(pairs.map(({ baseMs }) => baseMs)),
    changeMs: median(pairs.map(({ changeMs }) => changeMs)),
    slowdownPercent: percent(slowdown),
    intervalPercent: [percent(interval.low), percent(interval.high)],
    coveragePercent: interval.coveragePercent,
    regression: slowdown > allowed && interval.low > 1,
    ...(planted && { plantedPercent: Number(values.plant), plantedWaitUs }),
    turns: pairs,
  };
}

async function tidy() {
  for (const cluster of clusters) await cluster.remove().catch(() => {});
  if (existsSync(join(folder, 'base'))) git('worktree', 'remove', '--force', join(folder, 'base'));
  rmSync(folder, { recursive: true, force: true });
}

async function main() {
  const settings = values.settings.split(',').map((one) => one.trim());
  const good = /^(latency|throughput):(channel|ed25519|ml-dsa-87|hybrid)$/;
  const bad = settings.find((one) => !good.test(one));
  if (bad !== undefined) throw new Unmeasured(`--settings takes such as latency:ed25519, not "${bad}"`);
  for (const name of ['pairs', 'seconds', 'allow', 'repeat', 'plant'])
    if (values[name] !== undefined && !(Number(values[name]) > 0))
      throw new Unmeasured(`--${name} takes a number above 0, not "${values[name]}"`);
  const commit = git('rev-parse', '--verify', `${positionals[0] ?? 'HEAD'}^{commit}`);
  if (!values['no-build']) {
    note('building what is checked out');
    build(root);
  }
  const baseDir = values['no-build'] ? root : checkOut(commit);
  const sides = { base: await load('base', baseDir), change: await load('change', root) };
  const dist = (path) => import(pathToFileURL(join(root, 'dist', path)).href);
  const statistics = await dist('cli/bench/statistics.js');
  const { describeMachine, machine, versions } = await dist('cli/bench/machine.js');
  note(describeMachine());
  const rows = [];
  let alarms = 0;
  for (let run = 0; run < Number(values.repeat); run++) {
    for (const setting of settings) {
      const row = await check(setting, sides, statistics);
      rows.push({ run, ...row });
      if (row.regression) alarms++;
      if (values.json !== undefined) {
        const { json: _, help: __, ...asked } = values;
        const equalBuilds = values['no-build'];
        const settingsOf = { command: 'scripts/regress.mjs', base: commit, equalBuilds, ...asked };
        const report = { machine: machine(), versions: versions(), settings: settingsOf, alarms, rows };
        writeFileSync(values.json, `${JSON.stringify(report, null, 2)}\n`);
      }
      const signed = (value) => `${value >= 0 ? '+' : '−'}${Math.abs(value).toFixed(1)}`;
      const [low, high] = row.intervalPercent.map(signed);
      process.stdout.write(
        `${row.regression ? 'SLOWER' : 'ok    '}  ${setting}: ${signed(row.slowdownPercent)} % [${low}, ${high}], ` +
          `${row.baseMs.toFixed(3)} → ${row.changeMs.toFixed(3)} ms, ${row.pairs} pairs` +
          `${row.plantedPercent ? `, ${row.plantedPercent} % planted` : ''}\n`,
      );
    }
  }
  if (rows.length > 1) process.stdout.write(`${alarms} of ${rows.length} checks found a regression\n`);
  return alarms > 0 ? 1 : 0;
}

if (values.help) {
  const text = readFileSync(fileURLToPath(import.meta.url), 'utf8');
  const head = text
    .split('\n')
    .filter((line, i, all) => line.startsWith('//') && all.findIndex((l) => !l.startsWith('//')) > i);
  process.stdout.write(`${head.map((line) => line.slice(3)).join('\n')}\n`);
} else {
  for (const name of ['SIGINT', 'SIGTERM']) process.on(name, () => void tidy().then(() => process.exit(2)));
  try {
    process.exitCode = await main();
  } catch (error) {
    note(error instanceof Unmeasured ? `regress: ${error.message}` : `regress: ${error.stack}`);
    process.exitCode = 2;
  } finally {
    await tidy();
  }
}
