/**
 * At most once, for ever. Per client a window of nonces and its latest results, as part of the state.
 *
 * Why no transaction executes twice. Executing (client, nonce) sets the nonce's bit, or raises the window so that
 * the nonce lies below it; a set bit and a nonce below the window are both refused. A window only ever rises, and
 * nonces have to ascend within it only roughly: any order does as long as they are less than `CLIENT_WINDOW` apart.
 *
 * A window may be forgotten once the expiry alone refuses all that it refused. So it remembers the greatest expiry
 * of every transaction that it took or refused by its nonce (not only of those that it took: one that was refused as
 * a double would else come to life when the window is gone), and it is evicted at the first checkpoint at which a
 * multiple of `EVICTION_STEP` lies above that expiry. All of this depends on the ledger alone, so every replica
 * refuses and evicts alike, and a snapshot carries it.
 *
 * What is not promised: a client that signs a new transaction with an old nonce after all that it ever signed has
 * expired has signed a new transaction. Whoever lost an answer sends the same bytes again, and signs anew only once
 * their expiry has passed and a read shows that they had no effect.
 */
import { type MapSnapshot } from '../apps/authenticated-map.ts';
import type { ClientId } from '../apps/interface.ts';
import type { RejectionCode } from '../core/errors.ts';
import type { Digest, Sequence } from '../core/ids.ts';
import type { Hasher } from '../crypto/hash.ts';
import { type KeptResult } from './client-window.ts';
/**
 * The table at a checkpoint, written in slices while later slots execute: whoever is about to change a window that is
 * still to be written, has it written first.
 */
export declare class ClientCheckpoint {
    private readonly table;
    /** The table as it was, once `step` has left something of its budget. */
    snapshot: MapSnapshot | undefined;
    constructor(table: ClientTable);
    /** Does work for `budget` hashes; gives what is left, above 0 once all is done. */
    step(budget: number): number;
}
export declare class ClientTable {
    private windows;
    /** Clients by the eviction step in which their windows' last expiry lies: whole steps are evicted. */
    private readonly bySteps;
    private dirty;
    private map;
    private current;
    private writing;
    private written;
    /** Windows whose last expiry is below this are gone, wherever they still lie. */
    private floor;
    private leaving;
    private leavingCount;
    constructor(hasher: Hasher);
    get size(): number;
    /** Whether this may execute at `sequence`: undefined, or the reason that all replicas give. Changes nothing. */
    refusal(client: ClientId, nonce: number, expiry: Sequence, sequence: Sequence): RejectionCode | undefined;
    /** Spends the nonce; `refusal` said that it may. */
    spend(client: ClientId, nonce: number, expiry: Sequence): void;
    /** Notes that the ledger holds a transaction that was refused by its nonce: the window must outlive it. */
    refused(client: ClientId, expiry: Sequence): void;
    /** Keeps a result beside its nonce, which is spent. */
    keep(client: ClientId, kept: KeptResult): void;
    /** The answer that this transaction got, where it is still kept. */
    find(client: ClientId, nonce: number, transaction: Digest): KeptResult | undefined;
    /** Evicts whom the ledger allows to forget, and gives the table as it is at this checkpoint. */
    checkpoint(sequence: Sequence): MapSnapshot;
    /** The same in slices. One that is not done by now is finished at once. */
    beginCheckpoint(sequence: Sequence): ClientCheckpoint;
    /** What was written so far: for comparison, since it may lie between two checkpoints. */
    lastWritten(): MapSnapshot;
    /** Goes on with the checkpoint under way; see `ClientCheckpoint.step`. */
    write(budget: number): number;
    private windowOf;
    /** Before a window changes: what the checkpoint under way wants of it. */
    private settle;
    private writeWindow;
    private evict;
    private outlive;
    private place;
    /** A table from a snapshot's chunks. Throws `snapshot-damaged`. */
    static restore(hasher: Hasher, chunks: Iterable<Uint8Array>, root: Uint8Array): ClientTable;
    /** A table from a snapshot that is known to be sound, but for what its entries mean. Throws `snapshot-damaged`. */
    static of(hasher: Hasher, snapshot: MapSnapshot): ClientTable;
}
//# sourceMappingURL=clients.d.ts.map