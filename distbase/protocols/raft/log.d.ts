/** The replicated log: entries without gaps, after a base whose state is executed. */
import type { Batch } from '../../core/batch.ts';
import type { Sequence } from '../../core/ids.ts';
import type { Position, Term } from './rules.ts';
export interface Entry {
    readonly sequence: Sequence;
    readonly term: Term;
    readonly batch: Batch;
}
export declare class Log {
    /** The log begins after this. */
    base: Sequence;
    /** Undefined where it is not known: a state was restored whose entry the vote log does not hold. */
    baseTerm: Term | undefined;
    private entries;
    constructor(base: Sequence, baseTerm: Term | undefined);
    get last(): Sequence;
    /** −1 where it is not known. */
    get lastTerm(): Term;
    get end(): Position;
    at(sequence: Sequence): Entry | undefined;
    /** The term of an entry, or of the base; undefined outside. */
    termAt(sequence: Sequence): Term | undefined;
    /** Its sequence follows `last`. */
    append(entry: Entry): void;
    /** Forgets everything above. */
    truncate(sequence: Sequence): void;
    /** Begins after an installed state. What follows it stays if the log agrees there (§7 of the paper, receiver 6 and 7). */
    rebase(sequence: Sequence, term: Term): void;
    /** Forgets what lies so far below the stable checkpoint that nobody is served it any more: `retained` entries stay. */
    prune(stable: Sequence, retained: number): void;
    /** The entries above a sequence, in order. */
    above(sequence: Sequence): Generator<Entry>;
}
//# sourceMappingURL=log.d.ts.map