/** The vote log's twin in memory: it keeps what was flushed, and a crash loses the rest. */
import { invariant } from '../core/assert.js';
import { RECORD_HEADER_BYTES, SEGMENT_HEADER_BYTES } from './vote-log-format.js';
/** What stands for the file: keep it over a simulated crash and open it again. */
export class MemoryLogFile {
    /** What was flushed, oldest first. */
    records = [];
    get bytes() {
        let bytes = SEGMENT_HEADER_BYTES;
        for (const record of this.records)
            bytes += RECORD_HEADER_BYTES + record.length;
        return bytes;
    }
}
class MemoryVoteLog {
    #file;
    #queue = [];
    bytes;
    appended;
    durable;
    onDurable = () => { };
    constructor(file) {
        this.#file = file;
        this.bytes = file.bytes;
        this.appended = file.bytes;
        this.durable = file.bytes;
    }
    append(record) {
        this.#queue.push(record.slice());
        this.appended += RECORD_HEADER_BYTES + record.length;
    }
    flush() {
        for (const record of this.#queue) {
            this.#file.records.push(record);
            this.bytes += RECORD_HEADER_BYTES + record.length;
        }
        this.#queue = [];
        this.durable = this.appended;
    }
    tend() { }
    replace(records) {
        invariant(this.#queue.length === 0, 'the vote log is flushed before it is replaced');
        this.#file.records = Array.from(records, (record) => record.slice());
        this.bytes = this.#file.bytes;
        this.appended += this.bytes;
        this.durable = this.appended;
    }
    close() {
        this.flush();
    }
}
/** Opens the twin of a log. Drop the log without `close` to simulate a crash. */
export function openMemoryVoteLog(file = new MemoryLogFile()) {
    return { log: new MemoryVoteLog(file), records: [...file.records], cutBytes: 0 };
}
//# sourceMappingURL=memory-vote-log.js.map