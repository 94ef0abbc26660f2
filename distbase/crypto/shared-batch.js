/**
 * Items in memory that threads share. What lies in the slab already is named by its place there; of the rest the main
 * thread writes each item once. A worker reads views of those bytes and writes its verdicts beside them; nothing is
 * copied by a message.
 *
 * A region, in 32-bit words: a header (count, then what the worker reports), eight words per item, the verdicts as
 * bytes, then the items' bytes. A place is an offset in the region, or the complement of one in the slab. Only one side
 * touches a region at a time: the main thread until its task is handed over, then the worker until the task's answer.
 */
import { sharedSet } from './shared-copy.js';
import { LENGTHS } from './suites/suite.js';
/** Most items in one task: at 17 µs each whatever comes next waits four milliseconds behind one. */
export const MAX_TASK_ITEMS = 256;
/** Room for 256 ML-DSA-87 items of strangers with short messages. Only what is written becomes real memory. */
export const REGION_BYTES = 2 << 20;
const SUITES = ['ed25519', 'ml-dsa-87'];
const COUNT = 0;
const REPORT = 1;
const REPORT_WORDS = 7;
const ITEMS = REPORT + REPORT_WORDS;
const WORDS_PER_ITEM = 8;
const VERDICTS_AT = 4 * (ITEMS + WORDS_PER_ITEM * MAX_TASK_ITEMS);
const BYTES_AT = VERDICTS_AT + MAX_TASK_ITEMS;
const ALIGNMENT = 8;
/** In bytes: what is shorter is copied as quickly as it is looked up. */
const WORTH_POINTING = 64;
/** Bytes a region must have for this item alone. */
export function regionBytesFor(item) {
    return (BYTES_AT +
        4 * ALIGNMENT +
        item.publicKey.length +
        item.message.length +
        item.signature.length +
        (item.context?.length ?? 0));
}
export class Region {
    memory;
    #bytes;
    #words;
    #end = BYTES_AT;
    #lastMessage;
    #lastMessageAt = 0;
    #slab;
    #slabBytes;
    /** `slab`: on the main thread, what knows which bytes lie in it; on a worker, its memory. */
    constructor(memory, slab) {
        this.memory = memory;
        this.#slab = slab instanceof SharedArrayBuffer ? undefined : slab;
        this.#slabBytes = new Uint8Array(slab instanceof SharedArrayBuffer ? slab : slab.memory);
        this.#bytes = new Uint8Array(memory);
        this.#words = new Int32Array(memory, 0, VERDICTS_AT / 4);
    }
    get count() {
        return this.#words[COUNT];
    }
    clear() {
        this.#words[COUNT] = 0;
        this.#end = BYTES_AT;
        this.#lastMessage = undefined;
    }
    /**
     * Appends a well-formed item; false where it does not fit. `keyIndex`: its key's place in the table of pinned
     * keys, or −1: then the key's bytes are written too.
     */
    append(item, keyIndex) {
        const count = this.#words[COUNT];
        if (count === MAX_TASK_ITEMS)
            return false;
        const { message, signature, publicKey, context } = item;
        if (this.#end + regionBytesFor(item) - BYTES_AT > this.#bytes.length)
            return false;
        const at = ITEMS + WORDS_PER_ITEM * count;
        const words = this.#words;
        words[at] = item.suite === 'ed25519' ? 0 : 1;
        words[at + 1] = keyIndex;
        words[at + 2] = keyIndex < 0 ? this.#write(publicKey) : 0;
        if (message !== this.#lastMessage) {
            this.#lastMessage = message;
            this.#lastMessageAt = this.#write(message);
        }
        words[at + 3] = this.#lastMessageAt;
        words[at + 4] = message.length;
        words[at + 5] = this.#write(signature);
        words[at + 6] = context === undefined ? 0 : this.#write(context);
        words[at + 7] = context === undefined ? 0 : context.length;
        words[COUNT] = count + 1;
        return true;
    }
    /** The place of these bytes, which are written where they are not in the slab; at a multiple of eight then. */
    #write(bytes) {
        const { length } = bytes;
        if (length >= WORTH_POINTING) {
            const offset = this.#slab.offsetOf(bytes);
            if (offset >= 0)
                return ~offset;
        }
        const at = this.#end;
        sharedSet(this.#bytes, bytes, at);
        this.#end = at + ((length + ALIGNMENT - 1) & -ALIGNMENT);
        return at;
    }
    /** The worker's side: views of the items. `keyOf` finds a pinned key by its index. */
    items(keyOf) {
        const items = [];
        const words = this.#words;
        for (let i = 0; i < words[COUNT]; i++) {
            const at = ITEMS + WORDS_PER_ITEM * i;
            const suite = SUITES[words[at]];
            const keyIndex = words[at + 1];
            items.push({
                suite,
                publicKey: keyIndex < 0 ? this.#view(words[at + 2], LENGTHS[suite].publicKey) : keyOf(keyIndex),
                message: this.#view(words[at + 3], words[at + 4]),
                signature: this.#view(words[at + 5], LENGTHS[suite].signature),
                context: this.#view(words[at + 6], words[at + 7]),
            });
        }
        return items;
    }
    #view(at, length) {
        return at >= 0 ? this.#bytes.subarray(at, at + length) : this.#slabBytes.subarray(~at, ~at + length);
    }
    /** One byte per item. */
    verdicts() {
        return this.#bytes.subarray(VERDICTS_AT, VERDICTS_AT + this.count);
    }
    writeReport(report) {
        this.#words.set([
            report.failed,
            report.cacheHits,
            report.cacheMisses,
            report.cacheEvictions,
            report.cacheKeys,
            report.threadId,
            report.busyUs,
        ], REPORT);
    }
    readReport() {
        const [failed, cacheHits, cacheMisses, cacheEvictions, cacheKeys, threadId, busyUs] = this.#words.subarray(REPORT, REPORT + REPORT_WORDS);
        return { failed, cacheHits, cacheMisses, cacheEvictions, cacheKeys, threadId, busyUs };
    }
}
//# sourceMappingURL=shared-batch.js.map