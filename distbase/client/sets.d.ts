/**
 * The validator sets after the genesis, as a client follows them: it asks whoever speaks of a later epoch, and believes
 * what proves itself. Where nobody it knows answers at an address any more, it asks there over HTTP.
 */
import type { Chain } from '../core/genesis.ts';
import type { Epoch } from '../core/ids.ts';
import type { ValidatorSet } from '../core/membership.ts';
import type { Hasher } from '../crypto/hash.ts';
import type { VerifyItem } from '../crypto/interface.ts';
export interface SetsOptions {
    readonly chain: Chain;
    readonly hasher: Hasher;
    readonly verify: (item: VerifyItem) => boolean;
    /** A later set is proven. */
    readonly advanced: (set: ValidatorSet) => void;
}
export declare class Sets {
    private readonly o;
    private readonly epochs;
    private askedMs;
    constructor(options: SetsOptions);
    get latest(): ValidatorSet;
    get epoch(): Epoch;
    /** The item that asks a validator for what we lack. */
    question(): Uint8Array;
    /** Takes a proof; true where it was the next one. */
    learn(proof: Uint8Array): boolean;
    /** For an address where nobody answers whom we know. Failure is silence. */
    askOverHttp(url: string): void;
}
//# sourceMappingURL=sets.d.ts.map