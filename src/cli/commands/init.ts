import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { LockstepError } from '../../core/errors.ts';
import type { Genesis, ValidatorInfo } from '../../core/genesis.ts';
import { ENCRYPTION_SETTINGS, type EncryptionSetting } from '../../crypto/encryption.ts';
import { readKeyFile } from '../../crypto/keyfile.ts';
import { generateIdentity } from '../../crypto/keys.ts';
import { protocolByName } from '../../protocols/registry.ts';
import { askSet } from '../changes.ts';
import { httpUrl } from '../cluster.ts';
import { holdsCluster, openClusterFolder } from '../cluster-homes.ts';
import { defineCommand } from '../command.ts';
import { type Config, DEFAULT_CONFIG, parseConfig } from '../config.ts';
import { formatConfig } from '../config-text.ts';
import { freePorts } from '../free-ports.ts';
import {
  DEFAULT_PARAMETERS,
  defaultAuth,
  defaultParameters,
  formatGenesis,
  PROTOCOLS,
  parseGenesis,
  readGenesis,
  validatorInfo,
} from '../genesis.ts';
import { createHome, homePaths, localUrl } from '../home.ts';
import { getText } from '../http.ts';
import { note, writeJson } from '../output.ts';
import { configReference, genesisReference } from '../reference.ts';
import { assign, sortSettings, splitSettings } from '../set-keys.ts';
import { didYouMean } from '../suggest.ts';
import { nodeUrl } from '../targets.ts';

function readPublicPart(file: string): ValidatorInfo {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as ValidatorInfo;
  } catch (error) {
    const why = `cannot read the public part ${file}: ${(error as Error).message}`;
    throw new LockstepError('bad-flag', `--validator: ${why}; \`lockstep keygen --public FILE\` writes one`);
  }
}

function splitPeers(peers: readonly string[]): Record<string, string> {
  const out: Record<string, string> = {};
  for (const peer of peers) {
    const at = peer.indexOf('=');
    if (at < 1)
      throw new LockstepError(
        'bad-flag',
        `--peer takes NAME=URL, such as --peer bob=ws://10.0.0.2:7100, not "${peer}"`,
      );
    out[peer.slice(0, at)] = peer.slice(at + 1);
  }
  return out;
}

interface Values {
  readonly name: string;
  readonly chain: string;
  readonly genesis: string | undefined;
  readonly validator: readonly string[];
}

function newGenesis(values: Values, own: ValidatorInfo, settings: readonly [string, unknown][]): Genesis {
  const listed = values.validator.map(readPublicPart);
  const draft = {
    version: 1,
    chain: values.chain,
    createdMs: Date.now(),
    protocol: 'pbft',
    byzantine: true,
    auth: 'channel',
    hash: 'blake3',
    parameters: { ...DEFAULT_PARAMETERS },
    app: { name: 'kv', params: {} },
    validators: listed.some((other) => other.ed25519 === own.ed25519) ? listed : [own, ...listed],
  };
  const protocol = settings.findLast(([key]) => key === 'protocol')?.[1];
  // Whoever names a protocol that tolerates crashes only has said that nobody lies.
  draft.byzantine = protocolByName(String(protocol ?? draft.protocol))?.byzantine ?? true;
  draft.auth = defaultAuth(String(protocol ?? draft.protocol), draft.validators.length);
  const parameters = defaultParameters(String(protocol ?? draft.protocol));
  if (Object.keys(parameters).length > 0) Object.assign(draft, { protocolParameters: { ...parameters } });
  for (const [key, value] of settings) assign(draft, key, value);
  return parseGenesis(formatGenesis(draft as Genesis), 'the new genesis');
}

interface JoinValues {
  readonly name: string;
  readonly keys: string | undefined;
  readonly genesis: string | undefined;
  readonly peer: readonly string[];
  readonly host: string;
  readonly port: number;
  readonly set: readonly string[];
  readonly encryption: string | undefined;
}

/** What --set says, and what flags of their own say. */
function ownSettings({ set, encryption }: Pick<JoinValues, 'set' | 'encryption'>): readonly string[] {
  return encryption === undefined ? set : [`encryption=${encryption}`, ...set];
}

