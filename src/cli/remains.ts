/** What homes that stand still, or copies of them without their secret keys, hold of what their validators promised. */

import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { LockstepError } from '../core/errors.ts';
import type { Chain, ValidatorInfo } from '../core/genesis.ts';
import type { Epoch, Sequence } from '../core/ids.ts';
import type { ValidatorSet } from '../core/membership.ts';
import { chainOf } from '../crypto/chain.ts';
import { createHasher, type Hasher } from '../crypto/hash.ts';
import { readKeyFile } from '../crypto/keyfile.ts';
import { markedEpoch } from '../replica/epoch-mark.ts';
import { readIncarnation } from '../storage/forgetful.ts';
import { homeHolder } from '../storage/home-lock.ts';
import type { StoredCheckpoint, StoredSlot } from '../storage/interface.ts';
import { nodeFiles } from '../storage/node-files.ts';
import { lostWithPower } from '../storage/run-mark.ts';
import { examineVoteLog } from '../storage/vote-log-repair.ts';
import { scannedRecords, scanVoteLog } from '../storage/vote-log-scan.ts';
import { holdsCluster } from './cluster-homes.ts';
import { isFresh } from './fresh-log.ts';
import { readGenesis, validatorInfo } from './genesis.ts';
import { openStoreView } from './history-source.ts';
import { type HomePaths, homePaths } from './home.ts';

export interface Remains {
  readonly dir: string;
  readonly paths: HomePaths;
  readonly chain: Chain;
  readonly hasher: Hasher;
  readonly keys: Pick<ValidatorInfo, 'ed25519' | 'mlDsa87'>;
}

/** The folders of these; of a local cluster's folder, the homes in it. */
export function homesAt(dirs: readonly string[]): string[] {
  return dirs.flatMap((dir) => {
    if (!holdsCluster(dir)) return [dir];
    const inside = readdirSync(dir, { withFileTypes: true }).filter((entry) => entry.isDirectory());
    return inside.map(({ name }) => join(dir, name)).filter((home) => existsSync(homePaths(home).genesis));
  });
}

function publicKeys(dir: string, paths: HomePaths): Remains['keys'] {
  if (existsSync(paths.keys)) return validatorInfo('', readKeyFile(paths.keys));
  try {
    const { ed25519, mlDsa87 } = JSON.parse(readFileSync(join(dir, 'public.json'), 'utf8')) as ValidatorInfo;
    return { ed25519, mlDsa87 };
  } catch {
    throw new LockstepError(
      'bad-flag',
      `${dir} has neither keys.json nor public.json, so it cannot be said whose it is; \`lockstep keygen --public FILE\` writes the latter`,
    );
  }
}

/** Throws `bad-flag`, `bad-genesis`, `bad-key`, and `home-in-use` for one whose validator runs. */
export async function readRemains(dir: string): Promise<Remains> {
  const paths = homePaths(dir);
  if (!existsSync(paths.genesis))
    throw new LockstepError(
      'home-missing',
      `${dir} is neither a home nor a copy of one: it has no genesis.json`,
    );
  const pid = homeHolder(dir);
  if (pid !== undefined && pid !== process.pid)
    throw new LockstepError(
      'home-in-use',
      `${dir} is in use by process ${pid}; all validators have to be stopped`,
    );
  const genesis = readGenesis(paths.genesis);
  const hasher = await createHasher(genesis.hash);
  return { dir, paths, hasher, chain: chainOf(genesis, hasher), keys: publicKeys(dir, paths) };
}

/** Which member of the set it is; −1: none. */
export function placeOf({ keys }: Remains, set: ValidatorSet): number {
  return set.members.findIndex((one) => one.ed25519 === keys.ed25519 && one.mlDsa87 === keys.mlDsa87);
}

/** Whether its log was made anew without all that was promised. */
export function madeWithLoss({ paths }: Remains): boolean {
  try {
    return readIncarnation(paths.data).reason !== '';
  } catch {
    return true;
  }
}

/** Why its log does not hold all that its validator promised; undefined: it does. */
export function forgetfulBecause({ paths, chain }: Remains, token: string): string | undefined {
  try {
    const incarnation = readIncarnation(paths.data);
    if (incarnation.forgotten) return incarnation.reason;
    if (incarnation.token !== token) return 'it is an older incarnation';
    const lost = lostWithPower(paths.data);
    if (lost !== undefined) return lost;
    const place = { files: nodeFiles, path: paths.voteLog, witness: paths.logWitness, chainId: chain.id };
    return examineVoteLog(place).damage?.message.split('. ')[0];
  } catch (error) {
    if (error instanceof LockstepError) return error.message;
    throw error;
  }
}

/**
 * The records of its log, and of what repairs and rejoins put aside, one list each, as far as they are whole. A log that was made
 * anew in this standstill (`fresh-log.ts`) is given without its last record, its VIEW-CHANGE.
 */
export function logsIn({ paths, chain }: Remains, epoch: Epoch): Uint8Array[][] {
  const logs: Uint8Array[][] = [];
  const folders = existsSync(paths.data) ? readdirSync(paths.data) : [];
  for (const name of folders.filter((one) => one === 'votes' || /^votes\.(damaged|forgotten)-/.test(one))) {
    const folder = join(paths.data, name);
    let records: Uint8Array[];
    try {
      const scan = scanVoteLog(nodeFiles, folder, chain.id, undefined);
      records = [...scannedRecords(nodeFiles, folder, scan)];
      if (name === 'votes' && isFresh(paths.data, scan)) records.pop();
    } catch {
      // One that was put aside because it cannot be read.
      continue;
    }
    const marked = records[0] === undefined ? undefined : markedEpoch(records[0]);
    if ((marked ?? 0) === epoch) logs.push(marked === undefined ? records : records.slice(1));
  }
  return logs;
}

/** The certified checkpoint at this slot in its history. Throws `store-damaged`. */
export async function checkpointIn(
  remains: Remains,
  sequence: Sequence,
): Promise<StoredCheckpoint | undefined> {
  if (!existsSync(join(remains.paths.store, 'data.mdb'))) return undefined;
  const store = await openStoreView(remains);
  try {
    const checkpoint = await store.checkpointTo(sequence);
    return checkpoint?.sequence === sequence ? checkpoint : undefined;
  } finally {
    await store.close();
  }
}

/** Slots asked for at once. */
const PAGE = 256;

/** The executed slots of its history above `after` that are of this epoch. Throws `store-damaged`. */
export async function executedIn(remains: Remains, after: Sequence, epoch: Epoch): Promise<StoredSlot[]> {
  if (!existsSync(join(remains.paths.store, 'data.mdb'))) return [];
  const store = await openStoreView(remains);
  const out: StoredSlot[] = [];
  try {
    for (let from = after + 1; ; ) {
      const sequences = await store.slotsFrom(from, PAGE);
      if (sequences.length === 0) return out;
      for (const sequence of sequences) {
        const slot = await store.slot(sequence);
        if (slot?.epoch === epoch) out.push(slot);
      }
      from = sequences.at(-1)! + 1;
    }
  } finally {
    await store.close();
  }
}
