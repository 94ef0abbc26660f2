/**
 * Pieces of a state that is on its way, in a file of their own: CRC-32 of what follows ‖ length ‖ section ‖ piece,
 * integers of 4 bytes, little-endian, after the chain's id. The CRC cuts off a torn tail; nobody believes the rest
 * either, since whoever reads it proves it anew. So nothing here is synced, and a disk that takes no more is left alone.
 */
import { crc32 } from 'node:zlib';
import { bytesEqual } from '../core/bytes.js';
import { MAX_PARTIAL_STATE_BYTES } from '../core/limits.js';
const HEAD_BYTES = 12;
export class StateParts {
    files;
    path;
    chainId;
    file;
    end = 0;
    /** The disk did not take one. */
    failed = false;
    constructor(files, path, chainId) {
        this.files = files;
        this.path = path;
        this.chainId = chainId;
    }
    keep({ section, piece }) {
        if (this.failed || this.end + piece.length > MAX_PARTIAL_STATE_BYTES)
            return;
        const record = new Uint8Array(HEAD_BYTES + piece.length);
        const view = new DataView(record.buffer);
        view.setUint32(4, piece.length, true);
        view.setUint32(8, section, true);
        record.set(piece, HEAD_BYTES);
        view.setUint32(0, crc32(record.subarray(4)), true);
        try {
            this.file ??= this.open();
            this.file.write(record, this.end);
            this.end += record.length;
        }
        catch {
            this.failed = true;
        }
    }
    *read() {
        const bytes = this.contents();
        if (bytes === undefined)
            return;
        const view = new DataView(bytes.buffer);
        for (let at = this.chainId.length; at + HEAD_BYTES <= bytes.length;) {
            const end = at + HEAD_BYTES + view.getUint32(at + 4, true);
            if (end > bytes.length || view.getUint32(at, true) !== crc32(bytes.subarray(at + 4, end)))
                return;
            yield { section: view.getUint32(at + 8, true), piece: bytes.subarray(at + HEAD_BYTES, end) };
            at = end;
        }
    }
    drop() {
        this.file?.close();
        this.file = undefined;
        this.end = 0;
        this.failed = false;
        try {
            this.files.remove(this.path);
        }
        catch {
            // Nobody believes what is in it.
        }
    }
    /** Goes on where the last process stopped, behind the last record that it wrote whole. */
    open() {
        if (this.contents() === undefined) {
            const file = this.files.create(this.path);
            file.write(this.chainId, 0);
            this.end = this.chainId.length;
            return file;
        }
        this.end = this.chainId.length;
        for (const { piece } of this.read())
            this.end += HEAD_BYTES + piece.length;
        const file = this.files.open(this.path);
        file.truncate(this.end);
        return file;
    }
    /** The file's bytes, where there is one of this chain. */
    contents() {
        if (!this.files.exists(this.path))
            return undefined;
        try {
            const file = this.files.open(this.path);
            try {
                const bytes = new Uint8Array(file.size());
                file.read(bytes, 0);
                return bytesEqual(bytes.subarray(0, this.chainId.length), this.chainId) ? bytes : undefined;
            }
            finally {
                file.close();
            }
        }
        catch {
            return undefined;
        }
    }
}
//# sourceMappingURL=state-parts.js.map