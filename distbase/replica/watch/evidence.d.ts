/**
 * Evidence: two messages that one validator signed and no honest one signs both. In memory and on the disk so many of
 * each validator are kept; as a file it is judged by anybody who has the genesis, and by nothing else.
 */
import type { Chain } from '../../core/genesis.ts';
import type { Epoch, ReplicaId } from '../../core/ids.ts';
import type { Attested } from '../../core/machine.ts';
import type { ValidatorSet } from '../../core/membership.ts';
import type { Hasher } from '../../crypto/hash.ts';
import type { Verifier } from '../../crypto/interface.ts';
import type { SignedBody, StoredEvidence } from '../../storage/interface.ts';
/** Two messages that contradict each other. */
export interface Evidence {
    readonly offence: string;
    readonly from: ReplicaId;
    readonly first: Attested;
    readonly second: Attested;
}
/** What this process has found. */
export declare class EvidenceBook {
    #private;
    /** Whether it is new, and there is room for it. */
    add(evidence: Evidence): boolean;
    has(evidence: Evidence): boolean;
    against(from: ReplicaId): number;
    list(): readonly Evidence[];
}
export declare const EVIDENCE_FORMAT = "lockstep-evidence/1";
/** The portable file, as JSON. */
export interface EvidenceDocument {
    readonly format: typeof EVIDENCE_FORMAT;
    /** The chain's id: the digest of its genesis. */
    readonly chain: string;
    /** For people; what counts is signed. */
    readonly validator: string;
    readonly from: ReplicaId;
    readonly offence: string;
    readonly seenMs: number;
    /** What proves the validator sets from the genesis to the epoch of the messages (`epochs.ts`), oldest first. */
    readonly epochs: readonly string[];
    /** What was signed, and the signatures, as hex. */
    readonly messages: readonly {
        readonly body: string;
        readonly signature: string;
    }[];
}
/** `sets`: who the validators of an epoch were; `proofs`: of all epochs, oldest first. */
export declare function evidenceDocument(chain: Chain, evidence: StoredEvidence, sets?: (epoch: Epoch) => Pick<ValidatorSet, 'members'> | undefined, proofs?: readonly Uint8Array[]): EvidenceDocument;
/** What evidence proves. */
export interface ProvenOffence {
    readonly validator: string;
    readonly from: ReplicaId;
    readonly offence: string;
    /** Both messages, decoded. */
    readonly messages: readonly object[];
}
/** Judges evidence with the genesis alone, and what it says itself of the validator sets since. */
export declare class EvidenceChecker {
    private readonly chain;
    private readonly judges;
    constructor(chain: Chain, hasher: Hasher, verifier: Verifier);
    /** A document as it was read, by whomever it was given; the reason where it proves nothing. */
    check(document: unknown): ProvenOffence | string;
    /** Two signed bodies. */
    judge(first: Omit<SignedBody, 'from'>, second: Omit<SignedBody, 'from'>): ProvenOffence | string;
}
//# sourceMappingURL=evidence.d.ts.map