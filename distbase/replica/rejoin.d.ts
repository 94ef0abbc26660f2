/** A forgetful validator asks to be taken back as a new incarnation: by itself, again and again until it is. */
import type { Chain } from '../core/genesis.ts';
import type { Sequence } from '../core/ids.ts';
import type { Member, ValidatorSet } from '../core/membership.ts';
import type { Signer } from '../crypto/interface.ts';
export interface RejoinOptions {
    readonly chain: Chain;
    readonly member: Member;
    readonly set: ValidatorSet;
    readonly token: string;
    /** Our signature by the suites of what is always signed. */
    readonly approve: (input: Uint8Array) => Uint8Array;
    /** For the transaction around it, which anybody may send. */
    readonly signer: Signer;
    readonly nonce: number;
    /** The last slot that we know of. */
    readonly sequence: Sequence;
}
/** The signed transaction. */
export declare function rejoinTransaction(options: RejoinOptions): Uint8Array;
//# sourceMappingURL=rejoin.d.ts.map