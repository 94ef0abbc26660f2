/** Snapshots as files, one each, in a folder of their own; `snapshot-format.ts` gives their bytes. */
import { join } from 'node:path';
import { invariant } from '../core/assert.js';
import { LockstepError } from '../core/errors.js';
import { storageFailed } from './fs.js';
import { nodeFiles } from './node-files.js';
import { blockHeader, parseSnapshot, snapshotDamaged, snapshotHeader, snapshotSequence, } from './snapshot-format.js';
import { StateParts } from './state-parts.js';
/** The newest, and the one before it for a replica that has to roll back. */
const KEPT = 2;
/** The file of a snapshot, in its folder. */
export const snapshotName = (sequence) => `snapshot-${String(sequence).padStart(16, '0')}.bin`;
/** Sequences of the snapshots in a folder, ascending. */
export function storedSnapshots(files, dir) {
    return files
        .list(dir)
        .map((name) => /^snapshot-(\d{16})\.bin$/.exec(name)?.[1])
        .filter((digits) => digits !== undefined)
        .map(Number)
        .sort((a, b) => a - b);
}
/** One snapshot, checked. Throws `snapshot-damaged`, `too-new`, `wrong-chain`. */
export function readSnapshot(files, dir, sequence, chainId) {
    return readSnapshotFile(files, join(dir, snapshotName(sequence)), chainId, sequence);
}
/** The same of a file with any name; without a `sequence`, of the one that it says. */
export function readSnapshotFile(files, path, chainId, sequence) {
    try {
        const file = files.open(path);
        try {
            const bytes = new Uint8Array(file.size());
            file.read(bytes, 0);
            const expected = sequence ?? snapshotSequence(path, bytes);
            const [meta, ...chunks] = parseSnapshot(path, bytes, chainId, expected);
            return { sequence: expected, meta: meta, chunks };
        }
        finally {
            file.close();
        }
    }
    catch (error) {
        if (error instanceof LockstepError)
            throw error;
        throw snapshotDamaged(path, `it cannot be read (${error.message})`);
    }
}
/** Writes one snapshot in place of any with its sequence. Throws what the file system does. */
export function writeSnapshot(options, sequence, meta, chunks) {
    writeSnapshotFile(join(options.dir, snapshotName(sequence)), options, sequence, meta, chunks);
}
/** The same under any name in `dir`: whole under that name, or not there. */
export function writeSnapshotFile(path, { files = nodeFiles, dir, chainId, durability }, sequence, meta, chunks) {
    const file = files.create(`${path}.new`);
    try {
        const header = snapshotHeader(chainId, sequence);
        let at = 0;
        const put = (bytes) => {
            file.write(bytes, at);
            at += bytes.length;
        };
        put(header);
        let seed = new DataView(header.buffer).getUint32(52, true);
        const block = (payload) => {
            const next = blockHeader(payload, seed);
            seed = next.crc;
            put(next.header);
            put(payload);
        };
        block(meta);
        for (const chunk of chunks)
            if (chunk.length > 0)
                block(chunk);
        block(new Uint8Array(0));
        if (durability === 'power')
            file.sync();
    }
    finally {
        file.close();
    }
    files.rename(`${path}.new`, path);
    if (durability === 'power')
        files.syncDirectory(dir);
}
/** Opens the folder and removes what a crash left half-written. Throws `storage-failed`, `disk-full`. */
export function openSnapshots(options) {
    const { dir, chainId, files = nodeFiles } = options;
    invariant(chainId.length === 32, 'a chain id has 32 bytes');
    try {
        files.makeDirectory(dir);
        for (const name of files.list(dir))
            if (name.endsWith('.new'))
                files.remove(join(dir, name));
    }
    catch (cause) {
        throw storageFailed(dir, cause);
    }
    const kept = new StateParts(files, join(dir, 'partial.bin'), chainId);
    return {
        keepPart: (part) => kept.keep(part),
        parts: () => kept.read(),
        dropParts: () => kept.drop(),
        save(sequence, meta, chunks) {
            const path = join(dir, snapshotName(sequence));
            try {
                writeSnapshot(options, sequence, meta, chunks);
                for (const old of storedSnapshots(files, dir).slice(0, -KEPT))
                    files.remove(join(dir, snapshotName(old)));
            }
            catch (cause) {
                files.remove(`${path}.new`);
                throw storageFailed(path, cause);
            }
        },
        load() {
            const sequence = storedSnapshots(files, dir).at(-1);
            return sequence === undefined ? undefined : readSnapshot(files, dir, sequence, chainId);
        },
    };
}
//# sourceMappingURL=file-snapshots.js.map