/** What a running chain says of itself, or its folder here. */
async function chainToJoin(source: string, file: string | undefined) {
  if (holdsCluster(source)) {
    const { genesis, urls } = openClusterFolder(source);
    return {
      genesis,
      peers: Object.fromEntries(genesis.validators.map(({ name }, id) => [name, urls[id]!])),
      local: true,
    };
  }
  const url = nodeUrl(source);
  const told = JSON.parse(await getText(`${httpUrl(url)}/genesis`, 5_000)) as { genesis: unknown };
  const { set } = await askSet([url], 5_000);
  const genesis =
    file === undefined
      ? parseGenesis(JSON.stringify(told.genesis), `the genesis of ${url}`)
      : readGenesis(file);
  if (file === undefined)
    note(`believing ${url} about the genesis of chain "${genesis.chain}"; --genesis FILE does not have to`);
  const known = set.members.filter((member) => member.url !== '').map((member) => [member.name, member.url]);
  return { genesis, peers: Object.fromEntries(known) as Record<string, string>, local: false };
}

async function joinHome(
  dir: string,
  source: string,
  values: JoinValues,
  json: string | undefined,
): Promise<number> {
  const { genesis, peers, local } = await chainToJoin(source, values.genesis);
  const [free] = local ? await freePorts(1) : [values.port];
  const port = values.port === DEFAULT_PORT ? free! : values.port;
  const draft = structuredClone({
    ...DEFAULT_CONFIG,
    name: values.name,
    listen: { host: values.host, port },
    peers: { ...peers, ...splitPeers(values.peer) },
  }) as Config;
  const settings = sortSettings(splitSettings(ownSettings(values)), true);
  for (const [key, value] of settings.own) assign(draft as unknown as Record<string, unknown>, key, value);
  const config = parseConfig(formatConfig(draft), 'the new config.yaml');
  const identity = values.keys === undefined ? await generateIdentity() : readKeyFile(values.keys);
  await createHome({ dir, config, genesis, identity });
  const url = config.peers[values.name] ?? localUrl(config.listen);
  const file = join(dir, 'public.json');
  writeFileSync(file, `${JSON.stringify({ ...validatorInfo(values.name, identity), url }, null, 2)}\n`);
  if (json !== undefined)
    writeJson(json, { home: dir, name: values.name, url, public: file, files: homePaths(dir) });
  else {
    process.stdout.write(
      `made ${dir} for validator ${values.name}, which is to join chain ${genesis.chain}\n`,
    );
    process.stdout.write(`start it with: lockstep start --home ${dir}\n`);
    process.stdout.write(
      `have it taken in with: lockstep validators add ${values.name} --public ${file} --home DIR\n`,
    );
  }
  return 0;
}

const DEFAULT_PORT = 7100;

const ENCRYPTED: Readonly<Record<EncryptionSetting, string>> = {
  auto: 'between different hosts (encryption: auto)',
  on: 'always (encryption: on)',
  off: 'only where the other side asks (encryption: off)',
};

