/** A home's store, for tools: opened for reading, beside a validator that runs on it. */
import type { Chain } from '../core/genesis.ts';
import { type LedgerSummary } from '../storage/ledger.ts';
import type { HomePaths } from './home.ts';
export interface StoreReport extends LedgerSummary {
    /** Slots from the first to the last; where a state was fetched, fewer are there. */
    readonly span: number;
    readonly evidence: number;
}
/** Undefined where the validator never ran with a store. Throws as opening a store does. */
export declare function inspectStore(paths: HomePaths, chain: Chain): Promise<StoreReport | undefined>;
//# sourceMappingURL=inspect-store.d.ts.map