import { chmodSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { holdsCluster, makeClusterFolder, openClusterFolder } from '../../src/cli/cluster-homes.ts';
import { CONFIG_RULES, DEFAULT_CONFIG, parseConfig } from '../../src/cli/config.ts';
import { formatConfig } from '../../src/cli/config-text.ts';
import {
  DEFAULT_PARAMETERS,
  formatGenesis,
  GENESIS_RULES,
  makeGenesis,
  parseGenesis,
  validatorInfo,
} from '../../src/cli/genesis.ts';
import { createHome, homePaths, loadHome, localUrl } from '../../src/cli/home.ts';
import { configReference, genesisReference } from '../../src/cli/reference.ts';
import { defaultOf, type Rules } from '../../src/cli/rules.ts';
import { LockstepError } from '../../src/core/errors.ts';
import type { Genesis, ValidatorInfo } from '../../src/core/genesis.ts';
import { generateIdentity, type Identity } from '../../src/crypto/keys.ts';
import { REPUTATION_RULES } from '../../src/replica/watch/reputation.ts';

let folder: string;
let identities: Identity[];
let validators: ValidatorInfo[];
let genesis: Genesis;

beforeAll(async () => {
  identities = await Promise.all(Array.from({ length: 4 }, generateIdentity));
  validators = identities.map((identity, id) => validatorInfo(`v${id}`, identity));
  genesis = makeGenesis({ chain: 'test', createdMs: 1, validators });
});
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'lockstep-files-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

async function errorOf(run: () => unknown): Promise<LockstepError> {
  try {
    await run();
  } catch (error) {
    expect(error).toBeInstanceOf(LockstepError);
    expect((error as Error).message).not.toContain('\n');
    return error as LockstepError;
  }
  throw new Error('nothing was thrown');
}

/** Dotted names of all settings of a table that hold one value. */
function leaves(rules: Rules, path = ''): string[] {
  return Object.entries(rules).flatMap(([name, rule]) =>
    rule.kind === 'group' ? leaves(rule.keys, `${path}${name}.`) : [`${path}${name}`],
  );
}

describe('a new genesis', () => {
  it('has votes authenticated by sessions, where the protocol can do without signatures', () => {
    const { validators } = genesis;
    const authOf = (protocol: string, byzantine: boolean) =>
      makeGenesis({ chain: 'test', createdMs: 1, protocol, byzantine, validators }).auth;
    expect(authOf('pbft', true)).toBe('channel');
    expect(authOf('raft', false)).toBe('channel');
    expect(authOf('hotstuff', true)).toBe('ed25519');
    expect(authOf('streamlet', true)).toBe('ed25519');
  });
});

describe('config.yaml', () => {
  it('as written is read back as it was, every key explained', () => {
    const config = {
      ...DEFAULT_CONFIG,
      listen: { host: '0.0.0.0', port: 9 },
      peers: { v1: 'ws://[::1]:7101', v2: 'wss://host.example:443' },
      threads: 3,
      limits: { ...DEFAULT_CONFIG.limits, clientKeys: 0 },
    } as const;
    const text = formatConfig(config);
    expect(parseConfig(text, 'config.yaml')).toEqual(config);
    for (const key of leaves(CONFIG_RULES))
      expect(text).toMatch(new RegExp(`# .*\\n *${key.split('.').at(-1)}:`));
  });

  it('may be short: what is not said has its default', () => {
    expect(parseConfig('threads: 0\n', 'c')).toEqual({ ...DEFAULT_CONFIG, threads: 0 });
    expect(parseConfig('', 'c')).toEqual(DEFAULT_CONFIG);
    expect(parseConfig('limits:\n  clientKeys: 7\n', 'c').limits).toEqual({
      ...DEFAULT_CONFIG.limits,
      clientKeys: 7,
    });
    expect(parseConfig('reputation:\n  partition: 0\n', 'c').reputation).toEqual({
      ...REPUTATION_RULES.deltas,
      partition: 0,
    });
  });

  it.each([
    ['thread: 1', /^c:1: unknown key thread; did you mean threads\?$/],
    [
      'threads: 1\nlimits:\n  mempoolTransaction: 5',
      /^c:3: unknown key limits.mempoolTransaction; did you mean limits.mempoolTransactions\?$/,
    ],
    [
      'metrics: true\nthreads: 65',
      /^c:2: threads must be "auto" or a whole number from 0 to 64 threads, not 65$/,
    ],
    ['threads: lots', /not "lots"$/],
    ['durability: disk', /^c:1: durability must be one of process, power, not "disk"$/],
    ['listen:\n  port: 7100.5', /^c:2: listen.port must be a whole number from 1 to 65535, not 7100.5$/],
    ['listen:\n  port: "7100"', /not "7100"$/],
    ['listen: 7100', /^c:1: listen must hold keys and values$/],
    ['metrics: "yes"', /true or false/],
    ['reputation:\n  partition: 0.1', /^c:2: reputation.partition must be a number from -1 to 0, not 0.1$/],
    ['reputation:\n  equivocaton: -1', /did you mean reputation.equivocation\?$/],
    ['peers:\n  v1: http://x:1', /^c:2: peers.v1 must be an address such as ws:/],
    ['threads: 1\nthreads: 2', /^c:2: .*unique/],
    ['- a\n- b', /must hold keys and values/],
    ['a: [1', /^c:\d: /],
    ['__proto__: 1', /unknown key __proto__/],
    ['constructor: 1', /unknown key constructor/],
    ['? [a, b]\n: 1', /a key that is not a word/],
  ])('with %j is refused in one line that names the place', async (text, message) => {
    const error = await errorOf(() => parseConfig(text, 'c'));
    expect(error.code).toBe('bad-config');
    expect(error.message).toMatch(message);
  });

  it('that is any text at all is read or refused, never worse', () => {
    const word = fc.constantFrom(
      'listen',
      'port',
      'host',
      'threads',
      ':',
      '\n',
      '  ',
      '1',
      'auto',
      '- ',
      '{',
      '"',
      '&a',
      '*a',
      '!!set',
    );
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.array(word).map((words) => words.join('')),
        ),
        (text) => {
          try {
            parseConfig(text, 'c');
          } catch (error) {
            expect((error as LockstepError).code).toBe('bad-config');
          }
        },
      ),
      { numRuns: 1000 },
    );
  });
});

