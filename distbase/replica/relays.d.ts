/**
 * Transactions that another validator passes on, lest a client left somebody out. Each costs a check of its signature, so that
 * they are as few as an honest one has reason for; and since an honest one checks what it passes on, a forged one ends it for a
 * while.
 */
import type { RejectionCode } from '../core/errors.ts';
import type { ReplicaId } from '../core/ids.ts';
import type { Clock } from './ports.ts';
/** The item `[1, [transaction, …]]`. */
export declare const RELAY_ITEM = 1;
export declare class Relays {
    #private;
    constructor(clock: Clock, submit: (transactions: readonly Uint8Array[], onForged: () => void) => void, onForged: (from: ReplicaId) => void);
    onItem(from: ReplicaId, item: readonly unknown[]): RejectionCode | undefined;
}
//# sourceMappingURL=relays.d.ts.map