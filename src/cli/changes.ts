/** Changes of the validator set from the command line: what they are made of, who approves them, how they are sent. */

import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readResult } from '../apps/results.ts';
import { Client } from '../client/index.ts';
import { type Accusation, encodeAccusation } from '../codec/accusation-codec.ts';
import {
  type Approval,
  approvalInput,
  encodeApproved,
  encodeChange,
  type SetChange,
} from '../codec/membership-codec.ts';
import { encodeTransaction } from '../codec/transaction.ts';
import { toHex } from '../core/bytes.ts';
import { LockstepError } from '../core/errors.ts';
import type { Chain } from '../core/genesis.ts';
import { MAX_EXPIRY_SPAN } from '../core/limits.ts';
import { createAuthenticator } from '../crypto/authenticator.ts';
import { chainOf } from '../crypto/chain.ts';
import { createHasher } from '../crypto/hash.ts';
import { createInlineVerifier } from '../crypto/inline.ts';
import { readKeyFile } from '../crypto/keyfile.ts';
import type { Identity } from '../crypto/keys.ts';
import { createSigner, generateKeyPair } from '../crypto/signing.ts';
import type { MembershipFigures } from '../ops/status.ts';
import { httpUrl } from './cluster.ts';
import { holdsCluster, openClusterFolder } from './cluster-homes.ts';
import { readGenesis } from './genesis.ts';
import { homePaths, loadHome } from './home.ts';
import { getText, reasonOf } from './http.ts';

/** Longest text in a result of the system, bytes. */
const MAX_TEXT_BYTES = 1024;

/** Where a cluster's validators are, and its genesis. */
export interface Where {
  readonly chain: Chain;
  readonly urls: readonly string[];
  /** Homes on this machine whose keys may approve. */
  readonly homes: readonly string[];
}

/** A cluster's folder with all homes in it, or one validator's home. Throws `home-missing`, `bad-genesis`, … */
export async function whereOf(dir: string): Promise<Where> {
  if (holdsCluster(dir)) {
    const { genesis, urls } = openClusterFolder(dir);
    const hasher = await createHasher(genesis.hash);
    const homes = readdirSync(dir)
      .map((name) => join(dir, name))
      .filter((home) => existsSync(homePaths(home).config))
      .sort();
    return { chain: chainOf(genesis, hasher), urls, homes };
  }
  const home = await loadHome(dir);
  const urls = new Set([home.url, ...home.urls, ...Object.values(home.config.peers)]);
  urls.delete('');
  return { chain: home.chain, urls: [...urls], homes: [dir] };
}

export async function chainFromGenesis(file: string): Promise<Chain> {
  const genesis = readGenesis(file);
  return chainOf(genesis, await createHasher(genesis.hash));
}

/** The set as the validators of these addresses say, the latest of them; and all addresses that it names. */
export async function askSet(
  urls: readonly string[],
  timeoutMs: number,
): Promise<{ set: MembershipFigures; urls: string[] }> {
  let latest: MembershipFigures | undefined;
  let why = 'no addresses';
  await Promise.all(
    urls.map(async (url) => {
      try {
        const said = JSON.parse(await getText(`${httpUrl(url)}/validators`, timeoutMs)) as MembershipFigures;
        if (latest === undefined || said.epoch > latest.epoch) latest = said;
      } catch (error) {
        why = `${url}: ${reasonOf(error)}`;
      }
    }),
  );
  if (latest === undefined)
    throw new LockstepError('not-connected', `no validator says who the set is (${why})`);
  const known = latest.members.map(({ url }) => url).filter((url) => url !== '');
  return { set: latest, urls: [...new Set([...known, ...urls])] };
}

/** The approval of whoever has these keys, where the set holds them. */
export async function approve(
  chain: Chain,
  set: MembershipFigures,
  change: Uint8Array,
  identity: Identity,
): Promise<(Approval & { readonly name: string }) | undefined> {
  const key = toHex(identity.ed25519.publicKey);
  const member = set.members.find(({ ed25519 }) => ed25519 === key);
  if (member === undefined) return undefined;
  const verifier = await createInlineVerifier();
  const signer = await createAuthenticator({
    chain,
    auth: chain.genesis.auth,
    identity,
    self: undefined,
    verifier,
  });
  return {
    member: member.id,
    name: member.name,
    signature: signer.signInput(approvalInput(chain.id, change)),
  };
}

/** All approvals that the homes of this machine can give. */
export async function approveFromHomes(
  chain: Chain,
  set: MembershipFigures,
  change: Uint8Array,
  homes: readonly string[],
): Promise<Approval[]> {
  const approvals: Approval[] = [];
  for (const home of homes) {
    const approval = await approve(chain, set, change, readKeyFile(homePaths(home).keys));
    if (approval !== undefined) approvals.push(approval);
  }
  return approvals;
}

