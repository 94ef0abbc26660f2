/** What an operator meets after a damaged disk, with the commands and processes that he would run. */

import { spawn, spawnSync } from 'node:child_process';
import {
  chmodSync,
  chownSync,
  cpSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { crc32 } from 'node:zlib';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { commandPath } from '../../src/cli/child.ts';
import { LocalCluster } from '../../src/cli/cluster.ts';
import { makeClusterFolder } from '../../src/cli/cluster-homes.ts';
import { inspectHome } from '../../src/cli/inspection.ts';
import { Client } from '../../src/client/index.ts';
import { runHere } from '../cli/in-process.ts';

let folder: string;
let cluster: LocalCluster;
/** A home as its validator left it, and the copy that a test may spoil. */
let original: string;
let home: string;

function lockstep(...args: string[]) {
  const done = spawnSync(process.execPath, [commandPath(), ...args], { encoding: 'utf8', timeout: 20_000 });
  return { ...done, json: () => JSON.parse(done.stdout) };
}

/** The same command line without a process of its own. */
const here = (...args: string[]) => runHere(folder, args);

const inspect = (dir = home) => inspectHome(dir);

/** Every file of a folder with its bytes, but for what a look at it may leave. */
function contents(dir: string): Map<string, string> {
  const names = readdirSync(dir, { recursive: true, encoding: 'utf8' });
  const files = names.filter((name) => statSync(join(dir, name)).isFile() && !/lock/.test(name)).sort();
  return new Map(files.map((name) => [name, readFileSync(join(dir, name)).toString('latin1')]));
}

const votes = () => join(home, 'data', 'votes');
const segment = () => join(votes(), readdirSync(votes()).sort().at(-1)!);
const change = (file: string, edit: (bytes: Buffer) => Buffer) =>
  writeFileSync(file, edit(readFileSync(file)));

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'lockstep-recovery-'));
  cluster = await LocalCluster.make({
    folder: join(folder, 'net'),
    auth: 'channel',
    parameters: { checkpointInterval: 8, window: 32 },
    config: { logLevel: 'silent', logCompactBytes: 1 << 20 },
  });
  cluster.start();
  await cluster.waitReady();
  const client = await Client.connect({ home: cluster.folder });
  // Enough to have each log replaced by a snapshot, and more.
  for (let i = 0; i < 80; i++)
    await client.submit({ op: 'put', key: `key${i}`, value: `${i}`.padEnd(20_000, '.') });
  await client.close();
  // The client has its answers from two; the others, and what is written off the path, may be behind.
  for (const dir of cluster.homes) {
    const settled = async () => {
      const { store, voteLog, snapshots } = await inspectHome(dir);
      expect(store!.checkpoint).toBeGreaterThan(60);
      expect(voteLog!.generation).toBeGreaterThan(1);
      expect(snapshots.length).toBeGreaterThan(0);
    };
    await vi.waitFor(settled, { timeout: 20_000, interval: 200 });
  }
}, 60_000);

afterAll(async () => {
  await cluster.stop();
  rmSync(folder, { recursive: true, force: true });
});

describe('a validator that runs', { timeout: 90_000 }, () => {
  it('is inspected and not disturbed, and neither started twice nor repaired', async () => {
    const dir = cluster.homes[0]!;
    const found = await inspect(dir);
    expect(found.problems).toEqual([]);
    expect(found.inUseBy).toBe(cluster.pid(0));
    expect(found.chain).toMatchObject({ protocol: 'pbft', validators: ['v0', 'v1', 'v2', 'v3'] });
    expect(found.validator).toMatchObject({ name: 'v0', durability: 'process' });
    expect(found.voteLog!.generation).toBeGreaterThan(1);
    expect(found.snapshots.length).toBeGreaterThan(0);
    expect(found.store!.checkpoint).toBeGreaterThan(60);
    for (const command of [
      ['start', '--home', dir],
      ['repair', dir],
    ]) {
      const refused = lockstep(...command);
      expect(refused.status, command.join(' ')).toBe(2);
      expect(refused.stderr).toMatch(
        new RegExp(`^lockstep: .* is in use by process ${cluster.pid(0)}; stop .*\n$`),
      );
    }
    expect(await cluster.readiness(0)).toBe('ok');
    await cluster.stop();
    original = cluster.homes[1]!;
  });
});

