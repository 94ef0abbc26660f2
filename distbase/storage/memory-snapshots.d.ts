/** The snapshot store's twin in memory; keep it over a simulated crash. */
import type { Sequence } from '../core/ids.ts';
import type { SnapshotStore, StatePart } from './interface.ts';
export declare class MemorySnapshots implements SnapshotStore {
    #private;
    save(sequence: Sequence, meta: Uint8Array, chunks: Iterable<Uint8Array>): void;
    keepPart({ section, piece }: StatePart): void;
    parts(): Iterable<StatePart>;
    dropParts(): void;
    load(): {
        sequence: Sequence;
        meta: Uint8Array;
        chunks: Uint8Array[];
    } | undefined;
}
//# sourceMappingURL=memory-snapshots.d.ts.map