import { type SpawnSyncReturns, spawnSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { commandPath } from '../../src/cli/child.ts';
import { makeClusterFolder } from '../../src/cli/cluster-homes.ts';
import { lockHome } from '../../src/storage/home-lock.ts';
import { runHere } from './in-process.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'lockstep-cli-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** Runs the built command as a user does. */
function lockstep(...args: string[]): SpawnSyncReturns<string> {
  return spawnSync(process.execPath, [commandPath(), ...args], {
    encoding: 'utf8',
    cwd: folder,
    timeout: 20_000,
  });
}

/** The same command line without a process of its own. */
const here = (...args: string[]) => runHere(folder, args);

/** One clear line, exit code 2, no stack trace. */
function expectMistake(
  result: Pick<SpawnSyncReturns<string>, 'status' | 'stdout' | 'stderr'>,
  message: RegExp,
): void {
  expect(result.stderr).toMatch(message);
  expect(result.stderr).toMatch(/^lockstep: [^\n]+\n$/);
  expect(result.stderr).not.toMatch(/\bat .*\.js:\d+/);
  expect(result.stdout).toBe('');
  expect(result.status).toBe(2);
}

describe('lockstep', () => {
  it('says what it is', () => {
    const help = lockstep('--help');
    expect(help.status).toBe(0);
    expect(help.stdout).toMatch(/testnet .*\n[\s\S]*Exit codes/);
    const { version } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8'));
    expect(lockstep('--version').stdout).toBe(`${version}\n`);
    expect(lockstep('help', 'init').stdout).toBe(lockstep('init', '--help').stdout);
    expect(lockstep().status).toBe(2);
  });

  it('refuses an unknown command and an unknown flag', () => {
    expectMistake(lockstep('testnte'), /unknown command "testnte"; did you mean testnet\?/);
    expectMistake(lockstep('constructor'), /unknown command/);
    expectMistake(
      lockstep('testnet', '--validatos', '4'),
      /unknown flag --validatos; did you mean --validators\?/,
    );
  });

  it('refuses three validators with the reason', () => {
    expectMistake(lockstep('testnet', '--validators', '3'), /f ≥ 1 needs n ≥ 4/);
    expect(readdirSync(folder)).toEqual([]);
  });

  it('refuses a port that is taken, and says which', async () => {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as { port: number };
    // The third of four validators would listen there.
    expectMistake(
      lockstep('testnet', '--port', String(port - 2)),
      new RegExp(`port ${port} of 127.0.0.1 is taken; .*--port`),
    );
    server.close();
  });

  it('refuses to start a cluster again as another', async () => {
    await makeClusterFolder({ folder: join(folder, 'net') });
    expectMistake(
      lockstep('testnet', '--home', 'net', '--auth', 'hybrid'),
      /holds a cluster with --auth channel, not hybrid/,
    );
  });

  it('takes other keys of the genesis and of the homes, and leaves nothing behind where they are refused', async () => {
    const testnet = (...set: string[]) =>
      here('testnet', '--protocol', 'hotstuff', ...set.flatMap((key) => ['--set', key]));
    expectMistake(await testnet('protocol=raft'), /--set protocol: use --protocol/);
    expectMistake(await testnet('peers.v1=ws://x'), /--set peers.v1: a testnet gives that itself/);
    const held = () => readdirSync(tmpdir()).filter((name) => name.startsWith('lockstep-testnet-'));
    const before = new Set(held());
    expectMistake(
      await testnet('protocolParameters.commit=4'),
      /must be one of two-chain, three-chain, not 4/,
    );
    expectMistake(await testnet('threads=900'), /threads must be "auto" or a whole number/);
    const left = held().filter((name) => !before.has(name) && readdirSync(join(tmpdir(), name)).length === 0);
    expect(left).toEqual([]);
    const { genesis, homes } = await makeClusterFolder({
      folder: join(folder, 'net'),
      protocol: 'hotstuff',
      set: [
        ['protocolParameters.commit', 'three-chain'],
        ['parameters.window', 512],
        ['threads', 0],
      ],
    });
    expect(genesis.protocolParameters).toEqual({ commit: 'three-chain', leader: 'stable' });
    expect(genesis.parameters.window).toBe(512);
    for (const home of homes)
      expect(readFileSync(join(home, 'config.yaml'), 'utf8')).toMatch(/^threads: 0$/m);
    expectMistake(
      await here('testnet', '--home', join(folder, 'net'), '--set', 'threads=1'),
      /leave --set out/,
    );
  });

  it('refuses a folder that holds something else', () => {
    writeFileSync(join(folder, 'precious'), 'x');
    expectMistake(lockstep('testnet', '--home', '.'), /is not empty and holds no cluster/);
    expect(readFileSync(join(folder, 'precious'), 'utf8')).toBe('x');
  });
});

describe('lockstep start', () => {
  it('refuses a home that is missing, or none', async () => {
    expectMistake(lockstep('start'), /needs --home DIR/);
    expectMistake(lockstep('start', '--home', 'nowhere'), /no home at nowhere; make one with `lockstep init/);
    expectMistake(lockstep('start', '--home', '.'), /no config.yaml/);
  });

  it('refuses keys that it cannot read, or should not', async () => {
    const { homes } = await makeClusterFolder({ folder: join(folder, 'net') });
    const keys = join(homes[0]!, 'keys.json');
    chmodSync(keys, 0o640);
    expectMistake(lockstep('start', '--home', homes[0]!), /open to others \(mode 640\): run `chmod 600/);
    chmodSync(keys, 0o600);
    writeFileSync(keys, 'not keys');
    expectMistake(lockstep('start', '--home', homes[0]!), /keys.json/);
    rmSync(keys);
    expectMistake(
      lockstep('start', '--home', homes[0]!),
      /there is no such file; make one with `lockstep keygen`/,
    );
  });

  it('refuses a config with a mistake, and names the line', async () => {
    const { homes } = await makeClusterFolder({ folder: join(folder, 'net') });
    writeFileSync(join(homes[1]!, 'config.yaml'), 'listen:\n  prot: 1\n');
    expectMistake(
      lockstep('start', '--home', homes[1]!),
      /config.yaml:2: unknown key listen.prot; did you mean listen.port\?/,
    );
  });

  it('refuses a home that a live process has, and names it', async () => {
    const { homes } = await makeClusterFolder({ folder: join(folder, 'net') });
    const lock = lockHome(homes[2]!);
    expectMistake(lockstep('start', '--home', homes[2]!), new RegExp(`in use by process ${process.pid}`));
    lock.release();
  });

  it('refuses a port that is taken, and gives the home up', async () => {
    const { homes, urls } = await makeClusterFolder({ folder: join(folder, 'net') });
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(Number(new URL(urls[0]!).port), '127.0.0.1', resolve));
    const result = lockstep('start', '--home', homes[0]!, '--log-level', 'silent');
    server.close();
    expectMistake(result, new RegExp(`:${new URL(urls[0]!).port} is in use`));
    expect(existsSync(join(homes[0]!, 'lock'))).toBe(false);
  });
});