export const command = defineCommand({
  name: 'init',
  summary: "make one validator's home: config.yaml, genesis.json, keys.json",
  help: `A home is all that a validator needs. The genesis is what all validators of a chain agree on: any change of it makes another chain. Everything else is the validator's own and stands in config.yaml, with every key explained.

How four machines make a chain:
  1. each:     lockstep keygen --name alice --out keys.json --public alice.json
  2. one:      lockstep init --home ./home --keys keys.json --name alice --host 0.0.0.0 \\
                 --validator alice.json --validator bob.json --validator carol.json --validator dave.json \\
                 --peer alice=ws://10.0.0.1:7100 --peer bob=ws://10.0.0.2:7100 …
  3. others:   lockstep init --home ./home --keys keys.json --host 0.0.0.0 \\
                 --genesis FILE --peer alice=ws://10.0.0.1:7100 …
  4. each:     lockstep start --home ./home
In step 3, FILE is the genesis.json that step 2 made.

How a machine joins a chain that runs: --join takes the genesis and the addresses from a local cluster's folder or from a validator's address; then \`lockstep validators add\` has the others take it in.
  lockstep init --home ./home --join ws://10.0.0.1:7100 --genesis FILE --name erin --host 10.0.0.5

Other settings at once: --set auth=hybrid --set parameters.window=512 --set durability=power

Keys of config.yaml:
${configReference()}

Keys of genesis.json:
${genesisReference()}`,
  options: {
    home: { kind: 'text', value: 'DIR', doc: 'The folder to make; new or empty.' },
    name: {
      kind: 'text',
      value: 'NAME',
      default: 'v0',
      doc: "This validator's name, where the genesis is made here.",
    },
    keys: {
      kind: 'text',
      value: 'FILE',
      doc: 'Key file to copy into the home. Without it new keys are made.',
    },
    genesis: {
      kind: 'text',
      value: 'FILE',
      doc: 'Join the chain of this genesis, which must list our keys.',
    },
    join: {
      kind: 'text',
      value: 'DIR|URL',
      doc: "Make a home that is to join a running chain: a cluster's folder, or a validator's address.",
    },
    validator: {
      kind: 'texts',
      value: 'FILE',
      doc: 'Public part of a validator of the new genesis, in the order of ids.',
    },
    peer: { kind: 'texts', value: 'NAME=URL', doc: "A validator's address, such as bob=ws://10.0.0.2:7100." },
    chain: { kind: 'text', value: 'NAME', default: 'lockstep', doc: 'Name of the new chain.' },
    protocol: {
      kind: 'choice',
      of: PROTOCOLS,
      doc: 'Protocol of the new chain, as --set protocol=NAME. Default: pbft. With raft, which tolerates crashes only, the genesis says byzantine: false.',
    },
    host: { kind: 'text', value: 'ADDRESS', default: '127.0.0.1', doc: 'Address to listen on.' },
    port: { kind: 'integer', min: 1, max: 65_535, default: 7100, doc: 'Port to listen on.' },
    encryption: {
      kind: 'choice',
      of: ENCRYPTION_SETTINGS,
      doc: 'Whether connections are encrypted, as --set encryption=on. Default: auto, between different hosts.',
    },
    set: { kind: 'texts', value: 'KEY=VALUE', doc: 'Set a key of either file.' },
  },
  json: true,
  async run({ values, json }) {
    const dir = values.home;
    if (dir === undefined)
      throw new LockstepError('bad-flag', 'lockstep init needs --home DIR, the folder to make');
    if (values.join !== undefined) return joinHome(dir, values.join, values, json);
    const { protocol } = values;
    const set = ownSettings(values);
    const keys = protocol === undefined ? set : [`protocol=${protocol}`, ...set];
    const settings = sortSettings(splitSettings(keys), values.genesis !== undefined);
    const draft = structuredClone({
      ...DEFAULT_CONFIG,
      listen: { host: values.host, port: values.port },
      peers: splitPeers(values.peer),
    }) as Config;
    for (const [key, value] of settings.own) assign(draft as unknown as Record<string, unknown>, key, value);
    const config = parseConfig(formatConfig(draft), 'the new config.yaml');
    const identity = values.keys === undefined ? await generateIdentity() : readKeyFile(values.keys);
    const own = validatorInfo(values.name, identity);
    const genesis =
      values.genesis === undefined ? newGenesis(values, own, settings.agreed) : readGenesis(values.genesis);
    if (!genesis.validators.some((other) => other.ed25519 === own.ed25519 && other.mlDsa87 === own.mlDsa87)) {
      const source =
        values.keys === undefined
          ? 'new keys are in no genesis yet; give --keys FILE'
          : `the keys of ${values.keys} are not in it`;
      throw new LockstepError('bad-key', `cannot join the genesis ${values.genesis}: ${source}`);
    }
    const names = genesis.validators.map((validator) => validator.name);
    const stranger = Object.keys(config.peers).find((name) => !names.includes(name));
    if (stranger)
      throw new LockstepError(
        'bad-flag',
        `--peer ${stranger}: the genesis has no such validator${didYouMean(stranger, names)}`,
      );

    await createHome({ dir, config, genesis, identity });
    const self = genesis.validators.findIndex((other) => other.ed25519 === own.ed25519);
    const missing = names.filter((name, id) => id !== self && config.peers[name] === undefined);
    if (json !== undefined) {
      writeJson(json, {
        home: dir,
        id: self,
        name: names[self],
        encryption: config.encryption,
        files: homePaths(dir),
        missingPeers: missing,
      });
      return 0;
    }
    process.stdout.write(`made ${dir} for validator ${names[self]} (id ${self} of ${names.length})\n`);
    process.stdout.write(`connections are encrypted ${ENCRYPTED[config.encryption]}\n`);
    if (missing.length > 0)
      process.stdout.write(
        `still to do: addresses of ${missing.join(', ')} under peers in ${homePaths(dir).config}\n`,
      );
    process.stdout.write(`start it with: lockstep start --home ${dir}\n`);
    return 0;
  },
});
