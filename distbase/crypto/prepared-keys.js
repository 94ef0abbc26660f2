/**
 * Which public keys are kept expanded. A validator's keys are pinned. Of all others a bounded number is kept, the
 * least recently used goes first, and a key gets in only when it has signed well twice: an expansion costs about as
 * much as an unprepared check, and a stranger must not be able to push out others by naming keys that sign nothing.
 *
 * Lookups compare whole keys; the index is 30 bits of the key itself. Who makes a key that shares them with
 * another's takes its place in the cache at most, which costs the other some microseconds and no more.
 */
import { bytesEqual } from '../core/bytes.js';
import { nodeBuffer } from './node-crypto.js';
/** Keys seen to sign once that are remembered per place in the cache, at 4 bytes or so each. */
const SEEN_PER_PLACE = 16;
function tagOf(publicKey) {
    return (publicKey[0] | (publicKey[1] << 8) | (publicKey[2] << 16) | (publicKey[3] << 24)) & 0x3fff_ffff;
}
const sameBytes = nodeBuffer === undefined
    ? bytesEqual
    : (a, b) => nodeBuffer.compare(a, b) === 0;
/** `T` is what an expansion is to the kernel: a slot of its memory. */
export class PreparedKeys {
    #capacity;
    #expand;
    #release;
    #pinned = new Map();
    /** In the order of their last use. */
    #recent = new Map();
    #seen = new Set();
    counts = { hits: 0, misses: 0, keys: 0, evictions: 0 };
    /** `expand` gives undefined for a key that is none, or where there is no room. */
    constructor(capacity, expand, release) {
        this.#capacity = capacity;
        this.#expand = expand;
        this.#release = release;
    }
    /** The expanded key, counted and marked as used. */
    get(publicKey) {
        const tag = tagOf(publicKey);
        const found = this.#find(tag, publicKey);
        if (found === undefined) {
            this.counts.misses++;
            return undefined;
        }
        this.counts.hits++;
        if (this.#recent.get(tag) === found) {
            this.#recent.delete(tag);
            this.#recent.set(tag, found);
        }
        return found.expanded;
    }
    /** Whether the key is expanded; changes nothing. */
    has(publicKey) {
        return this.#find(tagOf(publicKey), publicKey) !== undefined;
    }
    /** Expands a key for good. False where it cannot be. */
    pin(publicKey) {
        const tag = tagOf(publicKey);
        const list = this.#pinned.get(tag) ?? [];
        if (list.some((entry) => sameBytes(entry.publicKey, publicKey)))
            return true;
        const cached = this.#recent.get(tag);
        if (cached !== undefined && sameBytes(cached.publicKey, publicKey))
            this.#drop(tag, cached);
        const expanded = this.#expand(publicKey);
        if (expanded === undefined)
            return false;
        list.push({ publicKey: publicKey.slice(), expanded });
        this.#pinned.set(tag, list);
        this.counts.keys++;
        return true;
    }
    /** To be told of every good signature under a key that is not expanded: the second one earns it a place. */
    signedWell(publicKey) {
        if (this.#capacity === 0)
            return;
        const tag = tagOf(publicKey);
        if (!this.#seen.delete(tag)) {
            this.#seen.add(tag);
            if (this.#seen.size > this.#capacity * SEEN_PER_PLACE) {
                for (const oldest of this.#seen) {
                    this.#seen.delete(oldest);
                    break;
                }
            }
            return;
        }
        const inPlace = this.#recent.get(tag);
        if (inPlace !== undefined)
            this.#evict(tag, inPlace);
        if (this.#recent.size >= this.#capacity) {
            for (const [oldestTag, oldest] of this.#recent) {
                this.#evict(oldestTag, oldest);
                break;
            }
        }
        const expanded = this.#expand(publicKey);
        if (expanded === undefined)
            return;
        this.#recent.set(tag, { publicKey: publicKey.slice(), expanded });
        this.counts.keys++;
    }
    #find(tag, publicKey) {
        const list = this.#pinned.get(tag);
        if (list !== undefined) {
            for (const entry of list)
                if (sameBytes(entry.publicKey, publicKey))
                    return entry;
        }
        const recent = this.#recent.get(tag);
        return recent !== undefined && sameBytes(recent.publicKey, publicKey) ? recent : undefined;
    }
    #drop(tag, entry) {
        this.#recent.delete(tag);
        this.#release(entry.expanded);
        this.counts.keys--;
    }
    #evict(tag, entry) {
        this.#drop(tag, entry);
        this.counts.evictions++;
    }
}
//# sourceMappingURL=prepared-keys.js.map