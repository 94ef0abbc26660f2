import { renameSync } from 'node:fs';
import { join } from 'node:path';
import type { Sequence } from '../../core/ids.ts';
import { type CertifiedState, certifiedState } from '../../replica/certified-state.ts';
import { openSnapshots, snapshotName, storedSnapshots, writeSnapshot } from '../../storage/file-snapshots.ts';
import { storageFailed, syncDirectory } from '../../storage/fs.ts';
import { lockHome } from '../../storage/home-lock.ts';
import { openStore } from '../../storage/lmdb-store.ts';
import { nodeFiles } from '../../storage/node-files.ts';
import { defineCommand } from '../command.ts';
import { type Home, loadHome } from '../home.ts';
import { errorNamingHome, HOME_ARGUMENT, homeArgument } from '../home-argument.ts';
import { handBack } from '../home-modes.ts';
import { asidePath, chosenCheckpoint, withSources } from '../home-state.ts';
import { writeJson } from '../output.ts';

/**
 * The state first, then what is newer: a crash in between leaves a home that starts from what it had, and a second
 * rollback ends the work.
 */
async function rollBack(home: Home, { checkpoint, state }: CertifiedState, newer: readonly Sequence[]) {
  const { paths, chain, config } = home;
  const { sequence } = checkpoint;
  const aside = newer.map((saved) => asidePath(paths.snapshots, snapshotName(saved)));
  const options = { dir: paths.snapshots, chainId: chain.id, durability: 'power' } as const;
  try {
    writeSnapshot(options, sequence, state.meta, state.chunks());
    for (const [i, saved] of newer.entries()) {
      renameSync(join(paths.snapshots, snapshotName(saved)), aside[i]!);
    }
    syncDirectory(paths.snapshots, 'power');
    openSnapshots(options).dropParts();
  } catch (cause) {
    throw storageFailed(paths.snapshots, cause);
  }
  const retain = config.retain === 'all' ? Number.POSITIVE_INFINITY : config.retain;
  const store = await openStore({ path: paths.store, chainId: chain.id, retain });
  try {
    store.truncate(sequence);
    store.flushSync();
  } finally {
    await store.close();
  }
  return aside;
}

export const command = defineCommand({
  name: 'rollback',
  summary: "take a home's state back to a certified checkpoint",
  usage: 'HOME --to SEQUENCE',
  help: `Gives a home that is not running the state of a checkpoint that a quorum has signed. The state is made from the newest snapshot below it and the stored slots since, and everything is checked: the signatures under the checkpoint, the ledger header after each slot, and the digest of the state that comes out. If anything differs, nothing is changed.

Snapshots that are newer are put aside, and the history above is cut off. The vote log stays as it is: a rollback takes back what was executed and never what was promised, so the validator votes again as soon as it has caught up. It executes again what its log holds, and fetches from the others what it does not: below the checkpoint at which its log begins it votes for nothing, and waits until one of them gives it a state. So take back no more than one at a time where the log does not reach as far; where all were, put the snapshots that went aside back under their names.

It is for a validator whose state cannot be trusted: one that stopped as diverged, or whose machine had bad memory. A validator takes itself back like that when it notices at a checkpoint; this is for when it could not.

Without --to it goes to the last certified checkpoint; a wrong number lists those that there are.

Examples:
  lockstep rollback ./home --dry-run
  lockstep rollback ./home --to 6400`,
  options: {
    ...HOME_ARGUMENT,
    to: {
      kind: 'integer',
      value: 'SEQUENCE',
      min: 1,
      max: Number.MAX_SAFE_INTEGER,
      doc: 'The checkpoint to go back to.',
    },
    'dry-run': { kind: 'flag', doc: 'Check everything, say what would be done, and change nothing.' },
  },
  words: 1,
  json: true,
  async run({ values, words, json }) {
    const home = await loadHome(homeArgument('rollback', words[0], values.home));
    const { paths, dir } = home;
    const lock = lockHome(dir);
    try {
      const { head, made } = await withSources(home, async (sources) => {
        const summary = await sources.store.summary();
        return {
          head: summary.head,
          made: await certifiedState(sources, await chosenCheckpoint(sources, 'to', values.to)),
        };
      });
      const { sequence, certificate, digest } = made.checkpoint;
      const newer = storedSnapshots(nodeFiles, paths.snapshots).filter((saved) => saved > sequence);
      const dryRun = values['dry-run'];
      const aside = dryRun ? [] : await rollBack(home, made, newer);
      handBack(paths.data);
      const report = {
        home: dir,
        dryRun,
        to: sequence,
        digest,
        signatures: certificate.length,
        executedAgain: made.executed,
        cutSlots: Math.max(0, head - sequence),
        newerSnapshots: newer,
        aside,
      };
      if (json !== undefined) writeJson(json, report);
      else {
        const { signatures, executedAgain, cutSlots } = report;
        process.stdout.write(
          `checkpoint ${sequence} holds: ${signatures} signatures, state ${digest.slice(0, 16)}… (${executedAgain} slots executed again)\n` +
            `${dryRun ? 'would cut' : 'cut'} ${cutSlots} slots of history above it; snapshots put aside: ${newer.length}; the vote log stays\n`,
        );
        for (const path of aside) process.stdout.write(`  as it was: ${path}\n`);
        process.stdout.write(dryRun ? 'nothing was changed\n' : `start it: lockstep start --home ${dir}\n`);
      }
      return 0;
    } catch (error) {
      throw errorNamingHome(error, dir);
    } finally {
      lock.release();
    }
  },
});