describe('genesis.json', () => {
  it('as written is read back as it was', () => {
    expect(parseGenesis(formatGenesis(genesis), 'g')).toEqual(genesis);
    expect(genesis.parameters).toEqual(DEFAULT_PARAMETERS);
  });

  // A protocol without parameters of its own has no group of them; chains that say nothing of evidence report it, for ever.
  const optional = ['protocolParameters', 'onEvidence'];
  const mandatory = leaves(GENESIS_RULES).filter((key) => !optional.includes(key));

  it.each(mandatory)('must say %s itself, since a default may change and a chain may not', async (key) => {
    const copy = structuredClone(genesis) as unknown as Record<string, Record<string, unknown>>;
    const [top, inner] = key.split('.') as [string, string | undefined];
    if (inner === undefined) delete copy[top];
    else delete copy[top]![inner];
    const error = await errorOf(() => parseGenesis(JSON.stringify(copy), 'g'));
    expect(error.code).toBe('bad-genesis');
    expect(error.message).toContain(`${key} is missing`);
  });

  it('has no parameters of its own where the protocol has none', async () => {
    expect(genesis).not.toHaveProperty('protocolParameters');
    expect(() => parseGenesis(JSON.stringify({ ...genesis, protocolParameters: {} }), 'g')).not.toThrow();
    const error = await errorOf(() =>
      parseGenesis(JSON.stringify({ ...genesis, protocolParameters: { commits: 2 } }), 'g'),
    );
    expect(error.code).toBe('bad-genesis');
    expect(error.message).toContain('unknown key protocolParameters.commits');
  });

  const changed: [string, (g: Record<string, never>) => unknown, RegExp][] = [
    ['too few validators', (g) => ({ ...g, validators: validators.slice(0, 3) }), /f ≥ 1 needs n ≥ 4/],
    [
      'a validator twice',
      (g) => ({ ...g, validators: [...validators, validators[2]] }),
      /validators\[2\] and validators\[4\] have the same name/,
    ],
    [
      'a key twice',
      (g) => ({ ...g, validators: [...validators, { ...validators[2], name: 'x' }] }),
      /the same ed25519/,
    ],
    [
      'a short key',
      (g) => ({ ...g, validators: [{ ...validators[0], ed25519: 'ab' }, ...validators.slice(1)] }),
      /^g:1: validators\[0\]\.ed25519 must be 32 bytes in hex/,
    ],
    [
      'a strange name',
      (g) => ({ ...g, validators: [{ ...validators[0], name: '../v' }, ...validators.slice(1)] }),
      /validators\[0\]\.name/,
    ],
    [
      'an unknown key',
      (g) => ({ ...g, prototcol: 'pbft' }),
      /unknown key prototcol; did you mean protocol\?/,
    ],
    ['an unknown protocol', (g) => ({ ...g, protocol: 'pfbt' }), /protocol must be one of/],
    [
      'a window that is no multiple',
      (g) => ({ ...g, parameters: { ...DEFAULT_PARAMETERS, window: 200 } }),
      /a multiple of checkpointInterval/,
    ],
    [
      'a window too small',
      (g) => ({ ...g, parameters: { ...DEFAULT_PARAMETERS, window: 64 } }),
      /at least twice/,
    ],
    [
      'a ceiling below the floor',
      (g) => ({ ...g, parameters: { ...DEFAULT_PARAMETERS, viewChangeTimeoutMaxMs: 100 } }),
      /viewChangeTimeoutMaxMs/,
    ],
    [
      'a batch larger than a message',
      (g) => ({ ...g, parameters: { ...DEFAULT_PARAMETERS, maxMessageBytes: 1 << 20 } }),
      /maxMessageBytes must be at least/,
    ],
    [
      'a transaction larger than a batch',
      (g) => ({ ...g, parameters: { ...DEFAULT_PARAMETERS, maxBatchBytes: 2048 } }),
      /maxBatchBytes must be at least/,
    ],
    ['another version', (g) => ({ ...g, version: 2 }), /version/],
    [
      'parameters for a list',
      (g) => ({ ...g, app: { name: 'kv', params: [] } }),
      /app.params must be a group/,
    ],
  ];
  it.each(changed)('with %s is refused', async (_, change, message) => {
    const error = await errorOf(() => parseGenesis(JSON.stringify(change(genesis as never)), 'g'));
    expect(error.code).toBe('bad-genesis');
    expect(error.message).toMatch(message);
  });

  it('is JSON and nothing looser, and names the line', async () => {
    expect((await errorOf(() => parseGenesis('version: 1', 'g'))).message).toMatch(/^g is not JSON/);
    const twice = formatGenesis(genesis).replace('"version": 1,', '"version": 1,\n  "version": 1,');
    expect((await errorOf(() => parseGenesis(twice, 'g'))).message).toMatch(/^g:3: .*unique/);
  });
});

