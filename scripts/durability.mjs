// `node scripts/durability.mjs [--auth ed25519] [--rounds 8] [--warmups 2] [--seconds 1.5] [--json [FILE]]` (after `npm run build`): what
// `durability: power` costs at the median of commit latency, in fdatasyncs, where the fast path commits and where it is
// switched off. Four clusters, `process` and `power` each with and without the fast path, are warmed up until medians no
// longer change (a processor that is busy compiling keeps whoever waited for the disk waiting for itself as well), and then
// take turns with one closed-loop client while the others' processes are stopped. The cost is the median of the rounds'
// differences, and a cost in fdatasyncs that of the differences in the same round's unit, for a machine's speed drifts. Before every turn the fdatasync itself is measured on the same disk: a record
// appended to a file and synced, by one process alone and by four at once, as four validators do; back to back, and with a
// pause before each, as between the votes of a closed loop, for a disk and a processor that rest are woken first. The
// validators time their own syncs as well (`vote_log_sync_ms` of /metrics): they and the client share the processors, and
// where those are few, a sync is mostly the wait for one of them after the disk has answered. What that wait is for a
// stranger is measured, too: syncs after a pause, beside a cluster of durability `process` and its client.
// The floor has a turn in each round as well: the bare messages of the same pattern between processes that do nothing but
// write a record before they send, and sync it for `power`. What `power` costs the floor is what these syncs cost on this
// machine with no code of ours between them.
// Last, each of them bears many transactions at once: the rate, and how late event loops were meanwhile.
// Targets: 2.5 fdatasyncs of one process alone, back to back, with the fast path, on which two wait for each other (the
// primary's, then the slowest backup's); 3.5 without, where a third does. Exit code 1 where one is missed; beside it stands what
// it is in the validators' own, and what the floor takes: where four validators share a disk and the processors, the floor itself may miss it.
import { fork } from 'node:child_process';
import { closeSync, fdatasyncSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

const RECORD_BYTES = 300;
const SYNCS = 300;
/** With a pause before each, ms. */
const PACED_SYNCS = 60;
const PAUSE_MS = 2;
const WARMUP_MS = 2_000;
/**
 * The longest warm-up of a turn, ms. Each turn has a new client, and validators that stood still: so much time would warm
 * them up less at `power`, where it holds fewer commits.
 */
const STEADY_WITHIN_MS = 10_000;
/** Many at once: transactions in flight, of how many clients, for how long. */
const LOAD = { clients: 8, outstanding: 256, warmupMs: 1_500, durationMs: 2_500 };
const VALIDATORS = 4;
/** A turn of the floor, ms. */
const FLOOR_MS = 700;
/** The unit that the targets are in: the strictest. */
const JUDGED = 'alone';

/** The middle of what was counted in buckets, linear within its bucket. */
function medianOf({ bounds, syncs }) {
  const half = syncs.reduce((sum, n) => sum + n, 0) / 2;
  let below = 0;
  for (const [i, n] of syncs.entries()) {
    const from = i === 0 ? 0 : bounds[i - 1];
    if (below + n >= half) return from + (((bounds[i] ?? from) - from) * (half - below)) / n;
    below += n;
  }
  return 0;
}

function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  const half = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
}

const sleeper = new Int32Array(new SharedArrayBuffer(4));

/** µs of each of so many appends with fdatasync, a new file each time. */
function syncs(folder, count, pauseMs = 0) {
  const path = join(folder, `sync-${process.pid}`);
  const file = openSync(path, 'a', 0o600);
  const record = Buffer.alloc(RECORD_BYTES, 0x5a);
  const took = [];
  for (let i = 0; i < count; i++) {
    if (pauseMs > 0) Atomics.wait(sleeper, 0, 0, pauseMs * (0.5 + Math.random()));
    const begun = performance.now();
    writeSync(file, record);
    fdatasyncSync(file);
    took.push((performance.now() - begun) * 1000);
  }
  closeSync(file);
  rmSync(path);
  return took;
}

if (process.send !== undefined) {
  process.once('message', ({ folder, count, pauseMs }) => {
    process.send(syncs(folder, count, pauseMs), () => process.disconnect());
  });
} else await main();

