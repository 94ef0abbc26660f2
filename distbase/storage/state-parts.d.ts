/**
 * Pieces of a state that is on its way, in a file of their own: CRC-32 of what follows ‖ length ‖ section ‖ piece,
 * integers of 4 bytes, little-endian, after the chain's id. The CRC cuts off a torn tail; nobody believes the rest
 * either, since whoever reads it proves it anew. So nothing here is synced, and a disk that takes no more is left alone.
 */
import type { Files } from './files.ts';
import type { StatePart } from './interface.ts';
export declare class StateParts {
    private readonly files;
    private readonly path;
    private readonly chainId;
    private file;
    private end;
    /** The disk did not take one. */
    private failed;
    constructor(files: Files, path: string, chainId: Uint8Array);
    keep({ section, piece }: StatePart): void;
    read(): Generator<StatePart>;
    drop(): void;
    /** Goes on where the last process stopped, behind the last record that it wrote whole. */
    private open;
    /** The file's bytes, where there is one of this chain. */
    private contents;
}
//# sourceMappingURL=state-parts.d.ts.map