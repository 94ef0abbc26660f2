import { LockstepError } from '../../core/errors.ts';
import { certifiedState } from '../../replica/certified-state.ts';
import { storedSnapshots, writeSnapshot } from '../../storage/file-snapshots.ts';
import { storageFailed } from '../../storage/fs.ts';
import { lockHome } from '../../storage/home-lock.ts';
import { openStore } from '../../storage/lmdb-store.ts';
import { nodeFiles } from '../../storage/node-files.ts';
import { defineCommand } from '../command.ts';
import { type Home, loadHome } from '../home.ts';
import { errorNamingHome } from '../home-argument.ts';
import { handBack } from '../home-modes.ts';
import { chosenCheckpoint, keepProofs, readExport, withSources, writeExport } from '../home-state.ts';
import { writeJson } from '../output.ts';

interface Report {
  readonly sequence: number;
  readonly digest: string;
  readonly signatures: number;
  readonly bytes: number;
  readonly file: string;
  readonly home: string;
  readonly dryRun: boolean;
}

/** A running validator replaces its snapshots now and then: then once more. */
const ATTEMPTS = 3;

async function exportSnapshot(
  home: Home,
  file: string,
  at: number | undefined,
  dryRun: boolean,
): Promise<Report> {
  if (nodeFiles.exists(file)) {
    throw new LockstepError('bad-flag', `${file} exists, and is not overwritten: choose another name`);
  }
  for (let attempt = 1; ; attempt++) {
    try {
      const { checkpoint, state } = await withSources(home, async (sources) =>
        certifiedState(sources, await chosenCheckpoint(sources, 'at', at)),
      );
      const { sequence, digest, certificate } = checkpoint;
      const bytes = dryRun ? 0 : writeExport(home, file, checkpoint, state.chunks());
      return {
        sequence,
        digest,
        signatures: certificate.length,
        bytes,
        file,
        home: home.dir,
        dryRun,
      };
    } catch (error) {
      const passing = error instanceof LockstepError && error.code === 'snapshot-damaged';
      if (!passing || attempt === ATTEMPTS) throw error;
    }
  }
}

async function importSnapshot(home: Home, file: string, dryRun: boolean): Promise<Report> {
  const { chain, paths, config, dir } = home;
  const lock = lockHome(dir);
  try {
    const { checkpoint, proofs, chunks } = await readExport(home, file);
    const { sequence, digest, certificate, meta } = checkpoint;
    const there = nodeFiles.exists(paths.snapshots);
    const newest = (there ? storedSnapshots(nodeFiles, paths.snapshots).at(-1) : undefined) ?? 0;
    if (newest >= sequence) {
      throw new LockstepError(
        'bad-flag',
        `${dir} has the state at slot ${newest} already, which is not behind ${sequence}; \`lockstep rollback\` takes a home back`,
      );
    }
    const bytes = chunks.reduce((sum, chunk) => sum + chunk.length, 0);
    const report = {
      sequence,
      digest,
      signatures: certificate.length,
      bytes,
      file,
      home: dir,
      dryRun,
    };
    if (dryRun) return report;
    // Before the state, which is of their last epoch.
    await keepProofs(home, proofs);
    try {
      nodeFiles.makeDirectory(paths.snapshots);
      writeSnapshot({ dir: paths.snapshots, chainId: chain.id, durability: 'power' }, sequence, meta, chunks);
    } catch (cause) {
      throw storageFailed(paths.snapshots, cause);
    }
    const retain = config.retain === 'all' ? Number.POSITIVE_INFINITY : config.retain;
    const store = await openStore({ path: paths.store, chainId: chain.id, retain });
    try {
      store.certify(checkpoint);
      store.flushSync();
    } finally {
      await store.close();
    }
    handBack(paths.data);
    return report;
  } finally {
    lock.release();
  }
}

export const command = defineCommand({
  name: 'snapshot',
  summary: 'take a certified state from one home to another, in a file',
  usage: 'export|import HOME FILE',
  help: `A snapshot file holds the state at one certified checkpoint, and the signatures of the quorum that certified it. It needs no trust in whoever carries it: import checks the signatures against the home's own genesis, and the state against what they signed.

export makes the state from the newest snapshot and the stored slots up to the checkpoint, and checks that it is the certified one before it writes the file. It reads a home whose validator runs as well as one that does not. Without --at it takes the last certified checkpoint.

import puts the state into a home that is not running and is behind it: a new one, or one that was down for long. Started, that validator fetches from the others only what came later. Its vote log stays as it is.

Examples:
  lockstep snapshot export ./net/v0 state.snapshot
  lockstep snapshot import ./home state.snapshot --dry-run      check the file, change nothing
  lockstep snapshot import ./home state.snapshot`,
  options: {
    at: {
      kind: 'integer',
      value: 'SEQUENCE',
      min: 1,
      max: Number.MAX_SAFE_INTEGER,
      doc: 'Of export: the checkpoint, instead of the last.',
    },
    'dry-run': { kind: 'flag', doc: 'Check everything, and write nothing.' },
  },
  words: 3,
  json: true,
  async run({ values, words, json }) {
    const [what, dir, file] = words;
    if ((what !== 'export' && what !== 'import') || dir === undefined || file === undefined) {
      throw new LockstepError('bad-flag', 'say `lockstep snapshot export HOME FILE`, or `import HOME FILE`');
    }
    if (what === 'import' && values.at !== undefined) {
      throw new LockstepError('bad-flag', '--at is for export; a file holds one checkpoint');
    }
    const dryRun = values['dry-run'];
    const home = await loadHome(dir);
    try {
      const report =
        what === 'export'
          ? await exportSnapshot(home, file, values.at, dryRun)
          : await importSnapshot(home, file, dryRun);
      if (json !== undefined) writeJson(json, report);
      else {
        const { sequence, digest, signatures, bytes } = report;
        const size = dryRun && what === 'export' ? '' : `, ${bytes.toLocaleString('en')} bytes`;
        process.stdout.write(
          `checkpoint ${sequence} holds: ${signatures} signatures, state ${digest.slice(0, 16)}…${size}\n` +
            (dryRun
              ? 'nothing was written\n'
              : what === 'export'
                ? `written to ${file}\n`
                : `start it: lockstep start --home ${dir}\n`),
        );
      }
      return 0;
    } catch (error) {
      throw errorNamingHome(error, dir);
    }
  },
});
