/**
 * The folder of a local cluster:
 *
 *   genesis.json       the chain
 *   cluster.json       `{ "version": 1, "validators": ["ws://127.0.0.1:7100", …] }`, by id
 *   client-keys.json   a client's key pairs, for trying things out; the ledger of the genesis has money for them
 *   v0/ v1/ …          a validator's home each, those of validators that joined later among them: see cluster-members.ts
 */

import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Delays, delayMs } from '../core/delays.ts';
import { LockstepError } from '../core/errors.ts';
import type { AuthSetting, Genesis, GenesisParameters, HashName } from '../core/genesis.ts';
import type { ProtocolParameters } from '../core/machine.ts';
import type { MemberId } from '../core/membership.ts';
import { createHasher } from '../crypto/hash.ts';
import { writeKeyFile } from '../crypto/keyfile.ts';
import { generateIdentity, type Identity } from '../crypto/keys.ts';
import { protocolByName } from '../protocols/registry.ts';
import { clientIds } from './client-ids.ts';
import { type Config, DEFAULT_CONFIG, parseConfig } from './config.ts';
import { formatConfig } from './config-text.ts';
import { freePorts } from './free-ports.ts';
import { formatGenesis, makeGenesis, parseGenesis, readGenesis, validatorInfo } from './genesis.ts';
import { createHome } from './home.ts';
import { assign, sortSettings } from './set-keys.ts';

export interface ClusterOptions {
  /** New or empty. */
  readonly folder: string;
  /** Default 4. */
  readonly validators?: number;
  readonly protocol?: string;
  /** Those of the protocol's own parameters that are to differ from its defaults. */
  readonly protocolParameters?: ProtocolParameters;
  readonly auth?: AuthSetting;
  readonly hash?: HashName;
  readonly app?: string;
  readonly appParams?: Readonly<Record<string, unknown>>;
  readonly parameters?: Partial<GenesisParameters>;
  /** What becomes of a convicted validator. Default: `report`. */
  readonly onEvidence?: 'report' | 'remove';
  /** Validator i listens on port + i. Default: ports that are free now. */
  readonly port?: number;
  /** What validator `from` dials for validator `to`, whose address is `url`. Default: that address. */
  readonly through?: (from: number, to: number, url: string) => Promise<string>;
  /** Distances between the validators. */
  readonly delays?: Delays | undefined;
  /** What differs from the defaults in every validator's config. */
  readonly config?: Partial<Omit<Config, 'listen' | 'peers'>>;
  /** Further keys of the genesis and of every config, by their dotted names. */
  readonly set?: readonly [string, unknown][];
}

/** A cluster's folder, read. */
export interface ClusterFolder {
  readonly folder: string;
  readonly genesis: Genesis;
  /** `ws://127.0.0.1:port` by id. */
  readonly urls: readonly string[];
  /** Homes by id, and what their validators are called. */
  readonly homes: readonly string[];
  readonly names: readonly string[];
  /** Their numbers on the chain. */
  readonly memberIds: readonly MemberId[];
  readonly clientKeys: string;
}

const clusterFile = (folder: string) => join(folder, 'cluster.json');

/** Whether a folder holds a cluster that `openClusterFolder` would take. */
export function holdsCluster(folder: string): boolean {
  return existsSync(clusterFile(folder));
}

/** A local cluster's ledger gives its client something to spend, whichever suite it signs with. */
async function defaultParams(
  { app, hash }: ClusterOptions,
  client: Identity,
): Promise<Record<string, unknown>> {
  if (app !== 'ledger') return {};
  const ids = clientIds(client, await createHasher(hash ?? 'blake3'));
  return { allocations: { [ids.ed25519]: 1_000_000_000, [ids.mlDsa87]: 1_000_000_000 } };
}

/** The same with these keys set. */
function withKeys<T extends object>(draft: T, settings: readonly [string, unknown][]): T {
  const changed = structuredClone(draft);
  for (const [key, value] of settings) assign(changed as Record<string, unknown>, key, value);
  return changed;
}

/** By name, what validator `from` adds to each of the others. */
function delaysOf(delays: Delays, from: number, n: number): Record<string, number> {
  const others = Array.from({ length: n }, (_, to) => to).filter((to) => to !== from);
  return Object.fromEntries(others.map((to) => [`v${to}`, delayMs(delays, from, to)]));
}

