/** A home's certified states, for the tools that roll back, export and import. */

import { dirname, join, resolve } from 'node:path';
import { applicationByName } from '../apps/registry.ts';
import { concatBytes } from '../core/bytes.ts';
import { LockstepError } from '../core/errors.ts';
import type { Sequence } from '../core/ids.ts';
import { createVerifier } from '../crypto/verifier.ts';
import { certifiersOf, EpochChain } from '../proofs/epochs.ts';
import { protocolByName } from '../protocols/registry.ts';
import { createBatchDigests } from '../replica/batch-digest.ts';
import { CertificateChecker } from '../replica/certificates.ts';
import { certifiedCheckpoints, type StateSources } from '../replica/certified-state.ts';
import { createExecutor } from '../replica/executor.ts';
import { openEpochs } from '../storage/epoch-store.ts';
import {
  readSnapshot,
  readSnapshotFile,
  storedSnapshots,
  writeSnapshotFile,
} from '../storage/file-snapshots.ts';
import { storageFailed } from '../storage/fs.ts';
import type { StoredCheckpoint } from '../storage/interface.ts';
import { decodeCheckpoint, encodeCheckpoint } from '../storage/ledger-records.ts';
import { nodeFiles } from '../storage/node-files.ts';
import { openStoreView } from './history-source.ts';
import type { Home } from './home.ts';
import { note } from './output.ts';

const PROGRESS_MS = 2_000;

const COUNT_BYTES = 4;

export async function certificateChecker({ chain, hasher, paths }: Home): Promise<CertificateChecker> {
  return new CertificateChecker(
    chain,
    hasher,
    await createVerifier({ threads: 0 }),
    openEpochs(paths.epochs).load(),
  );
}

/** Opens what states are made from, for as long as `use` runs. Throws as opening a store does. */
export async function withSources<T>(home: Home, use: (sources: StateSources) => Promise<T>): Promise<T> {
  const { chain, hasher, paths } = home;
  const { app } = chain.genesis;
  let toldMs = performance.now();
  const store = await openStoreView(home);
  try {
    return await use({
      chain,
      hasher,
      app: () => applicationByName(app.name).create(app.params, hasher),
      store,
      certificates: await certificateChecker(home),
      snapshots: nodeFiles.exists(paths.snapshots) ? storedSnapshots(nodeFiles, paths.snapshots) : [],
      snapshot: (sequence) => readSnapshot(nodeFiles, paths.snapshots, sequence, chain.id),
      onProgress: (sequence, target) => {
        if (performance.now() - toldMs < PROGRESS_MS) return;
        toldMs = performance.now();
        note(`executing again: slot ${sequence} of ${target}`);
      },
    });
  } finally {
    await store.close();
  }
}

/** The checkpoint meant by a flag; where none is, the last. Throws `bad-flag` with those that there are. */
export async function chosenCheckpoint(
  sources: StateSources,
  flag: string,
  wanted: Sequence | undefined,
): Promise<Sequence> {
  const there = await certifiedCheckpoints(sources);
  if (wanted === undefined && there.length > 0) return there.at(-1)!;
  if (wanted !== undefined && there.includes(wanted)) return wanted;
  const shown = there.slice(-8);
  const list =
    there.length === 0
      ? 'no certified checkpoint here whose state can be made'
      : `those here are ${shown.length < there.length ? `${there[0]} … ` : ''}${shown.join(', ')}`;
  throw new LockstepError('bad-flag', `--${flag} must be a certified checkpoint: ${list}`);
}

/**
 * A certified checkpoint's state in a file: a snapshot's format. Its first block holds the number of proofs of epochs
 * (4 bytes, big-endian) and the checkpoint with its certificate; the next blocks are those proofs, from epoch 1 on, and the
 * others the state. So it can be checked by whoever has the genesis alone.
 */
export interface Export {
  readonly checkpoint: StoredCheckpoint;
  readonly proofs: readonly Uint8Array[];
  readonly chunks: readonly Uint8Array[];
}

