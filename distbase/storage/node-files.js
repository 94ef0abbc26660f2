/** The real disk. */
import { closeSync, existsSync, fdatasync, fdatasyncSync, fstatSync, fsyncSync, ftruncateSync, mkdirSync, openSync, readdirSync, readSync, renameSync, rmSync, writeSync, } from 'node:fs';
class NodeFile {
    #fd;
    /** Syncs under way; a descriptor must outlive them, or they may meet another file under its number. */
    #syncing = 0;
    #closing = false;
    constructor(fd) {
        this.#fd = fd;
    }
    size() {
        return fstatSync(this.#fd).size;
    }
    read(into, at) {
        let filled = 0;
        while (filled < into.length) {
            const got = readSync(this.#fd, into, filled, into.length - filled, at + filled);
            if (got === 0)
                break;
            filled += got;
        }
        return filled;
    }
    write(bytes, at) {
        let written = 0;
        while (written < bytes.length) {
            written += writeSync(this.#fd, bytes, written, bytes.length - written, at + written);
        }
    }
    truncate(size) {
        ftruncateSync(this.#fd, size);
    }
    sync() {
        fdatasyncSync(this.#fd);
    }
    syncLater(done) {
        this.#syncing++;
        fdatasync(this.#fd, (error) => {
            this.#syncing--;
            if (this.#closing && this.#syncing === 0)
                closeSync(this.#fd);
            done(error ?? undefined);
        });
    }
    close() {
        if (this.#syncing > 0)
            this.#closing = true;
        else
            closeSync(this.#fd);
    }
}
export const nodeFiles = {
    open: (path) => new NodeFile(openSync(path, 'r+')),
    create: (path) => new NodeFile(openSync(path, 'w+', 0o600)),
    exists: existsSync,
    list: (directory) => readdirSync(directory),
    makeDirectory: (path) => mkdirSync(path, { recursive: true, mode: 0o700 }),
    rename: renameSync,
    remove: (path) => rmSync(path, { force: true }),
    syncDirectory(path) {
        const fd = openSync(path, 'r');
        try {
            fsyncSync(fd);
        }
        finally {
            closeSync(fd);
        }
    },
};
//# sourceMappingURL=node-files.js.map