/** Clients that have keys of their own, and the signed transactions that they send. */
import { Client } from '../client/index.ts';
import type { Stopwatch } from '../core/stopwatch.ts';
import type { LoadOrder } from './orders.ts';
export declare class LoadClient {
    readonly client: Client;
    private readonly value;
    private readonly ready;
    private nonce;
    private made;
    private constructor();
    /** Connects to every validator of the cluster. */
    static connect(order: LoadOrder, stopwatch?: Stopwatch): Promise<LoadClient>;
    /** Signed transactions that are left. */
    get stock(): number;
    sign(): Uint8Array;
    /** Signs until `count` are left. */
    stockUp(count: number): void;
    /** The next signed transaction, or undefined when the stock is used up. */
    take(): Uint8Array | undefined;
}
/** How many transactions of these clients may be signed ahead. */
export declare function stockLimit(clients: readonly LoadClient[]): number;
//# sourceMappingURL=workload.d.ts.map