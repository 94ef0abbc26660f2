/** Proofs of epochs, as files of a folder and in memory. */
import { closeSync, existsSync, mkdirSync, openSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { renameDurably, storageFailed, syncData, writeAll } from './fs.js';
const nameOf = (epoch) => `epoch-${String(epoch).padStart(8, '0')}.bin`;
/** The folder is made with the first proof: whoever only reads a home changes nothing. Both throw `storage-failed`. */
export function openEpochs(dir) {
    return {
        save(epoch, bytes) {
            const path = join(dir, nameOf(epoch));
            try {
                mkdirSync(dir, { recursive: true, mode: 0o700 });
                const fd = openSync(`${path}.new`, 'w', 0o600);
                try {
                    writeAll(fd, bytes, 0);
                    syncData(fd, 'power');
                }
                finally {
                    closeSync(fd);
                }
                renameDurably(`${path}.new`, path, 'power');
            }
            catch (cause) {
                throw storageFailed(path, cause);
            }
        },
        load() {
            const out = [];
            try {
                const there = new Set(existsSync(dir) ? readdirSync(dir) : []);
                for (let epoch = 1; there.has(nameOf(epoch)); epoch++) {
                    out.push(new Uint8Array(readFileSync(join(dir, nameOf(epoch)))));
                }
            }
            catch (cause) {
                throw storageFailed(dir, cause);
            }
            return out;
        },
    };
}
/** The twin in memory; it outlives whoever uses it. */
export class MemoryEpochs {
    entries = [];
    save(epoch, bytes) {
        this.entries[epoch - 1] = bytes;
    }
    load() {
        return [...this.entries];
    }
}
//# sourceMappingURL=epoch-store.js.map