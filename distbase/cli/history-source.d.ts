/** History as the routes of a validator and the commands take it: out of a store, or over HTTP. */
import type { HistorySource } from '../ops/history-routes.ts';
import { type History } from '../replica/history.ts';
import { type HeldStates } from '../replica/proof.ts';
import { LedgerView } from '../storage/store-reader.ts';
import type { Home } from './home.ts';
/**
 * Out of a store that is open here. `held`: states that entries can be proven from. `epochs`: what proves the validator
 * sets since the genesis.
 */
export declare function historySource(history: History, held: () => HeldStates, epochs: () => readonly Uint8Array[]): HistorySource;
/** A question of a validator over HTTP: undefined where it answers that it has nothing. */
export declare function remoteHistory(url: string, timeoutMs: number): HistorySource;
/** The store of a home, for reading; a validator that runs on it is not disturbed. Throws as opening a store does. */
export declare function openStoreView({ paths, chain }: Pick<Home, 'paths' | 'chain'>): Promise<LedgerView>;
//# sourceMappingURL=history-source.d.ts.map