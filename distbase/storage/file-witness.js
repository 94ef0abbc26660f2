/**
 * The witness of a vote log as a small file of its own. Two places are written in turn, in sectors of their own, so that
 * a write that is cut off leaves the mark before it. Nothing is synced: a mark that is lost with the power only lags.
 *
 *   place   magic "LSMARK\0\0" (8) ‖ count (f64) ‖ generation (u32) ‖ length (f64) ‖ seed (u32) ‖ CRC-32 of the 32 bytes before
 */
import { crc32 } from 'node:zlib';
import { SECTOR_BYTES } from './vote-log-reader.js';
const MAGIC = Uint8Array.of(0x4c, 0x53, 0x4d, 0x41, 0x52, 0x4b, 0x00, 0x00);
const MARK_BYTES = 36;
function readPlace(file, at) {
    const bytes = new Uint8Array(MARK_BYTES);
    if (file.read(bytes, at) < MARK_BYTES || MAGIC.some((byte, i) => bytes[i] !== byte))
        return undefined;
    const view = new DataView(bytes.buffer);
    if (view.getUint32(32, true) !== crc32(bytes.subarray(0, 32)))
        return undefined;
    return {
        count: view.getFloat64(8, true),
        mark: {
            generation: view.getUint32(16, true),
            length: view.getFloat64(20, true),
            seed: view.getUint32(28, true),
        },
    };
}
/** The newest mark in the file, or undefined. */
export function readFileWitness(files, path) {
    return newest(files, path)?.mark;
}
function newest(files, path) {
    if (!files.exists(path))
        return undefined;
    const file = files.open(path);
    try {
        const first = readPlace(file, 0);
        const second = readPlace(file, SECTOR_BYTES);
        if (first === undefined || second === undefined)
            return first ?? second;
        return first.count > second.count ? first : second;
    }
    finally {
        file.close();
    }
}
/** Opens the witness, or makes one that knows nothing. */
export function openFileWitness(files, path) {
    let { count, mark } = newest(files, path) ?? { count: 0, mark: undefined };
    const bytes = new Uint8Array(MARK_BYTES);
    const view = new DataView(bytes.buffer);
    bytes.set(MAGIC);
    return {
        get: () => mark,
        put(next) {
            const file = files.exists(path) ? files.open(path) : files.create(path);
            try {
                count++;
                view.setFloat64(8, count, true);
                view.setUint32(16, next.generation, true);
                view.setFloat64(20, next.length, true);
                view.setUint32(28, next.seed, true);
                view.setUint32(32, crc32(bytes.subarray(0, 32)), true);
                file.write(bytes, (count % 2) * SECTOR_BYTES);
                mark = next;
            }
            finally {
                file.close();
            }
        },
    };
}
//# sourceMappingURL=file-witness.js.map