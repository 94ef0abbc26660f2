// `node scripts/log-damage.mjs [--every 16] [--durability power] [--json [FILE]]` (after `npm run build`): what a validator
// does with a damaged vote log. A cluster works, one validator is killed with kill -9 under load, one is stopped in order,
// and then their logs are cut at every byte of their last records, and every byte of a record in the middle, of the last
// one and of the segment's header is flipped. Each log is read as a start reads it; every so many bytes `lockstep start`
// itself is run on it. A log is right if it starts with every record that the witness knows of, or is refused by name
// with the command that repairs it.
import { spawn } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { commandPath } from '../dist/cli/child.js';
import { LocalCluster } from '../dist/cli/cluster.js';
import { loadHome } from '../dist/cli/home.js';
import { writeJson } from '../dist/cli/output.js';
import { Client } from '../dist/client/index.js';
import { nodeFiles } from '../dist/storage/node-files.js';
import { examineVoteLog } from '../dist/storage/vote-log-repair.js';

const { values } = parseArgs({
  options: {
    every: { type: 'string', default: '16' },
    durability: { type: 'string', default: 'process' },
    json: { type: 'string' },
  },
});
const every = Number(values.every);
if (!Number.isInteger(every) || every < 1) {
  console.error('log-damage: --every is a whole number above 0');
  process.exit(2);
}
const { durability } = values;
const HEADER_BYTES = 68;
const RECORD_HEADER_BYTES = 12;
/** Records at the end that are cut through, byte by byte. */
const LAST_RECORDS = 4;
const note = (line) => process.stderr.write(`${line}\n`);
const folder = mkdtempSync(join(tmpdir(), 'lockstep-damage-'));
const cluster = await LocalCluster.make({
  folder: join(folder, 'net'),
  config: { logLevel: 'silent', durability },
});

/** Offsets of the records of a whole segment, and its end. */
function boundaries(bytes) {
  const out = [];
  let at = HEADER_BYTES;
  while (at + RECORD_HEADER_BYTES <= bytes.length) {
    const end = at + RECORD_HEADER_BYTES + bytes.readUInt32LE(at + 4);
    // Zeros are room for more.
    if (end > bytes.length || bytes.readUInt32LE(at + 8) === 0) break;
    out.push(at);
    at = end;
  }
  return { starts: out, end: at };
}

/** `started`, or the one line that says why not. */
function start(home) {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [
      commandPath(),
      'start',
      '--home',
      home,
      '--threads',
      '0',
      '--log-level',
      'silent',
    ]);
    let said = '';
    child.stdout.once('data', () => {
      child.kill('SIGKILL');
      said = 'started';
    });
    child.stderr.on('data', (data) => {
      said += data;
    });
    child.once('close', () => resolve(said));
  });
}

async function attack(name, home) {
  const { chain, paths } = await loadHome(home);
  const place = { files: nodeFiles, path: paths.voteLog, witness: paths.logWitness, chainId: chain.id };
  const file = join(paths.voteLog, readdirSync(paths.voteLog).sort().at(-1));
  const saved = join(folder, `${name}-data`);
  cpSync(paths.data, saved, { recursive: true });
  const whole = readFileSync(file);
  const { starts, end } = boundaries(whole);
  const { mark } = examineVoteLog(place);
  const middle = starts[Math.floor(starts.length / 2)];
  const after = starts[Math.floor(starts.length / 2) + 1];
  const cases = [];
  for (let at = starts.at(-LAST_RECORDS); at < end; at++)
    cases.push({ kind: 'cut', at, bytes: () => whole.subarray(0, at) });
  const flipped = (at) => {
    const bytes = Buffer.from(whole);
    bytes[at] ^= 1 + ((at * 37) % 255);
    return bytes;
  };
  const ranges = { header: [0, HEADER_BYTES], middle: [middle, after], last: [starts.at(-1), end] };
  for (const [kind, [from, to]] of Object.entries(ranges))
    for (let at = from; at < to; at++) cases.push({ kind, at, bytes: () => flipped(at) });

  const row = {
    log: name,
    records: starts.length,
    witnessBytes: mark?.length ?? 0,
    bytes: whole.length,
    cases: cases.length,
    clean: 0,
    refused: 0,
    byCode: {},
    processes: 0,
    wrong: [],
  };
  let told = Date.now();
  for (const [i, { kind, at, bytes }] of cases.entries()) {
    if (Date.now() - told > 2000) {
      told = Date.now();
      note(`${name}: ${i} of ${cases.length}, ${row.processes} of them started for real`);
    }
    writeFileSync(file, bytes());
    const { damage, scan } = examineVoteLog(place);
    if (damage === undefined) row.clean++;
    else row.refused++;
    const code = damage?.code ?? 'starts';
    row.byCode[`${kind}: ${code}`] = (row.byCode[`${kind}: ${code}`] ?? 0) + 1;
    const known = mark !== undefined && mark.generation === scan.generation ? mark.length : 0;
    const kept = kind === 'cut' ? starts.filter((_, n) => (starts[n + 1] ?? end) <= at).length : -1;
    const right =
      damage === undefined
        ? kind === 'cut' && scan.records === kept && scan.length >= known
        : ['log-damaged', 'too-new', 'wrong-chain'].includes(damage.code) &&
          (damage.code !== 'log-damaged' || damage.message.includes('lockstep repair'));
    if (!right) row.wrong.push(`${kind} at ${at}: ${damage?.message ?? 'starts'}`);
    if (i % every !== 0) continue;
    row.processes++;
    const said = await start(home);
    const expected =
      damage === undefined
        ? said === 'started'
        : said.includes(damage.message.split('. ')[0]) && /^lockstep: [^\n]+\n$/.test(said);
    if (!expected) row.wrong.push(`${kind} at ${at}, as a process: ${said}`);
    rmSync(paths.data, { recursive: true });
    cpSync(saved, paths.data, { recursive: true });
  }
  writeFileSync(file, whole);
  return row;
}

try {
  cluster.start();
  await cluster.waitReady();
  const client = await Client.connect({ home: cluster.folder });
  let written = 0;
  let running = true;
  const load = (async () => {
    for (; running; written++) await client.submit({ op: 'put', key: `key-${written}`, value: `${written}` });
  })();
  const until = async (count) => {
    while (written < count) await new Promise((resolve) => setTimeout(resolve, 5));
  };
  await until(120);
  await cluster.kill(1, 'SIGKILL');
  await until(150);
  running = false;
  await load;
  await client.close();
  await cluster.stop();
  const rows = [];
  for (const [name, id] of [
    ['killed', 1],
    ['stopped', 2],
  ])
    rows.push(await attack(name, cluster.homes[id]));
  const report = { versions: process.versions, settings: { every, durability }, rows };
  if (values.json !== undefined) writeJson(values.json === '' ? '-' : values.json, report);
  else process.stdout.write(`${JSON.stringify(rows, null, 2)}\n`);
  process.exitCode = rows.every(({ wrong }) => wrong.length === 0) ? 0 : 1;
} finally {
  await cluster.stop();
  rmSync(folder, { recursive: true, force: true });
}
