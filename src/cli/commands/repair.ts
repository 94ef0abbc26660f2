import { renameSync } from 'node:fs';
import { join } from 'node:path';
import { LockstepError } from '../../core/errors.ts';
import { readSnapshot, snapshotName, storedSnapshots } from '../../storage/file-snapshots.ts';
import { type Incarnation, markForgetful, readIncarnation } from '../../storage/forgetful.ts';
import { syncDirectory } from '../../storage/fs.ts';
import { lockHome } from '../../storage/home-lock.ts';
import { Ledger } from '../../storage/ledger.ts';
import { openLmdb } from '../../storage/lmdb-tables.ts';
import { nodeFiles } from '../../storage/node-files.ts';
import { examineVoteLog, planRepair, repairVoteLog } from '../../storage/vote-log-repair.ts';
import { defineCommand } from '../command.ts';
import { type Home, loadHome } from '../home.ts';
import { HOME_ARGUMENT, homeArgument } from '../home-argument.ts';
import { handBack } from '../home-modes.ts';
import { writeJson } from '../output.ts';

/** One thing that was found wrong, and what became of it. */
interface Repair {
  readonly what: 'vote log' | 'incarnation' | 'snapshot' | 'history';
  readonly damage: string;
  readonly done: string;
  readonly aside: string | null;
  readonly keptRecords?: number;
  readonly cutBytes?: number;
}

/** Without what to do about it: we are doing it. */
const briefly = (error: unknown) => (error as Error).message.split('. ')[0]!;

class Repairs {
  readonly list: Repair[] = [];
  readonly #home: Home;
  readonly #dryRun: boolean;
  readonly #stamp = new Date().toISOString().replace(/[:.]/g, '-');

  constructor(home: Home, dryRun: boolean) {
    this.#home = home;
    this.#dryRun = dryRun;
  }

  #forget(reason: string): void {
    markForgetful(this.#home.paths.data, reason);
  }

