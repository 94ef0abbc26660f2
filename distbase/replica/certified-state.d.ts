/**
 * The state at a certified checkpoint, from what a home holds: the newest snapshot below it, and the stored slots since,
 * executed again. Nothing of it is believed: the certificate is checked, each slot must lead to the header that the
 * ledger has, and the state to the digest that was certified.
 */
import type { StateMachine } from '../apps/interface.ts';
import type { Chain } from '../core/genesis.ts';
import { type Sequence } from '../core/ids.ts';
import type { Hasher } from '../crypto/hash.ts';
import type { LedgerReader, StoredCheckpoint } from '../storage/interface.ts';
import type { CertificateChecker } from './certificates.ts';
import { type CheckpointState } from './executor.ts';
export interface SavedState {
    readonly sequence: Sequence;
    readonly meta: Uint8Array;
    readonly chunks: readonly Uint8Array[];
}
export interface StateSources {
    readonly chain: Chain;
    readonly hasher: Hasher;
    /** A new one each time, in its genesis state. */
    readonly app: () => StateMachine;
    readonly store: LedgerReader;
    readonly certificates: CertificateChecker;
    /** Sequences of the snapshots at hand, ascending, and one of them. Throws `snapshot-damaged`. */
    readonly snapshots: readonly Sequence[];
    readonly snapshot: (sequence: Sequence) => SavedState;
    /** Told now and then. */
    readonly onProgress?: (sequence: Sequence, target: Sequence) => void;
}
export interface CertifiedState {
    readonly checkpoint: StoredCheckpoint;
    readonly state: CheckpointState;
    /** The snapshot that it was made from (0: the genesis), and how many slots were executed. */
    readonly base: Sequence;
    readonly executed: number;
}
/** The certified checkpoints whose state can be made, ascending; 0, the genesis, is not among them. */
export declare function certifiedCheckpoints(sources: StateSources): Promise<Sequence[]>;
/** Throws `snapshot-damaged` where the state is not to be had, `diverged` where it is not the certified one. */
export declare function certifiedState(sources: StateSources, sequence: Sequence): Promise<CertifiedState>;
//# sourceMappingURL=certified-state.d.ts.map