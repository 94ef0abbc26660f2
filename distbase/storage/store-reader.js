/** The ledger's answers as they are used; where they come from is the caller's affair. */
import { storeDamaged } from './ledger.js';
import { ask } from './ledger-questions.js';
import { decodeCheckpoint, decodeEvidence, } from './ledger-records.js';
import { readSlot, tagOf } from './slot-record.js';
export class StoreReader {
    path;
    constructor(path) {
        this.path = path;
    }
    async summary() {
        return (await this.ask({ kind: 'summary' }));
    }
    async slot(sequence) {
        const record = (await this.ask({ kind: 'slot', sequence }));
        if (record === undefined)
            return undefined;
        const slot = readSlot(record);
        if (slot === undefined)
            throw storeDamaged(this.path, `slot ${sequence} is damaged`);
        return slot;
    }
    async slotsFrom(from, limit) {
        return (await this.ask({ kind: 'slots', from, limit }));
    }
    async checkpointFrom(sequence) {
        return this.checkpoint(await this.ask({ kind: 'checkpoint', from: sequence }), sequence);
    }
    async checkpointTo(sequence) {
        return this.checkpoint(await this.ask({ kind: 'checkpoint', to: sequence }), sequence);
    }
    checkpoint(record, near) {
        if (record === undefined)
            return undefined;
        const checkpoint = decodeCheckpoint(record);
        if (checkpoint === undefined)
            throw storeDamaged(this.path, `the checkpoint next to slot ${near} is damaged`);
        return checkpoint;
    }
    async evidence(limit) {
        const records = (await this.ask({ kind: 'evidence', limit }));
        return records.map((record) => {
            const evidence = decodeEvidence(record);
            if (evidence === undefined)
                throw storeDamaged(this.path, 'its evidence is damaged');
            return evidence;
        });
    }
    async find(by, digest, before, limit) {
        return (await this.ask({ kind: 'find', by, tag: tagOf(digest), before, limit }));
    }
}
/** Reads a ledger that this thread has open: for tools. */
export class LedgerView extends StoreReader {
    ledger;
    constructor(ledger, path) {
        super(path);
        this.ledger = ledger;
    }
    async ask(question) {
        return ask(this.ledger, question);
    }
    close() {
        return this.ledger.close();
    }
}
//# sourceMappingURL=store-reader.js.map