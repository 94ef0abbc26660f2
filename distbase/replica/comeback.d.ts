/** While this home has forgotten what it promised: asks to be taken back, and says what to do where the others cannot. */
import type { Chain } from '../core/genesis.ts';
import type { Sequence } from '../core/ids.ts';
import type { Member, ValidatorSet } from '../core/membership.ts';
import type { Signer } from '../crypto/interface.ts';
import type { EpochExchange } from './epoch-exchange.ts';
import type { Clock, HomeIncarnation, ReplicaLog } from './ports.ts';
export interface ComebackOptions {
    readonly chain: Chain;
    readonly clock: Clock;
    readonly log: ReplicaLog;
    readonly incarnation: HomeIncarnation | undefined;
    readonly signer: Signer | undefined;
    readonly exchange: EpochExchange;
    /** Our signature by the suites of what is always signed. */
    readonly approve: (input: Uint8Array) => Uint8Array;
    /** How many of n make a certificate. */
    readonly certifiers: (n: number) => number;
    readonly sequence: () => Sequence;
    /** To all others. */
    readonly broadcast: (item: Uint8Array) => void;
}
export declare class Comeback {
    private readonly o;
    private cancel;
    private lastNonce;
    constructor(options: ComebackOptions);
    /** Asks again and again, until `stop`. */
    ask(set: ValidatorSet, self: Member): void;
    stop(): void;
    private askOnce;
}
//# sourceMappingURL=comeback.d.ts.map