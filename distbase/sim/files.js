/**
 * A disk that keeps, over a loss of power, only what was synced: of a file its synced bytes, of a directory its synced
 * names. Of the rest it keeps what chance lets it, sector by sector and name by name, in any order, which is more than
 * any real disk would do to us. Under a kill −9 all that was written stays, for the kernel lives on.
 */
import { SECTOR_BYTES } from '../storage/vote-log-reader.js';
/** Thrown by the operation in which the power goes, and by every one after it. */
export class PowerCut extends Error {
    name = 'PowerCut';
}
/** Whether an error is the power going, or comes of it. */
export function isPowerCut(error) {
    for (let at = error; at instanceof Error; at = at.cause)
        if (at instanceof PowerCut)
            return true;
    return false;
}
/** An error with the code that a system call would give. */
function systemError(code, what) {
    return Object.assign(new Error(`${code}: ${what}`), { code });
}
class Inode {
    bytes = new Uint8Array(256);
    length = 0;
    /** What a loss of power leaves for certain. */
    synced = new Uint8Array(0);
    /** Where the first byte lies that was written or cut since; Infinity: none. */
    dirtyFrom = Number.POSITIVE_INFINITY;
    /** Syncs that began, and the last of them to end. */
    syncs = 0;
    settled = 0;
    resize(length) {
        if (length > this.bytes.length) {
            const grown = new Uint8Array(Math.max(2 * this.bytes.length, length));
            grown.set(this.bytes.subarray(0, this.length));
            this.bytes = grown;
        }
        if (length > this.length)
            this.bytes.fill(0, this.length, length);
        this.length = length;
    }
    touched(at) {
        this.dirtyFrom = Math.min(this.dirtyFrom, at);
    }
    content() {
        return this.bytes.subarray(0, this.length);
    }
    set(content) {
        this.resize(content.length);
        this.bytes.set(content);
    }
    /** What the disk holds after a loss of power. */
    lose(random) {
        const { synced, dirtyFrom } = this;
        if (dirtyFrom !== Number.POSITIVE_INFINITY) {
            const now = this.content().slice();
            const grown = now.length >= synced.length;
            const span = Math.abs(now.length - synced.length);
            const kept = Math.min(now.length, synced.length) + random.below(span + 1);
            const out = new Uint8Array(grown ? kept : random.chance(0.5) ? now.length : synced.length);
            out.set(synced.subarray(0, out.length));
            // All, none, or any of the sectors that were written.
            const share = [0, 1, random.float()][random.below(3)];
            for (let at = dirtyFrom - (dirtyFrom % SECTOR_BYTES); at < out.length; at += SECTOR_BYTES) {
                if (!random.chance(share))
                    continue;
                out.set(now.subarray(at, Math.min(at + SECTOR_BYTES, out.length)), at);
            }
            this.set(out);
        }
        this.settle();
    }
    settle() {
        this.synced = this.content().slice();
        this.dirtyFrom = Number.POSITIVE_INFINITY;
        this.settled = ++this.syncs;
    }
    /** A sync ends that began as number `sync`, with `content`; what was written since is as uncertain as before. */
    settleAs(sync, content) {
        // A later one was quicker.
        if (sync < this.settled)
            return;
        this.settled = sync;
        this.synced = content;
        const { length } = content;
        let same = 0;
        while (same < length && same < this.length && content[same] === this.bytes[same])
            same++;
        this.dirtyFrom = same === length && same === this.length ? Number.POSITIVE_INFINITY : same;
    }
}
export class SimDisk {
    /** Names as the running system sees them, and as they are on the disk. */
    #names = new Map();
    #onDisk = new Map();
    #changes = [];
    #boot;
    /** Writes fail for want of space. */
    full = false;
    /** How many operations from now the power goes, in the midst of one; undefined: it stays. */
    cutAfter;
    /** How long a sync takes that nobody is blocked by, ms. */
    syncMs = () => 0;
    operations = 0;
    /** How often the power went. */
    cuts = 0;
    #random;
    constructor(random) {
        this.#random = random;
    }
    /** The disk as a process sees it that starts now. `after` calls back once, unless the power went. */
    boot(after) {
        if (this.#boot !== undefined)
            this.#boot.alive = false;
        this.#boot = new Boot(this, after);
        return this.#boot;
    }
    /** False: the power went, and whoever swallowed the error of that operation has not noticed. */
    get powered() {
        return this.#boot?.alive === true;
    }
    /** The process is gone, and all it wrote stays. */
    kill() {
        if (this.#boot !== undefined)
            this.#boot.alive = false;
        this.cutAfter = undefined;
    }
    /** The power is gone, and with it what was not synced, or some of it. */
    losePower() {
        this.kill();
        this.cuts++;
        for (const change of this.#changes)
            if (this.#random.chance(0.5))
                apply(this.#onDisk, change);
        this.#changes = [];
        for (const inode of new Set([...this.#names.values(), ...this.#onDisk.values()]))
            inode.lose(this.#random);
        this.#names.clear();
        for (const [name, inode] of this.#onDisk)
            this.#names.set(name, inode);
    }
    /** Paths in a folder that hold something. */
    filesIn(directory) {
        return [...this.#names]
            .filter(([name, inode]) => parentOf(name) === directory && inode.length > 0)
            .map(([name]) => name)
            .sort();
    }
    /** What the disk does to a file behind everybody's back, to stay. */
    spoil(path, change) {
        const inode = this.#names.get(path);
        inode.set(change(inode.content().slice()));
        inode.settle();
    }
    // ------------------------------------------------------------------------------ of the running system
    /** Counts an operation; true: the power goes in its midst. */
    strike() {
        this.operations++;
        if (this.cutAfter === undefined || this.cutAfter-- > 0)
            return false;
        this.cutAfter = undefined;
        this.#boot.alive = false;
        return true;
    }
    part(length) {
        return this.#random.below(length + 1);
    }
    find(path) {
        return this.#names.get(path);
    }
    rename(from, to, inode) {
        const change = { directory: parentOf((to ?? from)), removed: from, added: to, inode };
        apply(this.#names, change);
        this.#changes.push(change);
    }
    list(directory) {
        return [...this.#names.keys()]
            .filter((name) => parentOf(name) === directory)
            .map((name) => name.slice(directory.length + 1));
    }
    syncNames(directory) {
        for (const change of this.#changes)
            if (change.directory === directory)
                apply(this.#onDisk, change);
        this.#changes = this.#changes.filter((change) => change.directory !== directory);
    }
}
const parentOf = (path) => path.slice(0, Math.max(0, path.lastIndexOf('/')));
function apply(names, { removed, added, inode }) {
    if (removed !== undefined)
        names.delete(removed);
    if (added !== undefined)
        names.set(added, inode);
}
/** The disk's files for as long as one process lives. */
class Boot {
    alive = true;
    #disk;
    #after;
    constructor(disk, after) {
        this.#disk = disk;
        this.#after = after;
    }
    /** Does an operation, or the part of it that came before the power went. */
    do(whole, part = () => { }) {
        if (!this.alive)
            throw new PowerCut('the power is gone');
        if (!this.#disk.strike())
            return whole();
        part();
        throw new PowerCut('the power goes');
    }
    open(path) {
        this.do(() => { });
        const inode = this.#disk.find(path);
        if (inode === undefined)
            throw systemError('ENOENT', `no such file, open '${path}'`);
        return this.#file(inode);
    }
    create(path) {
        this.do(() => this.#room());
        const inode = this.#disk.find(path) ?? new Inode();
        inode.touched(0);
        inode.resize(0);
        this.#disk.rename(undefined, path, inode);
        return this.#file(inode);
    }
    exists(path) {
        return this.#disk.find(path) !== undefined || this.#disk.list(path).length > 0;
    }
    list(directory) {
        return this.#disk.list(directory);
    }
    makeDirectory() { }
    rename(from, to) {
        this.do(() => this.#disk.rename(from, to, this.#disk.find(from)));
    }
    remove(path) {
        this.do(() => {
            if (this.#disk.find(path) !== undefined)
                this.#disk.rename(path, undefined, undefined);
        });
    }
    syncDirectory(path) {
        this.do(() => this.#disk.syncNames(path));
    }
    #room() {
        if (this.#disk.full)
            throw systemError('ENOSPC', 'no space left on device, write');
    }
    #file(inode) {
        const write = (bytes, at) => {
            inode.touched(at);
            if (at + bytes.length > inode.length)
                inode.resize(at + bytes.length);
            inode.bytes.set(bytes, at);
        };
        // Within what is there already, sectors are written whole; only a new end lies anywhere.
        const part = (length, at) => {
            const end = at + length;
            return end >= inode.length ? length : Math.max(0, end - (end % SECTOR_BYTES) - at);
        };
        return {
            size: () => inode.length,
            read(into, at) {
                const bytes = inode.content().subarray(at, at + into.length);
                into.set(bytes);
                return bytes.length;
            },
            write: (bytes, at) => this.do(() => {
                this.#room();
                write(bytes, at);
            }, () => write(bytes.subarray(0, part(this.#disk.part(bytes.length), at)), at)),
            truncate: (size) => this.do(() => {
                inode.touched(size);
                inode.resize(size);
            }),
            sync: () => this.do(() => inode.settle()),
            syncLater: (done) => {
                this.do(() => { });
                const content = inode.content().slice();
                const sync = ++inode.syncs;
                this.#after(this.#disk.syncMs(), () => {
                    if (!this.alive)
                        return;
                    inode.settleAs(sync, content);
                    done(undefined);
                });
            },
            close: () => { },
        };
    }
}
//# sourceMappingURL=files.js.map