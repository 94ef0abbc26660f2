/**
 * LMDB as ordered map, through the package `lmdb`. Every commit is synced, at either durability: without, a loss of
 * power could leave pages of one commit and not of another, and LMDB has no checksums to tell. The commits are few
 * and far from the vote path (`ledger-store.ts`).
 */
import type { Tables } from './tables.ts';
type Lmdb = typeof import('lmdb');
/** The package. Throws `store-unavailable` where its binary does not load. */
export declare function loadLmdb(load?: () => Promise<unknown>): Promise<Lmdb>;
export interface LmdbOptions {
    /** A folder; made where it does not exist, unless `readOnly`. */
    readonly path: string;
    /** For looking at it, a running validator's too. */
    readonly readOnly?: boolean;
}
export interface OpenedTables {
    readonly tables: Tables;
    /** The file was shorter than it should be: everything in it is to be looked at before it is trusted. */
    readonly suspect: boolean;
}
/** Throws `store-unavailable`, `store-damaged`, `storage-failed`. */
export declare function openLmdb({ path, readOnly }: LmdbOptions): Promise<OpenedTables>;
export {};
//# sourceMappingURL=lmdb-tables.d.ts.map