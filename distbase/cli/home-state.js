/** A home's certified states, for the tools that roll back, export and import. */
import { dirname, join, resolve } from 'node:path';
import { applicationByName } from '../apps/registry.js';
import { concatBytes } from '../core/bytes.js';
import { LockstepError } from '../core/errors.js';
import { createVerifier } from '../crypto/verifier.js';
import { certifiersOf, EpochChain } from '../proofs/epochs.js';
import { protocolByName } from '../protocols/registry.js';
import { createBatchDigests } from '../replica/batch-digest.js';
import { CertificateChecker } from '../replica/certificates.js';
import { certifiedCheckpoints } from '../replica/certified-state.js';
import { createExecutor } from '../replica/executor.js';
import { openEpochs } from '../storage/epoch-store.js';
import { readSnapshot, readSnapshotFile, storedSnapshots, writeSnapshotFile, } from '../storage/file-snapshots.js';
import { storageFailed } from '../storage/fs.js';
import { decodeCheckpoint, encodeCheckpoint } from '../storage/ledger-records.js';
import { nodeFiles } from '../storage/node-files.js';
import { openStoreView } from './history-source.js';
import { note } from './output.js';
const PROGRESS_MS = 2_000;
const COUNT_BYTES = 4;
export async function certificateChecker({ chain, hasher, paths }) {
    return new CertificateChecker(chain, hasher, await createVerifier({ threads: 0 }), openEpochs(paths.epochs).load());
}
/** Opens what states are made from, for as long as `use` runs. Throws as opening a store does. */
export async function withSources(home, use) {
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
                if (performance.now() - toldMs < PROGRESS_MS)
                    return;
                toldMs = performance.now();
                note(`executing again: slot ${sequence} of ${target}`);
            },
        });
    }
    finally {
        await store.close();
    }
}
/** The checkpoint meant by a flag; where none is, the last. Throws `bad-flag` with those that there are. */
export async function chosenCheckpoint(sources, flag, wanted) {
    const there = await certifiedCheckpoints(sources);
    if (wanted === undefined && there.length > 0)
        return there.at(-1);
    if (wanted !== undefined && there.includes(wanted))
        return wanted;
    const shown = there.slice(-8);
    const list = there.length === 0
        ? 'no certified checkpoint here whose state can be made'
        : `those here are ${shown.length < there.length ? `${there[0]} … ` : ''}${shown.join(', ')}`;
    throw new LockstepError('bad-flag', `--${flag} must be a certified checkpoint: ${list}`);
}
/** Writes the file whole, or not at all. Gives its bytes. Throws `storage-failed`, `disk-full`. */
export function writeExport(home, file, checkpoint, chunks) {
    const options = { dir: dirname(resolve(file)), chainId: home.chain.id, durability: 'power' };
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
    }
    catch (error) {
        nodeFiles.remove(`${file}.new`);
        throw storageFailed(file, error);
    }
}
/** Believes nothing of the file but what a quorum of the genesis signed. Throws `snapshot-damaged`, `wrong-chain`. */
async function checkExport(home, file, { checkpoint, proofs, chunks }) {
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
        throw new LockstepError('snapshot-damaged', `${file}: its state is not the one that its certificate is of`);
    }
}
/** Reads and checks a file of `writeExport`. Throws `bad-flag`, `snapshot-damaged`, `wrong-chain`, `too-new`. */
export async function readExport(home, file) {
    const exported = parseExport(home, file);
    await checkExport(home, file, exported);
    return exported;
}
function parseExport({ chain }, file) {
    if (!nodeFiles.exists(file))
        throw new LockstepError('bad-flag', `there is no file ${file}`);
    try {
        const { sequence, meta, chunks } = readSnapshotFile(nodeFiles, file, chain.id);
        const count = meta.length < COUNT_BYTES ? 0 : Buffer.from(meta.subarray(0, COUNT_BYTES)).readUInt32BE();
        const checkpoint = decodeCheckpoint(meta.subarray(COUNT_BYTES));
        if (checkpoint?.sequence === sequence && count <= chunks.length) {
            return { checkpoint, proofs: chunks.slice(0, count), chunks: chunks.slice(count) };
        }
    }
    catch (error) {
        if (!(error instanceof LockstepError) || error.code !== 'snapshot-damaged')
            throw error;
        const what = error.message.split('. ')[0];
        throw new LockstepError('snapshot-damaged', `${what}. Export it anew, or fetch another copy`);
    }
    throw new LockstepError('snapshot-damaged', `${file} holds no certificate: it is a snapshot of a home's own, not one of \`lockstep snapshot export\``);
}
/** Adds those proofs to the home's that it lacks; each is checked on the way. Throws `storage-failed`. */
export async function keepProofs({ chain, hasher, paths }, proofs) {
    const verifier = await createVerifier({ threads: 0 });
    const protocol = protocolByName(chain.genesis.protocol);
    const epochs = new EpochChain({
        chain,
        hasher,
        store: openEpochs(paths.epochs),
        verify: (item) => verifier.verifySync(item),
        needed: (n) => certifiersOf(protocol, chain.genesis, n),
    });
    for (const proof of proofs)
        epochs.add(proof);
}
/** Where a snapshot is put aside. */
export const asidePath = (dir, name) => join(dir, `${name}.rolled-back-${new Date().toISOString().replace(/[:.]/g, '-')}`);
//# sourceMappingURL=home-state.js.map