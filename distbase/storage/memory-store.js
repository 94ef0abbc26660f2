/** The store's twin in memory. Its tables are what a crash leaves; what waits in it, a crash loses. */
import { Ledger } from './ledger.js';
import { makeGroup, opsOf, waitingBytes, waitingSlot } from './ledger-groups.js';
import { ask } from './ledger-questions.js';
import { encodeCheckpoint, encodeEvidence } from './ledger-records.js';
import { MemoryTables } from './memory-tables.js';
import { StoreReader } from './store-reader.js';
export class MemoryStore extends StoreReader {
    keepsSlots;
    onFailure = () => { };
    onFull = () => { };
    ledger;
    lag;
    waiting = [];
    lastWitness;
    constructor({ chainId, tables, retain = Number.POSITIVE_INFINITY, lag = 0 }) {
        super('memory');
        this.ledger = new Ledger({ tables: tables ?? new MemoryTables(), path: 'memory', chainId, retain });
        this.lag = lag;
        this.keepsSlots = retain > 0;
        this.lastWitness = this.ledger.witness;
    }
    get head() {
        return this.ledger.head;
    }
    get queuedBytes() {
        return this.waiting.reduce((sum, one) => sum + waitingBytes(one), 0);
    }
    add(slot) {
        this.push(waitingSlot(slot));
    }
    certify(checkpoint) {
        const { sequence } = checkpoint;
        this.push({ kind: 'other', op: { kind: 'checkpoint', sequence, record: encodeCheckpoint(checkpoint) } });
    }
    accuse(evidence) {
        const { from } = evidence;
        this.push({ kind: 'other', op: { kind: 'evidence', from, record: encodeEvidence(evidence) } });
    }
    truncate(sequence) {
        this.push({ kind: 'other', op: { kind: 'truncate', sequence } });
    }
    putWitness(bytes) {
        this.lastWitness = bytes.slice();
        this.push({ kind: 'other', op: { kind: 'witness', bytes: this.lastWitness } });
    }
    getWitness() {
        return this.lastWitness;
    }
    flushSync() {
        if (this.waiting.length === 0)
            return;
        const ops = opsOf(makeGroup(this.waiting));
        this.waiting = [];
        this.ledger.apply(ops);
    }
    async close() {
        this.flushSync();
    }
    async ask(question) {
        this.flushSync();
        return ask(this.ledger, question);
    }
    push(one) {
        this.waiting.push(one);
        if (this.waiting.length > this.lag)
            this.flushSync();
    }
}
//# sourceMappingURL=memory-store.js.map