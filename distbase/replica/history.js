/**
 * Blocks, transactions and clients' histories, out of the store. What is answered are documents for JSON, whose every
 * field follows from the ledger: honest validators that hold the slot answer alike.
 */
import { Buffer } from 'node:buffer';
import { isErrorResult } from '../apps/results.js';
import { parseTransaction } from '../codec/transaction.js';
import { toHex } from '../core/bytes.js';
import { MAX_HISTORY_PAGE } from '../core/limits.js';
import { ClientIds } from './client-ids.js';
/** `12.3` is the fourth transaction of slot 12. Undefined where the text is no place. */
export function parsePosition(text) {
    const match = /^(\d{1,15})\.(\d{1,6})$/.exec(text);
    return match ? { sequence: Number(match[1]), index: Number(match[2]) } : undefined;
}
const printPosition = ({ sequence, index }) => `${sequence}.${index}`;
export class History {
    store;
    hasher;
    chain;
    ids;
    constructor(store, hasher, chain) {
        this.store = store;
        this.hasher = hasher;
        this.chain = chain;
        this.ids = new ClientIds(hasher);
    }
    /** Undefined where the slot is not here: not executed yet, or pruned. */
    async block(sequence) {
        const at = sequence === 'latest' ? (await this.store.summary()).head : sequence;
        const slot = await this.store.slot(at);
        if (slot === undefined)
            return undefined;
        return {
            sequence: slot.sequence,
            epoch: slot.epoch,
            timeMs: slot.timeMs,
            header: toHex(slot.header),
            previous: toHex(slot.previous),
            transactionsRoot: toHex(slot.transactionsRoot),
            resultsRoot: toHex(slot.resultsRoot),
            batch: slot.batchDigest,
            transactions: slot.transactions.map((_, index) => this.line(slot, index)),
        };
    }
    /** Where the transaction executed, or was refused first. */
    async locate(digest) {
        let found;
        await this.each('digest', digest, undefined, async (slot, index) => {
            // A transaction may stand in the ledger again, refused as a double: what counts is the first time.
            if (this.hasher.hex('transaction', slot.transactions[index]) === digest)
                found = { slot, index };
            return true;
        });
        return found;
    }
    async transaction(digest) {
        const found = await this.locate(digest);
        if (found === undefined)
            return undefined;
        const { slot, index } = found;
        const bytes = slot.transactions[index];
        const parsed = parseTransaction(bytes, bytes.length);
        const known = typeof parsed === 'string' ? undefined : parsed;
        return {
            ...this.line(slot, index),
            header: toHex(slot.header),
            timeMs: slot.timeMs,
            suite: known?.suite ?? null,
            expiry: known?.expiry ?? null,
            payload: known === undefined ? null : toHex(known.payload),
            result: toHex(slot.results[index]),
        };
    }
    /** A page of a client's transactions, newest first, before a place or from the end. */
    async ofClient(client, before, limit) {
        const most = Math.min(limit, MAX_HISTORY_PAGE);
        const transactions = [];
        await this.each('client', client, before, async (slot, index) => {
            const line = this.line(slot, index);
            if (line.client === client)
                transactions.push(line);
            return transactions.length < most;
        });
        const last = transactions.length < most ? undefined : transactions.at(-1);
        return { client, transactions, before: last === undefined ? null : printPosition(last) };
    }
    /** Calls back with every place that the index gives, newest first, until told to stop. */
    async each(by, digest, before, visit) {
        let slot;
        for (let from = before;;) {
            const { positions, next } = await this.store.find(by, digest, from, MAX_HISTORY_PAGE);
            for (const { sequence, index } of positions) {
                if (slot?.sequence !== sequence)
                    slot = await this.store.slot(sequence);
                if (slot?.transactions[index] === undefined)
                    continue;
                if (!(await visit(slot, index)))
                    return;
            }
            if (next === undefined)
                return;
            from = next;
        }
    }
    line(slot, index) {
        const bytes = slot.transactions[index];
        const parsed = parseTransaction(bytes, this.chain.genesis.parameters.maxTransactionBytes);
        const known = typeof parsed === 'string' ? undefined : parsed;
        return {
            digest: this.hasher.hex('transaction', bytes),
            sequence: slot.sequence,
            index,
            client: known === undefined ? null : this.ids.idOf(known.suite, known.publicKey),
            nonce: known?.nonce ?? null,
            kind: known?.kind ?? null,
            bytes: bytes.length,
            ok: !isErrorResult(Buffer.from(slot.results[index])),
        };
    }
}
//# sourceMappingURL=history.js.map