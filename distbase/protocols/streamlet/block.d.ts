/** A notarised block: what was voted for, and the votes. */
import { type Digest, type Sequence } from '../../core/ids.ts';
import type { Attested } from '../../core/machine.ts';
import type { Header, Height, Round, Vote } from './messages.ts';
export declare class Block implements Header {
    readonly round: Round;
    readonly parent: Round;
    readonly height: Height;
    readonly sequence: Sequence;
    readonly digest: Digest;
    readonly delayMs: number;
    /** q votes of different replicas for this very block; none for the first block, which needs none. */
    readonly votes: readonly Attested<Vote>[];
    constructor(header: Header, votes: readonly Attested<Vote>[]);
    get hasBatch(): boolean;
}
/** The block before all others; it stands for the state that the machine's validator set began with. */
export declare function firstBlock(sequence: Sequence): Block;
export declare function sameBlock(a: Header, b: Header): boolean;
/** A header's fields alone. */
export declare function headerOf({ round, parent, height, sequence, digest, delayMs }: Header): Header;
//# sourceMappingURL=block.d.ts.map