/** The same by several processes at once: all samples together. */
async function syncsAtOnce(folder, processes, count, pauseMs = 0) {
  const self = fileURLToPath(import.meta.url);
  const children = Array.from({ length: processes }, () => fork(self));
  const answers = children.map((child) => new Promise((resolve) => child.once('message', resolve)));
  for (const child of children) child.send({ folder, count, pauseMs });
  return (await Promise.all(answers)).flat();
}

async function main() {
  const { values } = parseArgs({
    options: {
      auth: { type: 'string', default: 'ed25519' },
      rounds: { type: 'string', default: '8' },
      // Rounds before those that count: a closed loop goes on getting faster for some seconds after a load.
      warmups: { type: 'string', default: '2' },
      seconds: { type: 'string', default: '1.5' },
      json: { type: 'string' },
    },
  });
  const { machine, versions } = await import('../dist/cli/bench/machine.js');
  const { floorPattern } = await import('../dist/cli/bench/patterns.js');
  const { LocalCluster } = await import('../dist/cli/cluster.js');
  const { writeJson, table } = await import('../dist/cli/output.js');
  const { Floor } = await import('../dist/load/floor.js');
  const { runLoad } = await import('../dist/load/generator.js');
  const note = (line) => process.stderr.write(`${line}\n`);
  const folder = mkdtempSync(join(tmpdir(), 'lockstep-durability-'));
  const contenders = [];
  const signal = async (cluster, name) => {
    for (let id = 0; id < VALIDATORS; id++) await cluster.kill(id, name);
  };
  const tidy = async () => {
    for (const { floor } of contenders) floor?.stop();
    await Promise.all(contenders.map(({ cluster }) => cluster.stop()));
    rmSync(folder, { recursive: true, force: true });
  };
  for (const name of ['SIGINT', 'SIGTERM']) process.on(name, () => void tidy().then(() => process.exit(1)));
  try {
    for (const fastPath of [true, false]) {
      for (const durability of ['process', 'power']) {
        const name = `${durability}${fastPath ? '' : ', no fast path'}`;
        note(`starting four validators: ${name}`);
        const cluster = await LocalCluster.make({
          folder: join(folder, name.replaceAll(/\W+/g, '-')),
          validators: VALIDATORS,
          auth: values.auth,
          parameters: { fastPath },
          config: { durability, logLevel: 'warn' },
        });
        const one = { name, fastPath, durability, cluster, p50Ms: [], p99Ms: [], floorP50Ms: [] };
        contenders.push(one);
        cluster.start();
        await cluster.waitReady();
        const load = { kind: 'throughput', clients: 8, outstanding: 8, warmupMs: 0, durationMs: WARMUP_MS };
        await runLoad({ ...load, home: cluster.folder, txAuth: 'ed25519', payloadBytes: 64 });
        await signal(cluster, 'SIGSTOP');
        const setting = { protocol: 'pbft', auth: values.auth, txAuth: 'ed25519' };
        one.floor = await Floor.start({
          validators: VALIDATORS,
          pattern: floorPattern({ ...setting, validators: VALIDATORS, payloadBytes: 64 }, fastPath),
          log: { folder, bytes: RECORD_BYTES, sync: durability === 'power' },
        });
        one.floor.pause();
      }
    }
    const durationMs = Number(values.seconds) * 1000;
    /** What an fdatasync took before each counted turn at `power`, and in it: medians, µs. */
    const unitsOf = new Map([true, false].map((on) => [on, []]));
    const timed = async (cluster) => {
      const all = [];
      for (let id = 0; id < VALIDATORS; id++) all.push((await cluster.status(id)).histograms.logSyncMs);
      return all.reduce((sum, one) => ({ ...one, counts: one.counts.map((n, i) => n + sum.counts[i]) }));
    };
    /** The event loop's lag since the last look, the worst of the four: at the median, at p99, and the longest. */
    const lagMs = async (cluster) => {
      const worst = [0, 0, 0];
      for (const url of cluster.urls) {
        const page = await (await fetch(`${url.replace(/^ws/, 'http')}/metrics`)).text();
        const found = [...page.matchAll(/event_loop_lag_ms\{[^}]*\} ([\d.e+-]+)/g)];
        for (const [i, [, ms]] of found.entries()) worst[i] = Math.max(worst[i], Number(ms));
      }
      return worst;
    };
    const fast = [];
    for (let round = -Number(values.warmups); round < Number(values.rounds); round++) {
      for (const one of round % 2 === 0 ? contenders : contenders.toReversed()) {
        const units = {
          alone: median(syncs(folder, SYNCS)),
          atOnce: median(await syncsAtOnce(folder, VALIDATORS, SYNCS)),
          alonePaced: median(syncs(folder, PACED_SYNCS, PAUSE_MS)),
          atOncePaced: median(await syncsAtOnce(folder, VALIDATORS, PACED_SYNCS, PAUSE_MS)),
        };
        one.floor.resume();
        const floor = await one.floor.measure({ warmupMs: 300, durationMs: FLOOR_MS });
        one.floor.pause();
        await signal(one.cluster, 'SIGCONT');
        const order = { kind: 'latency', home: one.cluster.folder, txAuth: 'ed25519', payloadBytes: 64 };
        const before = await timed(one.cluster);
        const warmUp = { warmupMs: round < 0 ? 2_000 : 1_000, steadyWithinMs: STEADY_WITHIN_MS };
        const { latency, failed } = await runLoad({ ...order, ...warmUp, durationMs });
        if (round >= 0 && one.durability === 'power') {
          const after = await timed(one.cluster);
          const fresh = after.counts.map((n, i) => n - before.counts[i]);
          const inValidators = medianOf({ bounds: after.bounds, syncs: fresh }) * 1000;
          unitsOf.get(one.fastPath).push({ ...units, inValidators });
        }
        if (failed > 0) throw new Error(`${one.name}: ${failed} transactions failed`);
        if (round >= 0) {
          one.p50Ms.push(latency.p50Ms);
          one.floorP50Ms.push(floor.p50Ms);
          one.p99Ms.push(latency.p99Ms);
        }
        if (one.durability === 'power') {
          const { counters } = await one.cluster.status(0);
          fast.push([one.fastPath, counters.fastPath, counters.finalizedSlots]);
        }
        await signal(one.cluster, 'SIGSTOP');
        note(
          `${round < 0 ? 'warming up' : `round ${round + 1}`}, ${one.name}: p50 ${latency.p50Ms.toFixed(3)} ms, floor ${floor.p50Ms.toFixed(3)}`,
        );
      }
    }
    /** By a stranger, while validators of durability `process` and a client have the processors, and the disk is free. */
    const besideLoad = [];
    for (const { durability, cluster } of contenders) {
      if (durability !== 'process') continue;
      await signal(cluster, 'SIGCONT');
      const order = { kind: 'latency', home: cluster.folder, txAuth: 'ed25519', payloadBytes: 64 };
      let over = false;
      const load = runLoad({ ...order, warmupMs: 500, durationMs: 2 * durationMs }).finally(() => {
        over = true;
      });
      await new Promise((resolve) => setTimeout(resolve, 1_000));
      const count = Math.floor((1.5 * durationMs) / PAUSE_MS / 2);
      const took = await syncsAtOnce(folder, 1, count, PAUSE_MS);
      if (over) note('the load ended before the syncs beside it');
      else besideLoad.push(...took);
      await load;
      await signal(cluster, 'SIGSTOP');
    }
    const loaded = [];
    for (const { name, durability, fastPath, cluster } of contenders) {
      await signal(cluster, 'SIGCONT');
      const order = { kind: 'throughput', home: cluster.folder, txAuth: 'ed25519', payloadBytes: 64 };
      await lagMs(cluster);
      const { throughputTps, latency } = await runLoad({ ...order, ...LOAD });
      const [lagP50Ms, lagP99Ms, lagMaxMs] = await lagMs(cluster);
      loaded.push({
        durability,
        fastPath,
        throughputTps,
        p50Ms: latency.p50Ms,
        lagP50Ms,
        lagP99Ms,
        lagMaxMs,
      });
      await signal(cluster, 'SIGSTOP');
      note(`${LOAD.outstanding} at once, ${name}: ${throughputTps.toFixed(0)} tx/s`);
    }
    const rows = [true, false].map((fastPath) => {
      const of = (durability) =>
        contenders.find((c) => c.fastPath === fastPath && c.durability === durability);
      const [inProcess, inPower] = [of('process').p50Ms, of('power').p50Ms];
      const less = (power, process) => power.map((ms, round) => (ms - process[round]) * 1000);
      const costsUs = less(inPower, inProcess);
      const floorCostsUs = less(of('power').floorP50Ms, of('process').floorP50Ms);
      const costUs = median(costsUs);
      const target = fastPath ? 2.5 : 3.5;
      const [, fastSlots, slots] = fast.filter(([on]) => on === fastPath).at(-1);
      const measured = unitsOf.get(fastPath);
      const units = {};
      const inUnits = {};
      const floorInUnits = {};
      for (const name of Object.keys(measured[0])) {
        units[name] = median(measured.map((round) => round[name]));
        inUnits[name] = median(measured.map((round, i) => costsUs[i] / round[name]));
        floorInUnits[name] = median(measured.map((round, i) => floorCostsUs[i] / round[name]));
      }
      if (besideLoad.length > 0) {
        units.besideLoad = median(besideLoad);
        inUnits.besideLoad = costUs / units.besideLoad;
        floorInUnits.besideLoad = median(floorCostsUs) / units.besideLoad;
      }
      return {
        fastPath,
        fastShare: (fastSlots ?? 0) / slots,
        processP50Ms: median(inProcess),
        powerP50Ms: median(inPower),
        costUs,
        costsUs,
        floorProcessP50Ms: median(of('process').floorP50Ms),
        floorPowerP50Ms: median(of('power').floorP50Ms),
        floorCostUs: median(floorCostsUs),
        floorCostsUs,
        fdatasyncUs: units,
        fdatasyncsUs: measured,
        costInFdatasyncs: inUnits,
        floorCostInFdatasyncs: floorInUnits,
        target,
        met: inUnits[JUDGED] <= target,
      };
    });
    const { json, ...flags } = values;
    const settings = { command: 'scripts/durability.mjs', ...flags, validators: VALIDATORS };
    const report = { machine: machine(), versions: versions(), settings, rows, loaded };
    if (json !== undefined) writeJson(json || '-', report);
    note(
      table(
        [
          'fast path',
          'commits by it',
          'process p50, ms',
          'power p50, ms',
          'cost, µs',
          "the floor's cost, µs",
        ],
        rows.map((row) => [
          row.fastPath ? 'on' : 'off',
          `${(100 * row.fastShare).toFixed(0)} %`,
          row.processP50Ms.toFixed(3),
          row.powerP50Ms.toFixed(3),
          row.costUs.toFixed(0),
          row.floorCostUs.toFixed(0),
        ]),
      ),
    );
    const names = {
      alone: 'one process, back to back',
      atOnce: 'four at once, back to back',
      alonePaced: 'one process, after a pause',
      atOncePaced: 'four at once, after a pause',
      ...(besideLoad.length > 0 && { besideLoad: 'after a pause, beside four validators of `process`' }),
      inValidators: 'in the validators',
    };
    note(
      table(
        ['an fdatasync', 'µs', 'cost with the fast path', 'without', 'the floor with it', 'without'],
        Object.entries(names).map(([unit, name]) => [
          name,
          [...new Set(rows.map((row) => row.fdatasyncUs[unit].toFixed(0)))].join(', '),
          ...rows.map((row) => row.costInFdatasyncs[unit].toFixed(2)),
          ...rows.map((row) => row.floorCostInFdatasyncs[unit].toFixed(2)),
        ]),
      ),
    );
    note(
      table(
        [`${LOAD.outstanding} at once`, 'fast path', 'tx/s', 'p50, ms', 'lag p50, ms', 'lag p99', 'longest'],
        loaded.map((row) => [
          row.durability,
          row.fastPath ? 'on' : 'off',
          row.throughputTps.toFixed(0),
          ...[row.p50Ms, row.lagP50Ms, row.lagP99Ms, row.lagMaxMs].map((ms) => ms.toFixed(1)),
        ]),
      ),
    );
    for (const { fastPath, target, met, costInFdatasyncs, floorCostInFdatasyncs } of rows)
      note(
        `${fastPath ? 'fast path' : 'no fast path'}: ${costInFdatasyncs[JUDGED].toFixed(2)} of at most ${target} ${met ? '✓' : '✗'}, the floor ${floorCostInFdatasyncs[JUDGED].toFixed(2)}; in the validators' own ${costInFdatasyncs.inValidators.toFixed(2)}`,
      );
    process.exitCode = rows.every(({ met }) => met) ? 0 : 1;
  } finally {
    await tidy();
  }
}
