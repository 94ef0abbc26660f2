/** Checks a portable proof (`proof.ts`) with nothing but the genesis. Proofs come from strangers: any JSON is at worst refused. */
import type { Chain } from '../core/genesis.ts';
import type { Digest, Sequence } from '../core/ids.ts';
import type { Hasher } from '../crypto/hash.ts';
import type { CertificateChecker } from './certificates.ts';
/** What a proof proves. */
export interface ProvenFact {
    readonly kind: 'transaction' | 'entry';
    /** The certified checkpoint that it rests on, and how many validators signed that. */
    readonly checkpoint: Sequence;
    readonly signatures: number;
    /** Of a transaction: its slot, its place there, the slot's time, and both as hex. */
    readonly sequence?: Sequence;
    readonly index?: number;
    readonly timeMs?: number;
    readonly digest?: Digest;
    readonly transaction?: string;
    readonly result?: string;
    /** Of an entry; a value of null says that there is none. */
    readonly key?: string;
    readonly value?: string | null;
}
export declare class ProofChecker {
    private readonly chain;
    private readonly hasher;
    private readonly certificates;
    constructor(chain: Chain, hasher: Hasher, certificates: CertificateChecker);
    /** What the document proves, or why it proves nothing. */
    check(document: unknown): ProvenFact | string;
    private checked;
    private entry;
    private transaction;
}
//# sourceMappingURL=proof-check.d.ts.map