/**
 * What a home holds, without starting it and without changing a byte. Every part is looked at by itself, so that one
 * that is damaged hides none of the others.
 */

import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { type ErrorCode, LockstepError } from '../core/errors.ts';
import type { Chain } from '../core/genesis.ts';
import { chainOf } from '../crypto/chain.ts';
import { createHasher, type Hasher } from '../crypto/hash.ts';
import { protocolByName, protocolNames } from '../protocols/registry.ts';
import { readSnapshot, storedSnapshots } from '../storage/file-snapshots.ts';
import { type Incarnation, readIncarnation } from '../storage/forgetful.ts';
import { homeHolder } from '../storage/home-lock.ts';
import { nodeFiles } from '../storage/node-files.ts';
import { lostWithPower } from '../storage/run-mark.ts';
import { examineVoteLog, type LogExamination } from '../storage/vote-log-repair.ts';
import type { LogScan } from '../storage/vote-log-scan.ts';
import { readGenesis } from './genesis.ts';
import { type Home, type HomePaths, homePaths, loadHome, requireHome } from './home.ts';
import { requireModes } from './home-modes.ts';
import { inspectStore, type StoreReport } from './inspect-store.ts';

/** Something that keeps the home from starting, or from voting once it has started. */
export interface Problem {
  readonly code: ErrorCode;
  readonly message: string;
}

export interface LogReport {
  readonly generation: number;
  readonly segments: readonly { name: string; records: number; bytes: number; wholeBytes: number }[];
  readonly records: number;
  /** Bytes up to the end of the last whole record. */
  readonly bytes: number;
  /** Bytes of an unfinished write behind them, which the next start cuts off. */
  readonly tornBytes: number;
  /** Zeros at the end, ready to be written to. */
  readonly reservedBytes: number;
  readonly leftovers: readonly string[];
  /** What the second witness knows: so many bytes of that generation were durable. */
  readonly witness: { readonly generation: number; readonly bytes: number } | null;
  readonly damage: string | null;
}

export interface SnapshotReport {
  readonly sequence: number;
  readonly bytes: number;
  readonly damage: string | null;
}

export interface Inspection {
  readonly home: string;
  /** The process that runs on it at this moment. */
  readonly inUseBy: number | null;
  readonly chain: {
    readonly name: string;
    readonly id: string;
    readonly protocol: string;
    readonly auth: string;
    readonly app: string;
    readonly validators: readonly string[];
  } | null;
  readonly validator: { readonly name: string; readonly url: string; readonly durability: string } | null;
  readonly incarnation: Incarnation | null;
  readonly voteLog: LogReport | null;
  readonly snapshots: readonly SnapshotReport[];
  readonly store: StoreReport | null;
  /** What repairs and rollbacks put aside. */
  readonly aside: readonly string[];
  readonly problems: readonly Problem[];
}

/** Names of what repairs and rollbacks leave behind: `votes.damaged-…`, `votes.forgotten-…`, `store.damaged-…`, … */
const ASIDE = /\.(damaged|forgotten|rolled-back)-/;

/** A running validator may replace its log while we read it: then once more. */
const ATTEMPTS = 5;

class Problems {
  readonly list: Problem[] = [];

  /** What `look` gives; where it throws a coded error, undefined, and the error is kept. */
  async try<T>(look: () => T | Promise<T>): Promise<T | undefined> {
    try {
      return await look();
    } catch (error) {
      this.add(error);
      return undefined;
    }
  }

  add(error: unknown): void {
    const { message } = error as Error;
    const code = error instanceof LockstepError ? error.code : 'storage-failed';
    if (!this.list.some((known) => known.message === message)) this.list.push({ code, message });
  }
}

function examine(paths: HomePaths, chain: Chain, running: boolean): LogExamination {
  const place = { files: nodeFiles, path: paths.voteLog, witness: paths.logWitness, chainId: chain.id };
  for (let attempt = 1; ; attempt++) {
    try {
      const examination = examineVoteLog(place);
      if (examination.damage === undefined || !running || attempt === ATTEMPTS) return examination;
    } catch (error) {
      if (!running || attempt === ATTEMPTS) throw error;
    }
  }
}

function reservedIn(scan: LogScan | undefined): number {
  const last = scan?.segments.at(-1);
  return last === undefined ? 0 : Math.max(0, last.size - last.wholeBytes - scan!.tornBytes);
}

