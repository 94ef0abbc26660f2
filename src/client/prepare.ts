/** From the options of `Client.connect` to everything that a client is made of. */

import type { AppCodec } from '../apps/codec.ts';
import { appCodec } from '../apps/codecs.ts';
import { suiteByte } from '../codec/transaction.ts';
import { fromHex } from '../core/bytes.ts';
import { LockstepError } from '../core/errors.ts';
import type { Chain, Genesis } from '../core/genesis.ts';
import type { Digest } from '../core/ids.ts';
import { toleranceOf } from '../core/quorum.ts';
import { NO_STOPWATCH, type Stopwatch } from '../core/stopwatch.ts';
import { chainOf } from '../crypto/chain.ts';
import type { EncryptionSetting } from '../crypto/encryption.ts';
import type { HandshakeContext, HandshakeIdentity } from '../crypto/handshake.ts';
import { createHasher, type Hasher } from '../crypto/hash.ts';
import { createInlineVerifier } from '../crypto/inline.ts';
import type { KeyPair, SuiteName } from '../crypto/interface.ts';
import { loadMac } from '../crypto/session.ts';
import { Author } from './author.ts';
import { type ConnectOptions, type Limits, readLimits } from './options.ts';
import { type Dial, platformDial } from './socket.ts';

export interface Setup {
  readonly genesis: Genesis;
  readonly chain: Chain;
  readonly urls: readonly string[];
  readonly hasher: Hasher;
  readonly author: Author;
  readonly id: Digest;
  readonly codec: AppCodec;
  readonly limits: Limits;
  /** Its validators are those of the genesis, until others are proven. */
  readonly handshake: MutableContext;
  readonly dial: Dial;
  readonly stopwatch: Stopwatch;
  readonly encryption: EncryptionSetting;
}

export interface MutableContext extends HandshakeContext {
  validators: (HandshakeIdentity | undefined)[];
}

/** What a home holds for a client. */
export interface ClientHome {
  readonly genesis: Genesis;
  readonly urls: readonly string[];
  readonly key: KeyPair | undefined;
}

async function whereOf(options: ConnectOptions, suite: SuiteName): Promise<ClientHome> {
  // Imported only here: it reads files.
  if ('home' in options) return (await import('./node-home.ts')).readClientHome(options.home, suite);
  return { genesis: options.genesis, urls: options.validators, key: undefined };
}

/** Throws `bad-request`, `bad-genesis`, `bad-key` or `home-missing`. */
export async function prepare(options: ConnectOptions): Promise<Setup> {
  const limits = readLimits(options);
  const suite = options.suite ?? 'ed25519';
  const { genesis, urls, key } = await whereOf(options, suite);
  const needed = toleranceOf(genesis.byzantine, genesis.validators.length).matching;
  if (urls.length < needed) {
    throw new LockstepError(
      'bad-request',
      `${urls.length} addresses: ${needed} validators must agree on every answer`,
    );
  }
  for (const url of urls) {
    if (!/^wss?:\/\//.test(url))
      throw new LockstepError('bad-request', `${url} is no address such as ws://10.0.0.2:7100`);
  }
  const hasher = await createHasher(genesis.hash);
  const chain = chainOf(genesis, hasher);
  const author = await Author.create(suite, options.key ?? key, chain.id);
  const verifier = await createInlineVerifier();
  return {
    genesis,
    chain,
    urls,
    hasher,
    author,
    id: hasher.hex('client', Uint8Array.of(suiteByte(suite)), author.publicKey),
    codec: appCodec(genesis.app.name),
    limits,
    handshake: {
      chainId: chain.id,
      validators: genesis.validators.map(identityOf),
      verify: (item) => verifier.verifySync(item),
      mac: await loadMac(),
    },
    dial: await platformDial(),
    stopwatch: options.stopwatch ?? NO_STOPWATCH,
    encryption: options.encryption ?? 'auto',
  };
}

export function identityOf(validator: Genesis['validators'][number]): HandshakeIdentity {
  const ed25519 = fromHex(validator.ed25519);
  const mlDsa87 = fromHex(validator.mlDsa87);
  if (ed25519 === undefined || mlDsa87 === undefined) {
    throw new LockstepError('bad-genesis', `the keys of validator ${validator.name} are not in hex`);
  }
  return { ed25519, mlDsa87 };
}
