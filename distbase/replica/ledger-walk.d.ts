/**
 * Walks a stored ledger and checks all of it: transactions hash to their slot's root and to the batch's digest, results
 * to theirs, headers chain from slot to slot, and certified checkpoints bind the headers under q signatures.
 *
 * A header binds all before it, so what stands below a certified checkpoint without a gap in between is certified.
 */
import type { Chain } from '../core/genesis.ts';
import { type Sequence } from '../core/ids.ts';
import type { Hasher } from '../crypto/hash.ts';
import type { Verifier } from '../crypto/interface.ts';
import type { LedgerReader } from '../storage/interface.ts';
import type { CertificateChecker } from './certificates.ts';
export interface WalkOptions {
    readonly chain: Chain;
    readonly hasher: Hasher;
    readonly store: LedgerReader;
    readonly certificates: CertificateChecker;
    /** Where the transactions' own signatures are to be checked too. */
    readonly verifier?: Verifier;
    /** Told now and then. */
    readonly onProgress?: (sequence: Sequence, report: WalkReport) => void;
}
export interface WalkReport {
    /** First and last slot; 0 where there is none. */
    first: Sequence;
    last: Sequence;
    slots: number;
    transactions: number;
    /** Certified checkpoints, and the signatures under them. */
    checkpoints: number;
    signatures: number;
    transactionSignatures: number;
    /** Slots below a certified checkpoint, without a gap in between. */
    certifiedSlots: number;
    /** Slots that are not here: others executed them, and their state was taken. Not an error. */
    readonly gaps: {
        readonly from: Sequence;
        readonly to: Sequence;
    }[];
    readonly problems: {
        readonly sequence: Sequence;
        readonly what: string;
    }[];
}
export declare function walkLedger(options: WalkOptions): Promise<WalkReport>;
//# sourceMappingURL=ledger-walk.d.ts.map