  incarnation(): void {
    try {
      readIncarnation(this.#home.paths.data);
    } catch (error) {
      if (!(error instanceof LockstepError) || error.code !== 'log-damaged') throw error;
      if (!this.#dryRun) this.#forget('it was not known any more which incarnation this home is');
      const done = 'the home comes back as a new incarnation';
      this.list.push({ what: 'incarnation', damage: briefly(error), done, aside: null });
    }
  }

  voteLog(): void {
    const { paths, chain } = this.#home;
    const place = { files: nodeFiles, path: paths.voteLog, witness: paths.logWitness, chainId: chain.id };
    const examination = examineVoteLog(place);
    const { damage } = examination;
    if (damage === undefined) return;
    if (damage.code !== 'log-damaged') throw damage;
    const { keptRecords, cutBytes, aside } = this.#dryRun
      ? { ...planRepair(place, examination), aside: undefined }
      : repairVoteLog(place, examination, (reason) => this.#forget(reason), this.#stamp);
    const done = `cut at its last whole record (${keptRecords} records stay, ${cutBytes} bytes go); the home comes back as a new incarnation`;
    this.list.push({
      what: 'vote log',
      damage: briefly(damage),
      done,
      aside: aside ?? null,
      keptRecords,
      cutBytes,
    });
  }

  snapshots(): void {
    const { paths, chain } = this.#home;
    if (!nodeFiles.exists(paths.snapshots)) return;
    for (const sequence of storedSnapshots(nodeFiles, paths.snapshots)) {
      try {
        readSnapshot(nodeFiles, paths.snapshots, sequence, chain.id);
      } catch (error) {
        if (!(error instanceof LockstepError) || error.code !== 'snapshot-damaged') throw error;
        const done = 'put aside: the state is rebuilt from an older one, or fetched from the others';
        const path = join(paths.snapshots, snapshotName(sequence));
        const aside = this.#putAside(path, paths.snapshots);
        this.list.push({ what: 'snapshot', damage: briefly(error), done, aside });
      }
    }
  }

  async history(): Promise<void> {
    const { paths, chain } = this.#home;
    if (!nodeFiles.exists(join(paths.store, 'data.mdb'))) return;
    try {
      const { tables } = await openLmdb({ path: paths.store, readOnly: true });
      try {
        new Ledger({
          tables,
          path: paths.store,
          chainId: chain.id,
          retain: Number.POSITIVE_INFINITY,
        }).check();
      } finally {
        await tables.close();
      }
    } catch (error) {
      if (!(error instanceof LockstepError) || error.code !== 'store-damaged') throw error;
      const done = 'put aside: it is history and no promise, and begins anew with what log and snapshot hold';
      const aside = this.#putAside(paths.store, paths.data);
      this.list.push({ what: 'history', damage: briefly(error), done, aside });
    }
  }

  #putAside(path: string, folder: string): string | null {
    if (this.#dryRun) return null;
    const aside = `${path}.damaged-${this.#stamp}`;
    renameSync(path, aside);
    syncDirectory(folder, 'power');
    return aside;
  }
}

function print(home: Home, dryRun: boolean, repairs: readonly Repair[], incarnation: Incarnation): void {
  if (repairs.length === 0) {
    const forgetful = incarnation.forgotten
      ? '. It is forgetful already: start it, and it asks the others to take it back'
      : '';
    process.stdout.write(`nothing to repair in ${home.dir}${forgetful}\n`);
    return;
  }
  for (const { what, damage, done, aside } of repairs) {
    process.stdout.write(`${what}: ${damage}\n  ${dryRun ? 'would be ' : ''}${done}\n`);
    if (aside !== null) process.stdout.write(`  as it was: ${aside}\n`);
  }
  process.stdout.write(
    dryRun
      ? 'nothing was changed\n'
      : `safe: the keys, and the ledger, which the other validators have. Start it: lockstep start --home ${home.dir}\n`,
  );
}

export const command = defineCommand({
  name: 'repair',
  summary: 'mend the damaged files of a home',
  usage: 'HOME',
  help: `Looks at the vote log, the snapshots and the history of a home that is not running, and mends what is damaged. What was damaged is kept aside, under its old name with .damaged- and the time.

A damaged vote log is cut at its last whole record. What stood behind it were promises, and a validator that breaks one could help to fork the ledger: so the home is marked as forgetful first, and comes back as a new incarnation. Started, it follows the others without a vote, and votes again once they have agreed to take it back. The keys stay the same; the ledger is safe with the others. An unfinished write at the very end, as a crash leaves it, is no damage: the next start cuts it off by itself.

A damaged snapshot or history is put aside: no promise is in them, and the state is rebuilt from an older snapshot and the log, or fetched.

Never restore a vote log from a copy instead: an old log has forgotten promises too, without saying so.

Examples:
  lockstep repair ./home --dry-run     what is wrong, and what would be done
  lockstep repair ./home`,
  options: {
    ...HOME_ARGUMENT,
    'dry-run': { kind: 'flag', doc: 'Say what would be done, and change nothing.' },
  },
  words: 1,
  json: true,
  async run({ values, words, json }) {
    const home = await loadHome(homeArgument('repair', words[0], values.home));
    const dryRun = values['dry-run'];
    const lock = lockHome(home.dir);
    try {
      const repairs = new Repairs(home, dryRun);
      repairs.incarnation();
      repairs.voteLog();
      repairs.snapshots();
      await repairs.history();
      handBack(home.paths.data);
      const damaged = dryRun && repairs.list.some(({ what }) => what === 'incarnation');
      const incarnation = damaged ? undefined : readIncarnation(home.paths.data);
      if (json === undefined) print(home, dryRun, repairs.list, incarnation ?? readNothing);
      else writeJson(json, { home: home.dir, dryRun, repairs: repairs.list, ...incarnation });
      return 0;
    } finally {
      lock.release();
    }
  },
});

const readNothing: Incarnation = { token: '', forgotten: true, reason: '' };
