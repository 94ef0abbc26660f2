/** One-way delays between regions, and which replica is where: for simulated networks and for links slowed on purpose. */

import type { ReplicaId } from './ids.ts';

export interface Delays {
  /** Names of the regions, in the order of replicas: replica i is in `regions[i mod length]`. */
  readonly regions: readonly string[];
  /** From region to region, ms one way; within a region too. */
  readonly oneWayMs: Readonly<Record<string, Readonly<Record<string, number>>>>;
}

export function regionOf({ regions }: Delays, replica: ReplicaId): string {
  return regions[replica % regions.length]!;
}

/** How long a message between two replicas is on its way beyond what the machine itself takes, ms. */
export function delayMs(delays: Delays, from: ReplicaId, to: ReplicaId): number {
  return delays.oneWayMs[regionOf(delays, from)]?.[regionOf(delays, to)] ?? 0;
}

/** The longest delay, ms. */
export function longestDelayMs({ oneWayMs }: Delays): number {
  return Math.max(0, ...Object.values(oneWayMs).flatMap((row) => Object.values(row)));
}
