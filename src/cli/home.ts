/**
 * A validator's home:
 *
 *   config.yaml    its own settings
 *   genesis.json   what all validators agree on
 *   keys.json      its secret keys, mode 600
 *   data/          votes/, the segments of the vote log; votes.mark, its witness; snapshots/; store/
 *   lock           there while a process has the home
 */

import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { applicationByName } from '../apps/registry.ts';
import { toHex } from '../core/bytes.ts';
import { LockstepError } from '../core/errors.ts';
import type { Chain, Genesis } from '../core/genesis.ts';
import type { ReplicaId } from '../core/ids.ts';
import { chainOf } from '../crypto/chain.ts';
import { createHasher, type Hasher } from '../crypto/hash.ts';
import { readKeyFile, writeKeyFile } from '../crypto/keyfile.ts';
import type { Identity } from '../crypto/keys.ts';
import { openVoteLog } from '../storage/file-vote-log.ts';
import { openFileWitness } from '../storage/file-witness.ts';
import type { Durability } from '../storage/interface.ts';
import { nodeFiles } from '../storage/node-files.ts';
import { type Config, readConfig } from './config.ts';
import { formatConfig } from './config-text.ts';
import { formatGenesis, readGenesis } from './genesis.ts';

export interface HomePaths {
  readonly config: string;
  readonly genesis: string;
  readonly keys: string;
  readonly data: string;
  /** The folder of the vote log's segments. */
  readonly voteLog: string;
  /** The second place that knows how long the log is. */
  readonly logWitness: string;
  readonly snapshots: string;
  readonly store: string;
  /** What proves the validator sets after the genesis. */
  readonly epochs: string;
  /** The keys of a rotation, until the set knows them. */
  readonly nextKeys: string;
}

/** Everything of a home, checked. */
export interface Home {
  readonly dir: string;
  readonly paths: HomePaths;
  readonly config: Config;
  readonly chain: Chain;
  readonly hasher: Hasher;
  readonly identity: Identity;
  /** Our place in the genesis; undefined where our keys are not in it: we join, or rotated. */
  readonly self: ReplicaId | undefined;
  /** For logs: our name in the genesis, else the one that we joined under. */
  readonly name: string;
  /** Every genesis validator's URL by id (`ws://host:port`, no path), our own included; empty where it is not given. */
  readonly urls: readonly string[];
  /** Where we listen, for others on this machine. */
  readonly url: string;
}

export function homePaths(dir: string): HomePaths {
  const data = join(dir, 'data');
  return {
    config: join(dir, 'config.yaml'),
    genesis: join(dir, 'genesis.json'),
    keys: join(dir, 'keys.json'),
    data,
    voteLog: join(data, 'votes'),
    logWitness: join(data, 'votes.mark'),
    snapshots: join(data, 'snapshots'),
    store: join(data, 'store'),
    epochs: join(data, 'epochs'),
    nextKeys: join(dir, 'keys.next.json'),
  };
}

/** Where somebody on this machine reaches what listens there. */
export function localUrl({ host, port }: Config['listen']): string {
  const reachable = host === '0.0.0.0' || host === '::' ? '127.0.0.1' : host;
  return `ws://${reachable.includes(':') ? `[${reachable}]` : reachable}:${port}`;
}

/** Throws `home-missing` unless `dir` is a validator's home. */
export function requireHome(dir: string): void {
  if (!existsSync(dir) || !statSync(dir).isDirectory()) {
    throw new LockstepError(
      'home-missing',
      `there is no home at ${dir}; make one with \`lockstep init --home ${dir}\``,
    );
  }
  if (!existsSync(homePaths(dir).config)) {
    throw new LockstepError(
      'home-missing',
      `${dir} has no config.yaml, so it is no validator's home; make one with \`lockstep init --home DIR\``,
    );
  }
}