/** Writes the file whole, or not at all. Gives its bytes. Throws `bad-flag`, `storage-failed`, `disk-full`. */
export function writeExport(
  home: Home,
  file: string,
  checkpoint: StoredCheckpoint,
  chunks: Iterable<Uint8Array>,
): number {
  const options = { dir: dirname(resolve(file)), chainId: home.chain.id, durability: 'power' } as const;
  const proofs = openEpochs(home.paths.epochs).load().slice(0, checkpoint.epoch);
  const count = Buffer.alloc(COUNT_BYTES);
  count.writeUInt32BE(proofs.length);
  const blocks = function* () {
    yield* proofs;
    yield* chunks;
  };
  try {
    const head = concatBytes(count, encodeCheckpoint(checkpoint));
    writeSnapshotFile(file, options, checkpoint.sequence, head, blocks());
    const written = nodeFiles.open(file);
    const bytes = written.size();
    written.close();
    return bytes;
  } catch (error) {
    nodeFiles.remove(`${file}.new`);
    const { code, message } = error as NodeJS.ErrnoException;
    // Of a place that was asked for, and no fault of a disk.
    if (code === 'ENOENT' || code === 'ENOTDIR' || code === 'EACCES') {
      throw new LockstepError(
        'bad-flag',
        `${file} cannot be written (${message}); choose a folder that takes it`,
      );
    }
    throw storageFailed(file, error);
  }
}

/** Believes nothing of the file but what a quorum of the genesis signed. Throws `snapshot-damaged`, `wrong-chain`. */
async function checkExport(home: Home, file: string, { checkpoint, proofs, chunks }: Export): Promise<void> {
  const { chain, hasher } = home;
  const certificates = await certificateChecker(home);
  if (!certificates.learn(proofs)) {
    throw new LockstepError('snapshot-damaged', `${file}: a proof of an epoch in it does not hold`);
  }
  const verdict = certificates.check(checkpoint);
  if (typeof verdict === 'string') {
    throw new LockstepError('snapshot-damaged', `${file}: its certificate does not hold: ${verdict}`);
  }
  const { name, params } = chain.genesis.app;
  const app = applicationByName(name).create(params, hasher);
  const executor = createExecutor({
    chain,
    hasher,
    app,
    digests: createBatchDigests(hasher),
    verify: certificates.verify,
  });
  const { sequence, meta, digest } = checkpoint;
  if (!executor.install(sequence, meta, chunks, digest)) {
    throw new LockstepError(
      'snapshot-damaged',
      `${file}: its state is not the one that its certificate is of`,
    );
  }
}

/** Reads and checks a file of `writeExport`. Throws `bad-flag`, `snapshot-damaged`, `wrong-chain`, `too-new`. */
export async function readExport(home: Home, file: string): Promise<Export> {
  const exported = parseExport(home, file);
  await checkExport(home, file, exported);
  return exported;
}

function parseExport({ chain }: Home, file: string): Export {
  if (!nodeFiles.exists(file)) throw new LockstepError('bad-flag', `there is no file ${file}`);
  try {
    const { sequence, meta, chunks } = readSnapshotFile(nodeFiles, file, chain.id);
    const count = meta.length < COUNT_BYTES ? 0 : Buffer.from(meta.subarray(0, COUNT_BYTES)).readUInt32BE();
    const checkpoint = decodeCheckpoint(meta.subarray(COUNT_BYTES));
    if (checkpoint?.sequence === sequence && count <= chunks.length) {
      return { checkpoint, proofs: chunks.slice(0, count), chunks: chunks.slice(count) };
    }
  } catch (error) {
    if (!(error instanceof LockstepError) || error.code !== 'snapshot-damaged') throw error;
    const what = error.message.split('. ')[0];
    throw new LockstepError('snapshot-damaged', `${what}. Export it anew, or fetch another copy`);
  }
  throw new LockstepError(
    'snapshot-damaged',
    `${file} holds no certificate: it is a snapshot of a home's own, not one of \`lockstep snapshot export\``,
  );
}

/** Adds those proofs to the home's that it lacks; each is checked on the way. Throws `storage-failed`. */
export async function keepProofs(
  { chain, hasher, paths }: Home,
  proofs: readonly Uint8Array[],
): Promise<void> {
  const verifier = await createVerifier({ threads: 0 });
  const protocol = protocolByName(chain.genesis.protocol)!;
  const epochs = new EpochChain({
    chain,
    hasher,
    store: openEpochs(paths.epochs),
    verify: (item) => verifier.verifySync(item),
    needed: (n) => certifiersOf(protocol, chain.genesis, n),
  });
  for (const proof of proofs) epochs.add(proof);
}

/** Where a snapshot is put aside. */
export const asidePath = (dir: string, name: string): string =>
  join(dir, `${name}.rolled-back-${new Date().toISOString().replace(/[:.]/g, '-')}`);
