/** The twin of LMDB in memory: what a transaction wrote survives, and what one that failed wrote does not. */
import { Buffer } from 'node:buffer';
export class MemoryTables {
    values = new Map();
    /** Every key, ascending; undefined after keys came or went. */
    sorted = [];
    /** What each write of the running transaction replaced. */
    undo = [];
    get diskBytes() {
        let bytes = 0;
        for (const [key, value] of this.values)
            bytes += key.length + value.length;
        return bytes;
    }
    get(key) {
        return this.values.get(nameOf(key))?.slice();
    }
    keys({ from, to, reverse = false, limit }) {
        // One character a byte, so that strings sort as their bytes do.
        this.sorted ??= [...this.values.keys()].sort();
        const low = nameOf(from);
        const high = nameOf(to);
        const found = [];
        const { sorted } = this;
        let at = reverse ? firstAbove(sorted, high) - 1 : firstAtLeast(sorted, low);
        for (; found.length < limit && at >= 0 && at < sorted.length; at += reverse ? -1 : 1) {
            const name = sorted[at];
            if (name < low || name > high)
                break;
            found.push(Buffer.from(name, 'latin1'));
        }
        return found;
    }
    put(key, value) {
        const name = nameOf(key);
        if (!this.values.has(name)) {
            const last = this.sorted?.at(-1);
            if (this.sorted !== undefined && (last === undefined || name > last))
                this.sorted.push(name);
            else
                this.sorted = undefined;
        }
        this.undo.push([name, this.values.get(name)]);
        this.values.set(name, Uint8Array.prototype.slice.call(value));
    }
    remove(key) {
        const name = nameOf(key);
        this.undo.push([name, this.values.get(name)]);
        if (this.values.delete(name))
            this.sorted = undefined;
    }
    transact(body) {
        this.undo = [];
        try {
            body();
        }
        catch (error) {
            for (const [name, before] of this.undo.reverse()) {
                if (before === undefined)
                    this.values.delete(name);
                else
                    this.values.set(name, before);
            }
            this.sorted = undefined;
            throw error;
        }
        finally {
            this.undo = [];
        }
    }
    async close() { }
}
function nameOf(key) {
    return Buffer.from(key.buffer, key.byteOffset, key.length).toString('latin1');
}
function firstAtLeast(sorted, name) {
    let low = 0;
    let high = sorted.length;
    while (low < high) {
        const middle = (low + high) >>> 1;
        if (sorted[middle] < name)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}
function firstAbove(sorted, name) {
    const at = firstAtLeast(sorted, name);
    return sorted[at] === name ? at + 1 : at;
}
//# sourceMappingURL=memory-tables.js.map