export interface Ordered {
  /** The epoch that begins with the change, and the checkpoint at which it does. */
  readonly epoch: number;
  readonly from: number;
  /** Where the change was executed. */
  readonly sequence: number;
}

/** Has a change ordered. Throws `rejected` with what the validators say where they refuse it. */
export async function sendChange(
  chain: Chain,
  urls: readonly string[],
  change: Uint8Array,
  approvals: readonly Approval[],
  timeoutMs: number,
): Promise<Ordered> {
  const payload = encodeApproved(change, approvals);
  const { sequence, result } = await sendSystem(chain, urls, 'change', payload, timeoutMs);
  const read = readResult(result, (reader) => ({ epoch: reader.uint(), from: reader.uint() }));
  if (!read.ok) throw new LockstepError('rejected', `refused (${read.code}): ${read.message}`);
  return { epoch: Number(read.epoch), from: Number(read.from), sequence };
}

/** Has a transaction of the system ordered, by a key that is made for it and then forgotten. */
async function sendSystem(
  chain: Chain,
  urls: readonly string[],
  kind: 'change' | 'evidence',
  payload: Uint8Array,
  timeoutMs: number,
): Promise<{ readonly sequence: number; readonly result: Uint8Array }> {
  const client = await Client.connect({ validators: urls, genesis: chain.genesis, timeoutMs });
  try {
    const { publicKey, secretKey } = await generateKeyPair('ed25519');
    const signer = await createSigner('ed25519', secretKey);
    const expiry = client.sequence + MAX_EXPIRY_SPAN / 2;
    const transaction = encodeTransaction(
      { suite: 'ed25519', kind, nonce: 1, expiry, publicKey, payload },
      (input) => signer.sign(input),
      chain.id,
    );
    return await client.submitRaw(transaction, { timeoutMs });
  } finally {
    await client.close();
  }
}

export interface Convicted {
  readonly validator: string;
  readonly offence: string;
  /** The slot that holds the evidence. */
  readonly sequence: number;
  /** The epoch in which it is gone, and the checkpoint at which that begins; 0 where it stays. */
  readonly epoch: number;
  readonly from: number;
  /** Why it stays; empty where it leaves. */
  readonly stays: string;
}

/** Has evidence ordered. Throws `rejected` with what the validators say where they refuse it. */
export async function sendEvidence(
  chain: Chain,
  urls: readonly string[],
  accusation: Accusation,
  timeoutMs: number,
): Promise<Convicted> {
  const payload = encodeAccusation(accusation);
  const { sequence, result } = await sendSystem(chain, urls, 'evidence', payload, timeoutMs);
  const read = readResult(result, (reader) => ({
    validator: reader.str(MAX_TEXT_BYTES),
    offence: reader.str(MAX_TEXT_BYTES),
    epoch: reader.uint(),
    from: reader.uint(),
    stays: reader.str(MAX_TEXT_BYTES),
  }));
  if (!read.ok) throw new LockstepError('rejected', `refused (${read.code}): ${read.message}`);
  return { ...(read as unknown as Omit<Convicted, 'sequence'>), sequence };
}

/** Waits until a validator says that the epoch has begun. Throws `timeout`. */
export async function untilEpoch(
  urls: readonly string[],
  epoch: number,
  timeoutMs: number,
): Promise<MembershipFigures> {
  const deadline = Date.now() + timeoutMs;
  for (;;) {
    const asked = await askSet(urls, 2_000).catch(() => undefined);
    if (asked !== undefined && asked.set.epoch >= epoch) return asked.set;
    if (Date.now() > deadline) {
      throw new LockstepError(
        'timeout',
        `epoch ${epoch} has not begun in ${timeoutMs} ms; the change is ordered all the same`,
      );
    }
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

/** A change in a file, with who approves it so far. */
export interface ChangeFile {
  readonly version: 1;
  readonly chain: string;
  readonly change: SetChange;
  readonly approvals: readonly {
    readonly name: string;
    readonly member: number;
    readonly signature: string;
  }[];
}

export function readChangeFile(file: string, chain: Chain): ChangeFile {
  let parsed: ChangeFile;
  try {
    parsed = JSON.parse(readFileSync(file, 'utf8')) as ChangeFile;
    encodeChange(parsed.change);
  } catch (error) {
    throw new LockstepError(
      'bad-flag',
      `${file} holds no change of \`lockstep validators\`: ${(error as Error).message}`,
    );
  }
  if (parsed.chain !== chain.idHex)
    throw new LockstepError(
      'wrong-chain',
      `${file} is a change of another chain (${parsed.chain.slice(0, 12)}…)`,
    );
  return parsed;
}
