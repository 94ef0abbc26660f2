/** A home's store, for tools: opened for reading, beside a validator that runs on it. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { Ledger } from '../storage/ledger.js';
import { openLmdb } from '../storage/lmdb-tables.js';
import { LedgerView } from '../storage/store-reader.js';
/** Evidence that is counted. */
const MAX_COUNTED = 10_000;
/** Undefined where the validator never ran with a store. Throws as opening a store does. */
export async function inspectStore(paths, chain) {
    if (!existsSync(join(paths.store, 'data.mdb')))
        return undefined;
    const { tables } = await openLmdb({ path: paths.store, readOnly: true });
    try {
        const retain = Number.POSITIVE_INFINITY;
        const view = new LedgerView(new Ledger({ tables, path: paths.store, chainId: chain.id, retain }), paths.store);
        const summary = await view.summary();
        const evidence = (await view.evidence(MAX_COUNTED)).length;
        return { ...summary, span: summary.head === 0 ? 0 : summary.head - summary.first + 1, evidence };
    }
    finally {
        await tables.close();
    }
}
//# sourceMappingURL=inspect-store.js.map