describe('a home', { timeout: 90_000 }, () => {
  beforeEach(() => {
    home = mkdtempSync(join(folder, 'home-'));
    cpSync(original, home, { recursive: true });
  });

  it('that is whole has nothing to repair, and is not changed by looking', async () => {
    const before = contents(home);
    expect((await inspect()).problems).toEqual([]);
    expect((await here('repair', home, '--dry-run')).stdout).toMatch(/^nothing to repair/);
    expect((await here('repair', home)).stdout).toMatch(/^nothing to repair/);
    expect(contents(home)).toEqual(before);
    const text = (await here('inspect', home)).stdout;
    expect(text).toMatch(/chain +local .*pbft/);
    expect(text).toMatch(/witness +[\d.,]+ (MB|bytes) of generation/);
    expect(text).toMatch(/nothing is wrong with it\n$/);
  });

  it('that everybody may write to is not started, and inspection says so as well', async () => {
    chmodSync(votes(), 0o777);
    const refused = lockstep('start', '--home', home);
    expect(refused.status).toBe(2);
    const said = refused.stderr.replace(/^lockstep: |\n$/g, '');
    expect((await inspect()).problems).toEqual([{ code: 'bad-config', message: said }]);
    expect(spawnSync('sh', ['-c', /`(chmod [^`]+)`/.exec(said)![1]!]).status).toBe(0);
    expect((await inspect()).problems).toEqual([]);
  });

  it('whose log is damaged in the middle stops with what happened, what is safe, and the command, which mends it', async () => {
    change(segment(), (bytes) => {
      bytes[Math.floor(bytes.length / 2)]! ^= 1;
      return bytes;
    });
    const stopped = lockstep('start', '--home', home);
    expect(stopped.status).toBe(1);
    expect(stopped.stderr).toMatch(/a record of \d+ bytes does not match its checksum at byte \d+/);
    expect(stopped.stderr).toMatch(/the ledger and the keys are safe/);
    const command = /`lockstep ([^`]*)`/.exec(stopped.stderr)![1]!;
    expect(command).toBe(`repair --home ${home}`);
    expect((await inspect()).problems).toMatchObject([{ code: 'log-damaged' }]);
    expect((await here('inspect', home)).status).toBe(1);

    const before = contents(home);
    const plan = (await here('repair', home, '--dry-run', '--json')).json();
    expect(contents(home)).toEqual(before);
    expect(plan.repairs).toMatchObject([{ what: 'vote log', aside: null }]);

    const done = lockstep(...command.split(' '), '--json').json();
    expect(done.repairs[0].keptRecords).toBe(plan.repairs[0].keptRecords);
    expect(done).toMatchObject({ forgotten: true, reason: expect.stringContaining('checksum') });
    const found = await inspect();
    expect(found.problems).toEqual([]);
    expect(found.incarnation).toMatchObject({ forgotten: true, token: done.token });
    expect(found.voteLog!.records).toBe(done.repairs[0].keptRecords);
    expect(found.aside).toEqual([done.repairs[0].aside]);
    expect((await here('repair', home)).stdout).toMatch(/^nothing to repair .* forgetful already/);
  });

  it('whose last whole record is missing is found out by the witness', async () => {
    const { voteLog } = await inspect();
    // Another log of the same home, shorter: as a restored copy would be.
    const bytes = readFileSync(segment());
    let end = 68;
    let last = end;
    while (end < voteLog!.segments.at(-1)!.wholeBytes) {
      last = end;
      end += 12 + bytes.readUInt32LE(end + 4);
    }
    writeFileSync(segment(), bytes.subarray(0, last));
    const stopped = lockstep('start', '--home', home);
    expect(stopped.stderr).toMatch(/the log ends \d+ bytes before the end of what was written and synced/);
    expect(stopped.stderr).toContain(`lockstep repair --home ${home}`);
    expect((await here('repair', home, '--json')).json().repairs[0].keptRecords).toBe(voteLog!.records - 1);
  });

  it('whose log is gone, or an old copy, is refused and mended alike', async () => {
    rmSync(votes(), { recursive: true });
    expect(lockstep('start', '--home', home).stderr).toMatch(/the folder of the vote log is missing/);
    expect((await here('repair', home, '--json')).json()).toMatchObject({ forgotten: true });
    expect(await inspect()).toMatchObject({ problems: [], voteLog: { records: 0 } });
  });

  it('with a damaged snapshot, history, or mark has each mended for what it is', async () => {
    const snapshots = join(home, 'data', 'snapshots');
    change(join(snapshots, readdirSync(snapshots).sort().at(-1)!), (bytes) => bytes.subarray(0, 9999));
    expect(lockstep('start', '--home', home).stderr).toContain(`lockstep repair --home ${home}`);
    change(join(home, 'data', 'store', 'data.mdb'), (bytes) => bytes.fill(0xee, 0, 8192));
    const { problems } = await inspect();
    expect(problems.map(({ code }) => code).sort()).toEqual(['snapshot-damaged', 'store-damaged']);
    const done = (await here('repair', home, '--json')).json();
    expect(done.repairs.map(({ what }: { what: string }) => what)).toEqual(['snapshot', 'history']);
    expect(done.forgotten).toBe(false);
    expect((await inspect()).problems).toEqual([]);

    writeFileSync(join(home, 'data', 'incarnation.json'), '{"version":');
    expect(lockstep('start', '--home', home).status).toBe(1);
    expect((await here('repair', home, '--dry-run')).stdout).toMatch(/incarnation: .*\n.*new incarnation/);
    expect((await here('repair', home, '--json')).json().forgotten).toBe(true);
  });

  it('of another chain, or written by a newer program, is refused by start and left alone by repair', async () => {
    const other = await makeClusterFolder({ folder: join(folder, `other-${Date.now()}`) });
    const [mine, theirs] = [join(home, 'genesis.json'), join(other.homes[1]!, 'genesis.json')];
    renameSync(mine, `${mine}.mine`);
    cpSync(theirs, mine);
    const keys = join(home, 'keys.json');
    renameSync(keys, `${keys}.mine`);
    cpSync(join(other.homes[1]!, 'keys.json'), keys);
    const before = contents(home);
    for (const command of [
      ['start', '--home', home],
      ['repair', home],
    ]) {
      const refused = lockstep(...command);
      expect(refused.status, refused.stderr).toBe(2);
      expect(refused.stderr).toMatch(/belongs to chain [0-9a-f]+…, the genesis of this home is chain/);
    }
    expect(contents(home)).toEqual(before);
    renameSync(`${mine}.mine`, mine);
    renameSync(`${keys}.mine`, keys);

    change(segment(), (bytes) => {
      bytes.writeUInt32LE(99, 8);
      bytes.writeUInt32LE(crc32(bytes.subarray(0, 64)), 64);
      return bytes;
    });
    for (const command of [
      ['start', '--home', home],
      ['repair', home],
    ]) {
      const refused = lockstep(...command);
      expect(refused.status, refused.stderr).toBe(2);
      expect(refused.stderr).toMatch(/has log format 99; this release reads format 2/);
    }

    // Its promises are not to be given up because an older program cannot read who it is.
    cpSync(join(original, 'data'), join(home, 'data'), { recursive: true });
    const mark = { version: 2, token: 'a'.repeat(32), forgotten: false, reason: '' };
    writeFileSync(join(home, 'data', 'incarnation.json'), JSON.stringify(mark));
    const kept = contents(home);
    for (const command of [
      ['start', '--home', home],
      ['repair', home],
      ['rejoin', '--home', home],
    ]) {
      const refused = lockstep(...command);
      expect(refused.status, refused.stderr).toBe(2);
      expect(refused.stderr).toMatch(/incarnation.json has format 2; this release reads format 1/);
      expect(contents(home)).toEqual(kept);
    }
  });

  it.runIf(process.geteuid?.() === 0)(
    'of another user still belongs to that user after root has mended it',
    async () => {
      change(segment(), (bytes) => {
        bytes[200]! ^= 1;
        return bytes;
      });
      const owner = 65_534;
      const all = () => [
        home,
        ...readdirSync(home, { recursive: true, encoding: 'utf8' }).map((name) => join(home, name)),
      ];
      for (const path of all()) chownSync(path, owner, owner);
      expect(await here('repair', home)).toMatchObject({ status: 0 });
      expect(existsSync(join(home, 'data', 'incarnation.json'))).toBe(true);
      for (const path of all()) expect(statSync(path).uid, path).toBe(owner);
      expect(await here('rejoin', '--home', home)).toMatchObject({ status: 0 });
      for (const path of all()) expect(statSync(path).uid, path).toBe(owner);
    },
  );

  it('is left to be repaired again by a repair that was killed', async () => {
    change(segment(), (bytes) => {
      bytes[200]! ^= 1;
      return bytes;
    });
    // Killed at whatever it is doing; it takes some 200 ms, of which the start of Node is the most.
    for (const delayMs of [120, 180, 240]) {
      const child = spawn(process.execPath, [commandPath(), 'repair', home], { stdio: 'ignore' });
      await new Promise((resolve) => setTimeout(resolve, delayMs));
      child.kill('SIGKILL');
      await new Promise((resolve) => child.once('close', resolve));
      const { incarnation, problems } = await inspect();
      expect(incarnation!.forgotten || problems.length > 0).toBe(true);
    }
    await here('repair', home);
    expect(await inspect()).toMatchObject({ problems: [], incarnation: { forgotten: true } });
    expect(existsSync(join(home, 'lock'))).toBe(false);
  });
});

it('needs a home that is one, and says so in one line', async () => {
  for (const [args, message] of [
    [['repair'], /needs a home: lockstep repair DIR/],
    [['inspect', '/tmp'], /has no config.yaml/],
  ] as const) {
    const refused = lockstep(...args);
    expect(refused.status).toBe(2);
    expect(refused.stderr).toMatch(message);
    expect(refused.stderr).toMatch(/^lockstep: [^\n]+\n$/);
  }
});
