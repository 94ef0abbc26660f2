/** History as the routes of a validator and the commands take it: out of a store, or over HTTP. */
import { existsSync } from 'node:fs';
import { LockstepError } from '../core/errors.js';
import { parseProof } from '../proofs/epochs.js';
import { parsePosition } from '../replica/history.js';
import { proveEntry, proveTransaction } from '../replica/proof.js';
import { evidenceDocument } from '../replica/watch/evidence.js';
import { Ledger } from '../storage/ledger.js';
import { openLmdb } from '../storage/lmdb-tables.js';
import { LedgerView } from '../storage/store-reader.js';
import { httpUrl } from './cluster.js';
import { getText } from './http.js';
/** Pairs of conflicting messages that a validator shows. */
const EVIDENCE_SHOWN = 256;
const hex = (bytes) => Buffer.from(bytes).toString('hex');
/**
 * Out of a store that is open here. `held`: states that entries can be proven from. `epochs`: what proves the validator
 * sets since the genesis.
 */
export function historySource(history, held, epochs) {
    const { store, chain } = history;
    return {
        block: (sequence) => history.block(sequence),
        transaction: (digest) => history.transaction(digest),
        history: (client, before, limit) => history.ofClient(client, before === undefined ? undefined : parsePosition(before), limit),
        proofOfTransaction: (digest) => proveTransaction(history, digest, epochs()),
        proofOfEntry: (key) => proveEntry(store, chain.idHex, held(), key, epochs()),
        evidence: async () => {
            const proofs = epochs();
            const setOf = (epoch) => {
                const proof = proofs[epoch - 1];
                return proof && parseProof(proof, history.hasher, chain)?.set;
            };
            return (await store.evidence(EVIDENCE_SHOWN)).map((evidence) => evidenceDocument(chain, evidence, setOf, proofs));
        },
    };
}
/** A question of a validator over HTTP: undefined where it answers that it has nothing. */
export function remoteHistory(url, timeoutMs) {
    const ask = async (path) => {
        try {
            return JSON.parse(await getText(`${httpUrl(url)}${path}`, timeoutMs));
        }
        catch (error) {
            if (error instanceof Error && error.message === 'HTTP 404')
                return undefined;
            throw new LockstepError('not-connected', `${url} does not answer: ${error.message}`, {
                cause: error,
            });
        }
    };
    return {
        block: (sequence) => ask(`/block?sequence=${sequence}`),
        transaction: (digest) => ask(`/transaction?digest=${digest}`),
        history: (client, before, limit) => ask(`/history?client=${client}&limit=${limit}${before === undefined ? '' : `&before=${before}`}`),
        proofOfTransaction: (digest) => ask(`/proof?transaction=${digest}`),
        proofOfEntry: (key) => ask(`/proof?key=${hex(key)}`),
        evidence: () => ask('/evidence'),
    };
}
/** The store of a home, for reading; a validator that runs on it is not disturbed. Throws as opening a store does. */
export async function openStoreView({ paths, chain }) {
    if (!existsSync(paths.store)) {
        throw new LockstepError('home-missing', `${paths.store} is missing: this home has no history yet, because its validator has never run with a store`);
    }
    const path = paths.store;
    const { tables } = await openLmdb({ path, readOnly: true });
    const ledger = new Ledger({ tables, path, chainId: chain.id, retain: Number.POSITIVE_INFINITY });
    return new LedgerView(ledger, path);
}
//# sourceMappingURL=history-source.js.map