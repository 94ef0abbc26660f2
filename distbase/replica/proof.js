/**
 * Portable proofs: that a transaction stands in the ledger with its result, or that the state holds an entry or none.
 * Whoever has the genesis can check one (`proof-check.ts`); it is JSON, and bytes in it are hex.
 *
 * A transaction: its path in the slot's tree of transactions, the result's path in the slot's tree of results, the
 * slot's header, the headers from there to the next certified checkpoint, and that checkpoint with its signatures. An
 * entry: its path in the state's tree, and a certified checkpoint that binds the root.
 */
import { toHex } from '../core/bytes.js';
import { merkleProof } from '../crypto/merkle.js';
export const PROOF_FORMAT = 'lockstep-proof/1';
/** The proofs that lead to a checkpoint's epoch, of all that are at hand; undefined where they do not. */
function epochsTo(epoch, proofs) {
    return proofs.length < epoch ? undefined : proofs.slice(0, epoch).map(toHex);
}
function proven({ sequence, epoch, digest, meta, certificate }) {
    return {
        sequence,
        epoch,
        digest,
        meta: toHex(meta),
        certificate: certificate.map(({ from, body, signature }) => ({
            from,
            body: toHex(body),
            signature: toHex(signature),
        })),
    };
}
/** Undefined where the transaction is not in the store, or no checkpoint at or above its slot is certified yet. */
export async function proveTransaction(history, digest, proofs) {
    const { store, hasher, chain } = history;
    const found = await history.locate(digest);
    if (found === undefined)
        return undefined;
    const { slot, index } = found;
    const checkpoint = await store.checkpointFrom(slot.sequence);
    const epochs = checkpoint && epochsTo(checkpoint.epoch, proofs);
    if (checkpoint === undefined || epochs === undefined)
        return undefined;
    const headers = [];
    for (let sequence = slot.sequence; sequence <= checkpoint.sequence; sequence++) {
        const one = sequence === slot.sequence ? slot : await store.slot(sequence);
        if (one === undefined)
            return undefined;
        headers.push({
            timeMs: one.timeMs,
            transactions: toHex(one.transactionsRoot),
            results: toHex(one.resultsRoot),
        });
    }
    const leaves = slot.transactions.map((bytes) => hasher.hash('transaction', bytes));
    return {
        format: PROOF_FORMAT,
        kind: 'transaction',
        chain: chain.idHex,
        sequence: slot.sequence,
        transaction: toHex(slot.transactions[index]),
        result: toHex(slot.results[index]),
        index,
        size: leaves.length,
        path: merkleProof(hasher, leaves, index).path.map(toHex),
        resultPath: merkleProof(hasher, slot.results, index).path.map(toHex),
        previous: toHex(slot.previous),
        headers,
        epochs,
        checkpoint: proven(checkpoint),
    };
}
/** From the newest state at hand that is certified; undefined where none is. */
export async function proveEntry(store, chain, held, key, proofs) {
    for (const { sequence, state } of held.toReversed()) {
        const checkpoint = await store.checkpointTo(sequence);
        if (checkpoint?.sequence !== sequence)
            continue;
        const epochs = epochsTo(checkpoint.epoch, proofs);
        if (epochs === undefined)
            continue;
        const value = state.get(key);
        return {
            format: PROOF_FORMAT,
            kind: 'entry',
            chain,
            key: toHex(key),
            value: value === undefined ? null : toHex(value),
            path: toHex(state.prove(key)),
            epochs,
            checkpoint: proven(checkpoint),
        };
    }
    return undefined;
}
//# sourceMappingURL=proof.js.map