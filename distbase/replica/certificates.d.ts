/** Whether enough validators of its epoch signed a checkpoint, for who has the genesis and what proves the sets since. */
import type { Chain } from '../core/genesis.ts';
import type { Hasher } from '../crypto/hash.ts';
import type { Verifier, VerifyItem } from '../crypto/interface.ts';
import { type CheckpointMeta } from '../proofs/ledger-header.ts';
import type { StoredCheckpoint } from '../storage/interface.ts';
export type { CheckpointMeta };
export declare class CertificateChecker {
    private readonly chain;
    private readonly hasher;
    private readonly judges;
    constructor(chain: Chain, hasher: Hasher, verifier: Verifier, proofs?: readonly Uint8Array[]);
    /** Takes proofs of epochs; false where one of them does not hold. */
    learn(proofs: readonly Uint8Array[]): boolean;
    /** Whether a signature holds. */
    get verify(): (item: VerifyItem) => boolean;
    /**
     * What the checkpoint binds, if its digest is that of its fields and enough validators of its epoch signed it; or why
     * not.
     */
    check(checkpoint: StoredCheckpoint): CheckpointMeta | string;
    private vote;
}
//# sourceMappingURL=certificates.d.ts.map