describe('lockstep keygen and init', () => {
  it('make a chain of four as the help says', async () => {
    const names = ['alice', 'bob', 'carol', 'dave'];
    for (const name of names) {
      expect(
        (await here('keygen', '--out', `${name}.keys`, '--name', name, '--public', `${name}.json`)).status,
      ).toBe(0);
      expect(statSync(join(folder, `${name}.keys`)).mode & 0o777).toBe(0o600);
      expect(readFileSync(join(folder, `${name}.json`), 'utf8')).not.toContain('secret');
    }
    const peers = names.flatMap((name, i) => ['--peer', `${name}=ws://10.0.0.${i + 1}:7100`]);
    const listed = names.flatMap((name) => ['--validator', `${name}.json`]);
    const first = await here(
      'init',
      '--home',
      'a',
      '--keys',
      'alice.keys',
      '--name',
      'alice',
      ...listed,
      ...peers,
      '--set',
      'auth=hybrid',
      '--set',
      'parameters.window=512',
      '--set',
      'durability=power',
    );
    expect(first.stderr).toBe('');
    expect(first.stdout).toMatch(/made a for validator alice \(id 0 of 4\)/);
    const genesis = JSON.parse(readFileSync(join(folder, 'a', 'genesis.json'), 'utf8'));
    expect(genesis).toMatchObject({ auth: 'hybrid', parameters: { window: 512 } });
    expect(readFileSync(join(folder, 'a', 'config.yaml'), 'utf8')).toMatch(/^durability: power$/m);

    const second = await here(
      'init',
      '--home',
      'b',
      '--keys',
      'bob.keys',
      '--genesis',
      'a/genesis.json',
      ...peers.slice(0, 2),
      '--json',
    );
    expect(JSON.parse(second.stdout)).toMatchObject({ id: 1, name: 'bob', missingPeers: ['carol', 'dave'] });
    expectMistake(lockstep('start', '--home', 'b'), /peers.carol is missing/);
  });

  it('say what is wrong', async () => {
    expect((await here('keygen')).status).toBe(0);
    expectMistake(await here('keygen'), /keys are never overwritten/);
    expectMistake(await here('keygen', '--show', 'nothing'), /there is no such file/);
    expectMistake(await here('init'), /needs --home DIR/);
    expectMistake(await here('init', '--home', 'h'), /f ≥ 1 needs n ≥ 4/);
    expectMistake(
      await here('init', '--home', 'h', '--set', 'durabilty=power'),
      /unknown key durabilty; did you mean durability/,
    );
    expectMistake(await here('init', '--home', 'h', '--set', 'nonsense'), /--set takes KEY=VALUE/);
    expectMistake(
      await here('init', '--home', 'h', '--set', 'limits.x.y=1'),
      /--set limits.x.y: there is no such key/,
    );
    expectMistake(await here('init', '--home', 'h', '--genesis', 'g.json'), /cannot read the genesis g.json/);
    expectMistake(
      await here('init', '--home', 'h', '--validator', 'x.json'),
      /cannot read the public part x.json/,
    );
    expect(existsSync(join(folder, 'h'))).toBe(false);
  });

  it('show the public part of a key file, and only that', async () => {
    await here('keygen');
    const shown = JSON.parse((await here('keygen', '--show', 'keys.json', '--json')).stdout);
    const file = JSON.parse(readFileSync(join(folder, 'keys.json'), 'utf8'));
    expect(shown.ed25519).toBe(file.ed25519.publicKey);
    expect(JSON.stringify(shown)).not.toContain(file.ed25519.secretKey);
    expect((await here('keygen', '--show', 'keys.json')).stdout).toContain(file.ed25519.publicKey);
  });
});

describe('lockstep status', () => {
  it('says which validators do not answer', async () => {
    // Ports that nothing listens on, and that no other test is given.
    await makeClusterFolder({ folder: join(folder, 'net'), port: 2 });
    const result = await here('status', '--home', 'net');
    expect(result.status).toBe(1);
    expect(result.stdout.match(/no status from ws:\/\/127\.0\.0\.1:\d+: .*ECONNREFUSED/g)).toHaveLength(4);
    const json = JSON.parse((await here('status', '--home', 'net', '--json')).stdout);
    expect(json.validators).toHaveLength(4);
    expect(json.validators[0].error).toContain('ECONNREFUSED');
  });

  it('wants to know whose', async () => {
    expectMistake(await here('status'), /needs --home DIR or --node URL/);
    expectMistake(await here('status', '--node', 'nonsense'), /no validator's address/);
    expectMistake(await here('status', '--home', 'nowhere'), /no home at nowhere/);
  });
});
