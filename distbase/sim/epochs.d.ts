/**
 * What a simulated node knows of the chain of validator sets: each set but the first is proven by the last checkpoint of
 * the epoch before it, which a quorum of that epoch's validators signed (`replica/epochs.ts` is the same with bytes).
 */
import type { Epoch } from '../core/ids.ts';
import type { AnyMessage, Attested, Protocol, ProtocolParameters } from '../core/machine.ts';
import type { ValidatorSet } from '../core/membership.ts';
import { type LedgerEntry } from './ledger.ts';
import type { SymbolicVerifier } from './symbolic.ts';
/** The state at the boundary, of which a receiver reads the next set and no more, and who signed it. */
export interface EpochProof {
    readonly state: LedgerEntry;
    readonly votes: readonly Attested[];
}
/** How many of n certify a checkpoint. */
export declare function certifiersOf({ byzantine, quorum }: Pick<Protocol<AnyMessage, AnyMessage>, 'byzantine' | 'quorum'>, n: number, parameters: ProtocolParameters): number;
export declare const provenSet: ({ state }: EpochProof) => ValidatorSet;
export declare class EpochChain {
    #private;
    constructor(genesis: ValidatorSet, verifier: SymbolicVerifier, quorum: (n: number) => number, proofs: EpochProof[]);
    get latest(): ValidatorSet;
    setOf(epoch: Epoch): ValidatorSet | undefined;
    proofOf(epoch: Epoch): EpochProof | undefined;
    after(epoch: Epoch): readonly EpochProof[];
    /** Takes the next epoch's proof where it holds; whether it did. */
    add(proof: EpochProof): boolean;
    /** The same for a certificate that our own machine gathered. */
    keep(proof: EpochProof): void;
}
//# sourceMappingURL=epochs.d.ts.map