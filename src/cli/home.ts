/**
 * A validator's home:
 *
 *   config.yaml    its own settings
 *   genesis.json   what all validators agree on
 *   keys.json      its secret keys, mode 600
 *   data/          votes/, the segments of the vote log; votes.mark, its witness; snapshots/; store/
 *   lock           there while a process has the home
 */

import { existsSync, mkdirSync, readdirSync, statSync, writeFileSync } from 'node:fs';
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
}

/** Everything of a home, checked. */
export interface Home {
  readonly dir: string;
  readonly paths: HomePaths;
  readonly config: Config;
  readonly chain: Chain;
  readonly hasher: Hasher;
  readonly identity: Identity;
  /** Our id: the place of our keys in the genesis. */
  readonly self: ReplicaId;
  /** Every validator's URL by id (`ws://host:port`, no path), our own included. */
  readonly urls: readonly string[];
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

function urlsOf(genesis: Genesis, config: Config, self: ReplicaId, file: string): string[] {
  const names = genesis.validators.map((validator) => validator.name);
  const stranger = Object.keys(config.peers).find((name) => !names.includes(name));
  if (stranger !== undefined) {
    throw new LockstepError(
      'bad-config',
      `${file}: peers.${stranger} is not a validator of the genesis (${names.join(', ')})`,
    );
  }
  return names.map((name, id) => {
    const url = config.peers[name] ?? (id === self ? localUrl(config.listen) : undefined);
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
  const self = genesis.validators.findIndex((validator) => validator.ed25519 === mine);
  if (self < 0 || genesis.validators[self]!.mlDsa87 !== toHex(identity.mlDsa87.publicKey)) {
    throw new LockstepError(
      'bad-key',
      `the keys in ${paths.keys} are not those of a validator in ${paths.genesis}; give this home the genesis that lists ` +
        'its public keys (`lockstep keygen --show FILE` prints them)',
    );
  }
  const urls = urlsOf(genesis, config, self, paths.config);
  return { dir, paths, config, chain: chainOf(genesis, hasher), hasher, identity, self, urls };
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
  const chain = chainOf(genesis, hasher);
  openVoteLog({
    path: paths.voteLog,
    chainId: chain.id,
    durability: config.durability,
    witness: openFileWitness(nodeFiles, paths.logWitness),
  }).log.close();
}