function logReport({ scan, mark, damage }: LogExamination): LogReport {
  const segments = scan?.segments ?? [];
  return {
    generation: scan?.generation ?? 0,
    segments: segments.map(({ name, records, size: bytes, wholeBytes }) => ({
      name,
      records,
      bytes,
      wholeBytes,
    })),
    records: scan?.records ?? 0,
    bytes: scan?.length ?? 0,
    tornBytes: scan?.tornBytes ?? 0,
    reservedBytes: damage === undefined ? reservedIn(scan) : 0,
    leftovers: scan?.leftovers ?? [],
    witness: mark === undefined ? null : { generation: mark.generation, bytes: mark.length },
    damage: damage?.message ?? null,
  };
}

function snapshotReports(paths: HomePaths, chain: Chain, problems: Problems): SnapshotReport[] {
  if (!existsSync(paths.snapshots)) return [];
  return storedSnapshots(nodeFiles, paths.snapshots).map((sequence) => {
    try {
      const { meta, chunks } = readSnapshot(nodeFiles, paths.snapshots, sequence, chain.id);
      const bytes = chunks.reduce((sum, chunk) => sum + chunk.length, meta.length);
      return { sequence, bytes, damage: null };
    } catch (error) {
      problems.add(error);
      return { sequence, bytes: 0, damage: (error as Error).message };
    }
  });
}

function asideIn(paths: HomePaths): string[] {
  const folders = [paths.data, paths.snapshots].filter((folder) => existsSync(folder));
  return folders.flatMap((folder) =>
    readdirSync(folder)
      .filter((name) => ASIDE.test(name))
      .map((name) => join(folder, name)),
  );
}

async function chainIn(paths: HomePaths): Promise<{ chain: Chain; hasher: Hasher }> {
  const genesis = readGenesis(paths.genesis);
  const hasher = await createHasher(genesis.hash);
  if (protocolByName(genesis.protocol) === undefined) {
    const known = protocolNames().join(', ');
    throw new LockstepError('bad-genesis', `no protocol ${genesis.protocol} here: there is ${known}`);
  }
  return { chain: chainOf(genesis, hasher), hasher };
}

function chainReport({ genesis, idHex }: Chain): NonNullable<Inspection['chain']> {
  const { chain: name, protocol, auth, app, validators } = genesis;
  const names = validators.map((validator) => validator.name);
  return { name, id: idHex, protocol, auth, app: app.name, validators: names };
}

function validatorReport({ name, url, config }: Home): NonNullable<Inspection['validator']> {
  return { name, url, durability: config.durability };
}

const promisesLost = (why: string) =>
  `${why}. The ledger and the keys are safe. \`lockstep start --home DIR\` comes back by itself, as a new incarnation, which votes once the ` +
  'others agree';

/** Looks at a home, running or not. Throws `home-missing`; everything else is in the result. */
export async function inspectHome(dir: string): Promise<Inspection> {
  requireHome(dir);
  const paths = homePaths(dir);
  const problems = new Problems();
  const inUseBy = homeHolder(dir) ?? null;
  const found = await problems.try(() => chainIn(paths));
  const home = await problems.try(() => loadHome(dir));
  const incarnation = (await problems.try(() => readIncarnation(paths.data))) ?? null;
  const lost = incarnation?.forgotten ? undefined : await problems.try(() => lostWithPower(paths.data));
  if (lost !== undefined) problems.add(new LockstepError('log-damaged', promisesLost(lost)));
  await problems.try(() => requireModes(dir, paths));
  const chain = found?.chain;
  const log = chain && (await problems.try(() => examine(paths, chain, inUseBy !== null)));
  if (log?.damage !== undefined) problems.add(log.damage);
  return {
    home: dir,
    inUseBy,
    chain: chain === undefined ? null : chainReport(chain),
    validator: home === undefined ? null : validatorReport(home),
    incarnation,
    voteLog: log === undefined ? null : logReport(log),
    snapshots: chain === undefined ? [] : snapshotReports(paths, chain, problems),
    store: (chain && (await problems.try(() => inspectStore(paths, chain)))) ?? null,
    aside: asideIn(paths),
    problems: problems.list,
  };
}
