/**
 * The last checkpoints and view changes that each validator signed, whoever brought them, so that two which contradict
 * each other meet even where the protocol has no use for the second. They come once per checkpoint and per view.
 */
import type { ReplicaId } from '../../core/ids.ts';
import type { AnyMessage, Attested } from '../../core/machine.ts';
export type Contradicts = (first: AnyMessage, second: AnyMessage) => string | undefined;
export interface Contradiction {
    readonly offence: string;
    readonly first: Attested;
    readonly second: Attested;
}
export declare class SignedWords {
    #private;
    constructor(n: number, contradicts: Contradicts);
    /** Keeps it; gives the earlier one that it contradicts. Its signature may be unchecked: see `forget`. */
    keep(attested: Attested): Contradiction | undefined;
    /** It was not its author's after all. */
    forget(attested: Attested): void;
    of(from: ReplicaId): readonly Attested[];
}
//# sourceMappingURL=signed-words.d.ts.map