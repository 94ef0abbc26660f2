/**
 * What each protocol sends for a slot with one transaction, when nothing goes wrong and nothing else waits: the floor is
 * made of it, and the theory beside measured figures follows from it.
 */
import type { ProtocolParameters } from '../../core/machine.ts';
import type { SuiteName } from '../../crypto/interface.ts';
import type { FloorPattern } from '../../load/floor.ts';
export interface PatternSetting {
    readonly protocol: string;
    readonly protocolParameters?: ProtocolParameters;
    readonly auth: string;
    readonly txAuth: string;
    readonly validators: number;
    readonly payloadBytes: number;
}
/** Bytes of the frames that patterns are made of. */
export interface FrameSizes {
    readonly request: number;
    readonly proposal: number;
    readonly vote: number;
    readonly answer: number;
    readonly reply: number;
    /** What each further item adds to a frame: a vote's. */
    readonly voteItem: number;
}
/** A message's signature under a setting; of what is signed in any case where votes are not. */
export declare function signatureOf(auth: string): {
    readonly suites: readonly SuiteName[];
    readonly bytes: number;
};
export declare function transactionBytes({ txAuth, payloadBytes }: PatternSetting): number;
export declare function frameSizes(setting: PatternSetting): FrameSizes;
/**
 * The bare pattern. `fast`: that of PBFT's fast path, where all n prepare alike and nobody commits. Streamlet's has the
 * two blocks that one batch takes, led by two replicas, without the wait for the end of a round.
 */
export declare function floorPattern(setting: PatternSetting, fast?: boolean): FloorPattern;
/** What follows from a protocol's rules for one batch, in a cluster of n where nothing goes wrong. */
export interface Theory {
    /** Message delays from the client's request to the reply that settles it. */
    readonly delays: number;
    /** Further waits that no message delay says. */
    readonly waits: string;
    /** Between validators, for one batch. */
    readonly messages: number;
    readonly growth: 'O(n)' | 'O(n²)' | 'O(n³)';
    /** The paper's own, where it differs from ours. */
    readonly paper: string;
}
/** The theory of what `floorPattern` with `fast` sends. */
export declare function theoryOf(setting: PatternSetting): Theory;
//# sourceMappingURL=patterns.d.ts.map