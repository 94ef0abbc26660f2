/** A home's store, for tools: opened for reading, beside a validator that runs on it. */

import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Chain } from '../core/genesis.ts';
import { Ledger, type LedgerSummary } from '../storage/ledger.ts';
import { openLmdb } from '../storage/lmdb-tables.ts';
import { LedgerView } from '../storage/store-reader.ts';
import type { HomePaths } from './home.ts';

/** Evidence that is counted. */
const MAX_COUNTED = 10_000;

export interface StoreReport extends LedgerSummary {
  /** Slots from the first to the last; where a state was fetched, fewer are there. */
  readonly span: number;
  readonly evidence: number;
}

/** Undefined where the validator never ran with a store. Throws as opening a store does. */
export async function inspectStore(paths: HomePaths, chain: Chain): Promise<StoreReport | undefined> {
  if (!existsSync(join(paths.store, 'data.mdb'))) return undefined;
  const { tables } = await openLmdb({ path: paths.store, readOnly: true });
  try {
    const retain = Number.POSITIVE_INFINITY;
    const view = new LedgerView(
      new Ledger({ tables, path: paths.store, chainId: chain.id, retain }),
      paths.store,
    );
    const summary = await view.summary();
    const evidence = (await view.evidence(MAX_COUNTED)).length;
    return { ...summary, span: summary.head === 0 ? 0 : summary.head - summary.first + 1, evidence };
  } finally {
    await tables.close();
  }
}
