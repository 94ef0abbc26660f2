/** Proofs of epochs, as files of a folder and in memory. */
import type { Epoch } from '../core/ids.ts';
import type { EpochStore } from './interface.ts';
/** The folder is made with the first proof: whoever only reads a home changes nothing. Both throw `storage-failed`. */
export declare function openEpochs(dir: string): EpochStore;
/** The twin in memory; it outlives whoever uses it. */
export declare class MemoryEpochs implements EpochStore {
    private readonly entries;
    save(epoch: Epoch, bytes: Uint8Array): void;
    load(): Uint8Array[];
}
//# sourceMappingURL=epoch-store.d.ts.map