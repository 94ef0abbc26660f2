/**
 * Walks a stored ledger and checks all of it: transactions hash to their slot's root and to the batch's digest, results
 * to theirs, headers chain from slot to slot, and certified checkpoints bind the headers under q signatures.
 *
 * A header binds all before it, so what stands below a certified checkpoint without a gap in between is certified.
 */
import { parseTransaction, transactionSigningInput } from '../codec/transaction.js';
import { bytesEqual, toHex } from '../core/bytes.js';
import { NULL_DIGEST } from '../core/ids.js';
import { merkleRoot } from '../crypto/merkle.js';
import { GENESIS_HEADER, headerDigest } from '../proofs/ledger-header.js';
const PAGE = 256;
/** After so many, there is no more to learn. */
const MAX_PROBLEMS = 100;
export async function walkLedger(options) {
    return new Walk(options).run();
}
class Walk {
    o;
    report = {
        first: 0,
        last: 0,
        slots: 0,
        transactions: 0,
        checkpoints: 0,
        signatures: 0,
        transactionSignatures: 0,
        certifiedSlots: 0,
        gaps: [],
        problems: [],
    };
    previous;
    /** The last certified header whose slot is not here. */
    base;
    /** Slots since the last checkpoint or gap. */
    uncertified = 0;
    time = new Uint8Array(8);
    constructor(options) {
        this.o = options;
    }
    async run() {
        const { store, onProgress } = this.o;
        const { report } = this;
        let checkpoint = await store.checkpointFrom(0);
        for (let from = 1; report.problems.length < MAX_PROBLEMS;) {
            const sequences = await store.slotsFrom(from, PAGE);
            if (sequences.length === 0)
                break;
            for (const sequence of sequences) {
                // A checkpoint below the first slot, or in a gap, has no slot to go with it.
                while (checkpoint !== undefined && checkpoint.sequence < sequence)
                    checkpoint = await this.certify(checkpoint);
                const slot = await store.slot(sequence);
                // Pruned since, under a validator that runs.
                if (slot === undefined)
                    continue;
                await this.slot(slot);
                if (checkpoint?.sequence === sequence)
                    checkpoint = await this.certify(checkpoint, slot);
            }
            from = sequences.at(-1) + 1;
            onProgress?.(from - 1, report);
        }
        while (checkpoint !== undefined)
            checkpoint = await this.certify(checkpoint);
        return report;
    }
    problem(sequence, what) {
        if (this.report.problems.length < MAX_PROBLEMS)
            this.report.problems.push({ sequence, what });
    }
    async slot(slot) {
        const { hasher } = this.o;
        const { report } = this;
        const { sequence, previous, timeMs, transactionsRoot, resultsRoot } = slot;
        if (report.slots === 0)
            report.first = sequence;
        else if (sequence !== report.last + 1) {
            report.gaps.push({ from: report.last + 1, to: sequence - 1 });
            this.previous = undefined;
            this.uncertified = 0;
        }
        if (this.previous === undefined && this.base?.sequence === sequence - 1)
            this.previous = this.base.header;
        if (sequence === 1)
            this.previous = headerDigest(hasher, GENESIS_HEADER);
        if (this.previous !== undefined && !bytesEqual(previous, this.previous)) {
            this.problem(sequence, 'its header does not follow the one before');
        }
        const header = headerDigest(hasher, {
            previous,
            sequence,
            timeMs,
            transactions: transactionsRoot,
            results: resultsRoot,
        });
        if (!bytesEqual(header, slot.header))
            this.problem(sequence, 'its header is not the hash of its fields');
        this.content(slot);
        if (this.o.verifier !== undefined)
            await this.signatures(slot, this.o.verifier);
        this.previous = slot.header;
        this.uncertified++;
        report.last = sequence;
        report.slots++;
        report.transactions += slot.transactions.length;
    }
    content(slot) {
        const { hasher } = this.o;
        const { sequence, transactions, results, batchDigest, batchTimeMs } = slot;
        const root = merkleRoot(hasher, transactions.map((bytes) => hasher.hash('transaction', bytes)));
        if (!bytesEqual(root, slot.transactionsRoot)) {
            this.problem(sequence, 'its transactions are not those of its header');
        }
        if (!bytesEqual(merkleRoot(hasher, results), slot.resultsRoot)) {
            this.problem(sequence, 'its results are not those of its header');
        }
        new DataView(this.time.buffer).setBigUint64(0, BigInt(batchTimeMs));
        const isNull = batchDigest === NULL_DIGEST && transactions.length === 0;
        if (!isNull && hasher.hex('batch', this.time, root) !== batchDigest) {
            this.problem(sequence, 'its batch digest is not that of its transactions and time');
        }
    }
    async signatures({ sequence, transactions }, verifier) {
        const { chain } = this.o;
        const items = [];
        for (const bytes of transactions) {
            const parsed = parseTransaction(bytes, chain.genesis.parameters.maxTransactionBytes);
            if (typeof parsed === 'string')
                this.problem(sequence, `one of its transactions is none (${parsed})`);
            else {
                const { suite, publicKey, signature } = parsed;
                items.push({ suite, publicKey, signature, message: transactionSigningInput(bytes, chain.id) });
            }
        }
        const verdicts = await verifier.verify(items, 'transaction');
        this.report.transactionSignatures += items.length;
        if (!verdicts.every((verdict) => verdict === 1)) {
            this.problem(sequence, 'the signature of one of its transactions does not hold');
        }
    }
    /** Checks a checkpoint, beside its slot where that is here; gives the next one. */
    async certify(checkpoint, slot) {
        const { certificates, hasher, store } = this.o;
        const { report } = this;
        const { sequence } = checkpoint;
        const meta = certificates.check(checkpoint);
        if (typeof meta === 'string')
            this.problem(sequence, `the checkpoint there does not hold: ${meta}`);
        else {
            report.checkpoints++;
            report.signatures += checkpoint.certificate.length;
            const header = headerDigest(hasher, meta.header);
            if (slot !== undefined && !bytesEqual(header, slot.header)) {
                this.problem(sequence, `q validators certified the header ${toHex(header).slice(0, 12)}… and not this one`);
            }
            else if (slot !== undefined) {
                report.certifiedSlots += this.uncertified;
                this.uncertified = 0;
            }
            else
                this.base = { sequence, header };
        }
        return store.checkpointFrom(sequence + 1);
    }
}
//# sourceMappingURL=ledger-walk.js.map