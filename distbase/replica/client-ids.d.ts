/**
 * Client ids of public keys: H('client', suite ‖ key). The same key is met at intake, at admission and at execution,
 * and an ML-DSA-87 key takes 3 µs to hash, so ids of keys met lately are remembered.
 */
import type { ClientId } from '../apps/interface.ts';
import { type TransactionSuite } from '../codec/transaction.ts';
import type { Hasher } from '../crypto/hash.ts';
export declare class ClientIds {
    private readonly hasher;
    private readonly known;
    private readonly suite;
    constructor(hasher: Hasher);
    idOf(suite: TransactionSuite, publicKey: Uint8Array): ClientId;
}
//# sourceMappingURL=client-ids.d.ts.map