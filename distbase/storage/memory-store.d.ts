/** The store's twin in memory. Its tables are what a crash leaves; what waits in it, a crash loses. */
import type { Sequence } from '../core/ids.ts';
import type { ExecutedSlot, LedgerStore, StoredCheckpoint, StoredEvidence } from './interface.ts';
import { type Question } from './ledger-questions.ts';
import { MemoryTables } from './memory-tables.ts';
import { StoreReader } from './store-reader.ts';
export interface MemoryStoreOptions {
    /** 32 bytes: `Chain.id`. */
    readonly chainId: Uint8Array;
    /** Keep it over a simulated crash. */
    readonly tables?: MemoryTables;
    /** Default: all. */
    readonly retain?: number;
    /** How many writes wait before they are written together. Default: none waits. */
    readonly lag?: number;
}
export declare class MemoryStore extends StoreReader implements LedgerStore {
    readonly keepsSlots: boolean;
    onFailure: (error: unknown) => void;
    onFull: (error: unknown) => void;
    private readonly ledger;
    private readonly lag;
    private waiting;
    private lastWitness;
    constructor({ chainId, tables, retain, lag }: MemoryStoreOptions);
    get head(): Sequence;
    get queuedBytes(): number;
    add(slot: ExecutedSlot): void;
    certify(checkpoint: StoredCheckpoint): void;
    accuse(evidence: StoredEvidence): void;
    truncate(sequence: Sequence): void;
    putWitness(bytes: Uint8Array): void;
    getWitness(): Uint8Array | undefined;
    flushSync(): void;
    close(): Promise<void>;
    protected ask(question: Question): Promise<unknown>;
    private push;
}
//# sourceMappingURL=memory-store.d.ts.map