describe('the reference', () => {
  it('explains every key of both files, with its default', () => {
    for (const [rules, reference] of [
      [CONFIG_RULES, configReference()],
      [GENESIS_RULES, genesisReference()],
    ] as const)
      for (const key of leaves(rules)) expect(reference).toMatch(new RegExp(`^  ${key}$|^  ${key} `, 'm'));
    expect(configReference()).toContain(String(DEFAULT_CONFIG.limits.mempoolTransactions));
    expect(defaultOf(CONFIG_RULES.threads!)).toBe('auto');
  });
});

describe('a home', () => {
  const config = { ...DEFAULT_CONFIG, peers: { v0: 'ws://h:1', v2: 'ws://h:3', v3: 'ws://h:4' } };
  const make = (dir: string, changes: object = {}) =>
    createHome({ dir, config: { ...config, ...changes }, genesis, identity: identities[1]! });

  it('as made is loaded whole', async () => {
    const dir = join(folder, 'home');
    await make(dir);
    const home = await loadHome(dir);
    expect(home.self).toBe(1);
    expect(home.config).toEqual(config);
    expect(home.chain.genesis).toEqual(genesis);
    expect(home.chain.id).toHaveLength(32);
    expect(home.urls).toEqual(['ws://h:1', 'ws://127.0.0.1:7100', 'ws://h:3', 'ws://h:4']);
    expect(home.identity).toEqual(identities[1]);
    expect(statSync(home.paths.keys).mode & 0o777).toBe(0o600);
    expect(statSync(home.paths.voteLog).size).toBeGreaterThan(0);
  });

  it('is not made where something is', async () => {
    writeFileSync(join(folder, 'precious'), 'x');
    expect((await errorOf(() => make(folder))).code).toBe('home-not-empty');
    expect(readFileSync(join(folder, 'precious'), 'utf8')).toBe('x');
  });

  const beFile = (dir: string) => {
    rmSync(dir, { recursive: true });
    writeFileSync(dir, '');
  };

  it.each([
    ['that is not there', 'home-missing', (dir: string) => rmSync(dir, { recursive: true })],
    ['that is a file', 'home-missing', beFile],
    ['without a config', 'home-missing', (dir: string) => rmSync(homePaths(dir).config)],
    ['without a genesis', 'bad-genesis', (dir: string) => rmSync(homePaths(dir).genesis)],
    ['without keys', 'bad-key', (dir: string) => rmSync(homePaths(dir).keys)],
    ['whose keys others may read', 'bad-key', (dir: string) => chmodSync(homePaths(dir).keys, 0o644)],
    [
      'whose keys are garbage',
      'bad-key',
      (dir: string) => writeFileSync(homePaths(dir).keys, '{"version":1}'),
    ],
    [
      'with an unknown peer',
      'bad-config',
      (dir: string) => writeFileSync(homePaths(dir).config, 'peers:\n  v9: ws://h:1\n'),
    ],
    [
      'without a peer',
      'bad-config',
      (dir: string) => writeFileSync(homePaths(dir).config, 'peers:\n  v0: ws://h:1\n'),
    ],
  ] as const)('%s is refused by name', async (_, code, spoil) => {
    const dir = join(folder, 'home');
    await make(dir);
    spoil(dir);
    const error = await errorOf(() => loadHome(dir));
    expect(error.code).toBe(code);
    expect(error.message).toContain(dir);
  });

  it('whose keys the genesis does not list is refused', async () => {
    const dir = join(folder, 'home');
    await createHome({ dir, config, genesis, identity: await generateIdentity() });
    expect((await errorOf(() => loadHome(dir))).code).toBe('bad-key');
  });

  it('is reached on this machine wherever it listens', () => {
    expect(localUrl({ host: '0.0.0.0', port: 1 })).toBe('ws://127.0.0.1:1');
    expect(localUrl({ host: '::1', port: 2 })).toBe('ws://[::1]:2');
    expect(localUrl({ host: '10.1.2.3', port: 3 })).toBe('ws://10.1.2.3:3');
  });
});

