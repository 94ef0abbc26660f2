/** One-way delays between regions, and which replica is where: for simulated networks and for links slowed on purpose. */
import type { ReplicaId } from './ids.ts';
export interface Delays {
    /** Names of the regions, in the order of replicas: replica i is in `regions[i mod length]`. */
    readonly regions: readonly string[];
    /** From region to region, ms one way; within a region too. */
    readonly oneWayMs: Readonly<Record<string, Readonly<Record<string, number>>>>;
}
export declare function regionOf({ regions }: Delays, replica: ReplicaId): string;
/** How long a message between two replicas is on its way beyond what the machine itself takes, ms. */
export declare function delayMs(delays: Delays, from: ReplicaId, to: ReplicaId): number;
/** The longest delay, ms. */
export declare function longestDelayMs({ oneWayMs }: Delays): number;
//# sourceMappingURL=delays.d.ts.map