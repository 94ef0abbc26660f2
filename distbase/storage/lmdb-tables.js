/**
 * LMDB as ordered map, through the package `lmdb`. Every commit is synced, at either durability: without, a loss of
 * power could leave pages of one commit and not of another, and LMDB has no checksums to tell. The commits are few
 * and far from the vote path (`ledger-store.ts`).
 */
import { closeSync, fstatSync, ftruncateSync, mkdirSync, openSync, readSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { LockstepError } from '../core/errors.js';
import { storageFailed } from './fs.js';
import { storeDamaged } from './ledger.js';
/** The package. Throws `store-unavailable` where its binary does not load. */
export async function loadLmdb(load = () => import('lmdb')) {
    try {
        return (await load());
    }
    catch (cause) {
        const reason = (cause instanceof Error ? cause.message : String(cause)).split('\n')[0];
        throw new LockstepError('store-unavailable', `the store needs the package lmdb, which does not load on this machine (${process.platform} ${process.arch}, ` +
            `Node ${process.versions.node}): ${reason}. Install it anew on this machine with \`npm ci\`, optional packages included`, { cause });
    }
}
const DATA_FILE = 'data.mdb';
// Of LMDB's file: a page's header, the meta in it, and where the fields of that are (liblmdb/mdb.c, MDB_meta).
const PAGE_HEADER_BYTES = 24;
const META_MAGIC = 0xbeef_c0de;
const PAGE_SIZE_AT = PAGE_HEADER_BYTES + 24;
const LAST_PAGE_AT = PAGE_HEADER_BYTES + 120;
const META_BYTES = PAGE_HEADER_BYTES + 144;
/**
 * LMDB reads the file through a memory map, and a map that reaches beyond the file's end ends the process. So a file that
 * is shorter than its newest root says is made that long first, with zeros, which LMDB knows for no page of its own.
 * (LMDB itself may leave it a little shorter, where its last pages are free.) Gives whether it had to.
 */
function mendLength(path, readOnly) {
    let fd;
    try {
        fd = openSync(path, readOnly ? 'r' : 'r+');
    }
    catch {
        return false;
    }
    try {
        const size = fstatSync(fd).size;
        if (size === 0)
            return false;
        let needed = 0;
        const meta = Buffer.alloc(META_BYTES);
        for (let at = 0, pages = 0; pages < 2; pages++) {
            if (readSync(fd, meta, 0, META_BYTES, at) < META_BYTES)
                break;
            if (meta.readUInt32LE(PAGE_HEADER_BYTES) !== META_MAGIC)
                break;
            const pageSize = meta.readUInt32LE(PAGE_SIZE_AT);
            if (pageSize < 512 || pageSize > 65_536)
                break;
            needed = Math.max(needed, (Number(meta.readBigUInt64LE(LAST_PAGE_AT)) + 1) * pageSize);
            at = pageSize;
        }
        if (needed === 0 || needed > 2 ** 47)
            throw storeDamaged(path, 'this is not the start of an LMDB file');
        if (size >= needed)
            return false;
        if (readOnly)
            throw storeDamaged(path, `the file has ${size} bytes, and should have ${needed}`);
        ftruncateSync(fd, needed);
        return true;
    }
    finally {
        closeSync(fd);
    }
}
class LmdbTables {
    path;
    file;
    db;
    constructor(path, db) {
        this.path = path;
        this.file = join(path, DATA_FILE);
        this.db = db;
    }
    get diskBytes() {
        const { blocks, size } = statSync(this.file);
        return blocks > 0 ? 512 * blocks : size;
    }
    get(key) {
        return this.reading(() => this.db.get(key));
    }
    keys({ from, to, reverse = false, limit }) {
        return this.reading(() => {
            // The range's end is exclusive in LMDB: one zero byte more comes right after the key.
            const above = Buffer.concat([to, Uint8Array.of(0)]);
            const bounds = reverse
                ? { start: to, end: before(from) }
                : { start: from, end: above };
            const most = Number.isFinite(limit) ? { limit } : {};
            return [...this.db.getKeys({ ...bounds, reverse, ...most })].map((key) => Buffer.from(key));
        });
    }
    put(key, value) {
        this.db.putSync(key, value);
    }
    remove(key) {
        this.db.removeSync(key);
    }
    transact(body) {
        try {
            this.db.transactionSync(body);
        }
        catch (cause) {
            if (cause instanceof LockstepError)
                throw cause;
            throw storageFailed(this.file, cause);
        }
    }
    /** What LMDB says of pages that are none of its own. */
    reading(read) {
        try {
            return read();
        }
        catch (cause) {
            if (cause instanceof LockstepError)
                throw cause;
            throw storeDamaged(this.path, `it cannot be read (${cause.message})`);
        }
    }
    async close() {
        await this.db.close();
    }
}
/** The greatest key of at most as many bytes that is smaller. */
function before(key) {
    const out = Buffer.from(key);
    for (let i = out.length - 1; i >= 0; i--) {
        if (out[i] > 0) {
            out[i]--;
            return out;
        }
        out[i] = 255;
    }
    return Buffer.of(0);
}
/** Throws `store-unavailable`, `store-damaged`, `storage-failed`. */
export async function openLmdb({ path, readOnly = false }) {
    const { open } = await loadLmdb();
    try {
        if (!readOnly)
            mkdirSync(path, { recursive: true, mode: 0o700 });
        const suspect = mendLength(join(path, DATA_FILE), readOnly);
        const db = open({
            path,
            encoding: 'binary',
            keyEncoding: 'binary',
            maxDbs: 1,
            readOnly,
            overlappingSync: false,
        });
        return { tables: new LmdbTables(path, db), suspect };
    }
    catch (cause) {
        if (cause instanceof LockstepError)
            throw cause;
        const message = cause instanceof Error ? cause.message : String(cause);
        if (/MDB_(INVALID|VERSION_MISMATCH|CORRUPTED|PANIC)/.test(message)) {
            throw storeDamaged(path, `LMDB does not take it (${message})`);
        }
        throw storageFailed(path, cause);
    }
}
//# sourceMappingURL=lmdb-tables.js.map