/** Clients that pay strangers on the ledger, and keep books of every transfer that was acknowledged. */
import { Client } from '../../client/index.ts';
import type { SeededRandom } from '../../core/random.ts';
import type { Identity } from '../../crypto/keys.ts';
import { Load } from './load.ts';
import type { Standstill } from './standstill.ts';
/** What every client owns at first: more than any campaign spends, and together within the ledger's bound. */
export declare const ALLOCATION = 100000000000;
export interface Payer {
    readonly identity: Identity;
    /** Its account: the client id of its Ed25519 key. */
    readonly account: string;
}
export declare class LedgerLoad extends Load {
    private readonly payers;
    private readonly random;
    private readonly audits;
    private constructor();
    static connect(home: string, payers: readonly Payer[], rate: number, random: SeededRandom, clock: Standstill): Promise<LedgerLoad>;
    protected request(client: Client, index: number): Promise<{
        readonly latencyMs: number;
    }>;
    /** Compares the books with the ledger: what is left on each account must be what the transfers explain. */
    settle(): Promise<void>;
}
//# sourceMappingURL=ledger-load.d.ts.map