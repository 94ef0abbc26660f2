/** History over HTTP: blocks, transactions, clients' histories, proofs. */
import type { AddRoute } from './routes.ts';
/** What answers; each gives a document for JSON, or undefined where it has none. */
export interface HistorySource {
    block(sequence: number | 'latest'): Promise<unknown>;
    transaction(digest: string): Promise<unknown>;
    /** `before` is `sequence.index`. */
    history(client: string, before: string | undefined, limit: number): Promise<unknown>;
    proofOfTransaction(digest: string): Promise<unknown>;
    /** `key`: the bytes of an entry's key in the application's state. */
    proofOfEntry(key: Uint8Array): Promise<unknown>;
    evidence(): Promise<unknown>;
}
/**
 * Adds `GET /block?sequence=N|latest`, `GET /transaction?digest=HEX`, `GET /history?client=HEX[&before=N.I][&limit=N]`,
 * `GET /proof?transaction=HEX` or `?key=HEX`, and `GET /evidence`.
 */
export declare function addHistoryRoutes(route: AddRoute, source: HistorySource): void;
//# sourceMappingURL=history-routes.d.ts.map