describe("a cluster's folder", () => {
  it('holds a home per validator, all of one chain', async () => {
    const made = await makeClusterFolder({
      folder,
      validators: 5,
      app: 'ledger',
      parameters: { window: 512 },
    });
    expect(holdsCluster(folder)).toBe(true);
    expect(openClusterFolder(folder)).toEqual(made);
    const homes = await Promise.all(made.homes.map(loadHome));
    expect(homes.map((home) => home.self)).toEqual([0, 1, 2, 3, 4]);
    expect(new Set(homes.map((home) => home.chain.idHex)).size).toBe(1);
    for (const home of homes) expect(home.urls).toEqual(made.urls);
    expect(homes[0]!.chain.genesis.parameters.window).toBe(512);
    expect(homes[0]!.chain.genesis.app.name).toBe('ledger');
    expect(Object.values(homes[0]!.chain.genesis.app.params.allocations as object)).toEqual([1e9, 1e9]);
  });

  it('takes consecutive ports where told', async () => {
    const { urls } = await makeClusterFolder({ folder, port: 9000 });
    expect(urls).toEqual([0, 1, 2, 3].map((i) => `ws://127.0.0.1:${9000 + i}`));
  });

  it('is refused where it is none, is not empty, or is damaged', async () => {
    expect((await errorOf(() => openClusterFolder(folder))).code).toBe('home-missing');
    writeFileSync(join(folder, 'precious'), 'x');
    expect((await errorOf(() => makeClusterFolder({ folder }))).code).toBe('home-not-empty');
    rmSync(join(folder, 'precious'));
    await makeClusterFolder({ folder });
    for (const text of ['', '{}', '{"validators":["ws://a:1"]}', '{"validators":[1,2,3,4]}']) {
      writeFileSync(join(folder, 'cluster.json'), text);
      expect((await errorOf(() => openClusterFolder(folder))).code).toBe('bad-config');
    }
  });

  it('of three validators is refused with the reason', async () => {
    const error = await errorOf(() => makeClusterFolder({ folder, validators: 3 }));
    expect(error.message).toContain('f ≥ 1 needs n ≥ 4');
  });
});