/** Makes keys, genesis and homes. Throws `home-not-empty`, `bad-genesis`, `bad-config`. */
export async function makeClusterFolder(options: ClusterOptions): Promise<ClusterFolder> {
  const { folder, validators: n = 4 } = options;
  if (existsSync(folder) && readdirSync(folder).length > 0) {
    throw new LockstepError(
      'home-not-empty',
      `${folder} is not empty and holds no cluster; choose another folder`,
    );
  }
  const { own, agreed } = sortSettings(options.set ?? [], false);
  const client = await generateIdentity();
  const identities = await Promise.all(Array.from({ length: n }, generateIdentity));
  const usual = makeGenesis({
    chain: 'local',
    createdMs: Date.now(),
    validators: identities.map((identity, id) => validatorInfo(`v${id}`, identity)),
    ...(options.protocol !== undefined && { protocol: options.protocol }),
    ...(options.protocolParameters !== undefined && { protocolParameters: options.protocolParameters }),
    // Whoever asks for a protocol by name on his own machine has asked for what it tolerates.
    byzantine: protocolByName(options.protocol ?? 'pbft')?.byzantine ?? true,
    ...(options.auth !== undefined && { auth: options.auth }),
    ...(options.hash !== undefined && { hash: options.hash }),
    ...(options.parameters !== undefined && { parameters: options.parameters }),
    ...(options.onEvidence !== undefined && { onEvidence: options.onEvidence }),
    ...(options.app !== undefined && {
      app: { name: options.app, params: options.appParams ?? (await defaultParams(options, client)) },
    }),
  });
  const genesis =
    agreed.length === 0 ? usual : parseGenesis(formatGenesis(withKeys(usual, agreed)), 'the new genesis');
  const first = options.port;
  const ports = first === undefined ? await freePorts(n) : Array.from({ length: n }, (_, id) => first + id);
  const urls = ports.map((port) => `ws://127.0.0.1:${port}`);
  const peers = Object.fromEntries(urls.map((url, id) => [`v${id}`, url]));

  mkdirSync(folder, { recursive: true });
  for (const [id, identity] of identities.entries()) {
    const dialled: Record<string, string> = { ...peers };
    if (options.through !== undefined) {
      for (const [to, url] of urls.entries())
        if (to !== id) dialled[`v${to}`] = await options.through(id, to, url);
    }
    const usualConfig: Config = {
      ...DEFAULT_CONFIG,
      ...options.config,
      listen: { host: '127.0.0.1', port: ports[id]! },
      peers: dialled,
      ...(options.delays !== undefined && { sendDelaysMs: delaysOf(options.delays, id, n) }),
    };
    const config =
      own.length === 0
        ? usualConfig
        : parseConfig(formatConfig(withKeys(usualConfig, own)), 'the new config.yaml');
    await createHome({ dir: join(folder, `v${id}`), config, genesis, identity });
  }
  writeKeyFile(join(folder, 'client-keys.json'), client);
  writeFileSync(join(folder, 'genesis.json'), formatGenesis(genesis));
  // Last, and whole or not at all: what makes the folder a cluster's.
  const draft = `${clusterFile(folder)}.new`;
  writeFileSync(draft, `${JSON.stringify({ version: 1, validators: urls }, null, 2)}\n`);
  renameSync(draft, clusterFile(folder));
  return openClusterFolder(folder);
}

/** Reads a cluster's folder. Throws `home-missing`, `bad-config`, `bad-genesis`. */
export function openClusterFolder(folder: string): ClusterFolder {
  const file = clusterFile(folder);
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch {
    throw new LockstepError(
      'home-missing',
      `${folder} holds no cluster; make one with \`lockstep testnet --home ${folder}\``,
    );
  }
  let urls: unknown;
  try {
    urls = (JSON.parse(text) as { validators?: unknown }).validators;
  } catch {
    urls = undefined;
  }
  const genesis = readGenesis(join(folder, 'genesis.json'));
  const n = genesis.validators.length;
  const good =
    Array.isArray(urls) && urls.length === n && urls.every((url) => /^wss?:\/\/\S+:\d+$/.test(String(url)));
  if (!good) {
    throw new LockstepError(
      'bad-config',
      `${file}: validators must list ${n} addresses such as ws://127.0.0.1:7100`,
    );
  }
  return {
    folder,
    genesis,
    urls: urls as string[],
    homes: genesis.validators.map((validator) => join(folder, validator.name)),
    names: genesis.validators.map((validator) => validator.name),
    memberIds: genesis.validators.map((_, id) => id),
    clientKeys: join(folder, 'client-keys.json'),
  };
}

/** Removes a cluster's folder with all its data. */
export function removeClusterFolder(folder: string): void {
  rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
}