function urlsOf(genesis: Genesis, config: Config, self: ReplicaId | undefined, file: string): string[] {
  const names = genesis.validators.map((validator) => validator.name);
  const stranger = Object.keys(config.peers).find((name) => !names.includes(name));
  // Of those who came later the config may know what the genesis cannot; whoever came later, too.
  if (stranger !== undefined && config.name === '') {
    throw new LockstepError(
      'bad-config',
      `${file}: peers.${stranger} is not a validator of the genesis (${names.join(', ')})`,
    );
  }
  return names.map((name, id) => {
    const url = config.peers[name] ?? (id === self ? localUrl(config.listen) : undefined);
    if (url === undefined && self === undefined) return '';
    if (url === undefined) {
      throw new LockstepError(
        'bad-config',
        `${file}: peers.${name} is missing; give the address of that validator`,
      );
    }
    return url;
  });
}

/** Reads and checks a home. Throws `home-missing`, `bad-config`, `bad-genesis`, `bad-key`. Changes nothing. */
export async function loadHome(dir: string): Promise<Home> {
  requireHome(dir);
  const paths = homePaths(dir);
  const config = readConfig(paths.config);
  const genesis = readGenesis(paths.genesis);
  const identity = readKeyFile(paths.keys);
  const hasher = await createHasher(genesis.hash);
  const mine = toHex(identity.ed25519.publicKey);
  const joinedAs = config.name || joinedName(paths.data);
  const place = genesis.validators.findIndex((validator) => validator.ed25519 === mine);
  const self = place < 0 && joinedAs !== '' ? undefined : place;
  if (self !== undefined && genesis.validators[self]?.mlDsa87 !== toHex(identity.mlDsa87.publicKey)) {
    throw new LockstepError(
      'bad-key',
      `the keys in ${paths.keys} are not those of a validator in ${paths.genesis}; give this home the genesis that lists ` +
        'its public keys (`lockstep keygen --show FILE` prints them), or, where it joined later, its `name` in config.yaml',
    );
  }
  const urls = urlsOf(genesis, config, self, paths.config);
  const name = self === undefined ? joinedAs : genesis.validators[self]!.name;
  const url = config.peers[name] ?? localUrl(config.listen);
  return { dir, paths, config, chain: chainOf(genesis, hasher), hasher, identity, self, name, urls, url };
}

/** The name of a validator of the genesis whose keys are others by now. */
export function joinedName(data: string): string {
  try {
    return readFileSync(join(data, 'name'), 'utf8').trim();
  } catch {
    return '';
  }
}

export interface NewHome {
  readonly dir: string;
  readonly config: Config;
  readonly genesis: Genesis;
  readonly identity: Identity;
}

/**
 * Makes a home with an empty vote log, in a folder that is new or empty. A log that is missing later was lost, and
 * a validator that lost it must not start as if it had promised nothing. Throws `home-not-empty`, `bad-genesis`.
 */
export async function createHome({ dir, config, genesis, identity }: NewHome): Promise<void> {
  if (existsSync(dir) && readdirSync(dir).length > 0) {
    throw new LockstepError(
      'home-not-empty',
      `${dir} is not empty; choose another folder, or remove what is in it`,
    );
  }
  const hasher = await createHasher(genesis.hash);
  // Only the application can judge its own settings.
  applicationByName(genesis.app.name).create(genesis.app.params, hasher);
  const paths = homePaths(dir);
  mkdirSync(paths.snapshots, { recursive: true, mode: 0o700 });
  writeFileSync(paths.config, formatConfig(config));
  writeFileSync(paths.genesis, formatGenesis(genesis));
  writeKeyFile(paths.keys, identity);
  emptyLog(paths, chainOf(genesis, hasher), config.durability);
}

/** Makes an empty vote log, where there is none. */
export function emptyLog(paths: HomePaths, chain: Chain, durability: Durability): void {
  openVoteLog({
    path: paths.voteLog,
    chainId: chain.id,
    durability,
    witness: openFileWitness(nodeFiles, paths.logWitness),
  }).log.close();
}
