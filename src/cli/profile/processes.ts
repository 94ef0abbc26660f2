/** What each process did per transaction, on the path of a commit or beside it. */

import { PARTS } from '../../core/stopwatch.ts';
import type { StatusDocument } from '../../ops/status.ts';
import type { PartsUs } from './attribution.ts';

export interface ProcessRow {
  readonly name: string;
  readonly isPrimary: boolean;
  /** Executed here between the two looks. */
  readonly transactions: number;
  readonly slots: number;
  readonly observedMs: number;
  /** µs per transaction; `waiting` is the time in which the process ran nothing of ours. */
  readonly partsUsPerTransaction: PartsUs;
  /** Share of the time in callbacks of ours. */
  readonly busyPercent: number;
  /** Time on a core, all threads, in cores: beside ours the event loop's, the kernel's for us, and the collector's. */
  readonly cores: number;
  /** Times per transaction that the system took the core away from it. */
  readonly preemptedPerTransaction: number;
}

function rowOf(before: StatusDocument, after: StatusDocument): ProcessRow | undefined {
  const [from, to] = [before.profile, after.profile];
  if (from === undefined || to === undefined) return undefined;
  const grown = (counter: string) => (after.counters[counter] ?? 0) - (before.counters[counter] ?? 0);
  const transactions = grown('finalizedTransactions');
  const elapsedUs = to.atUs - from.atUs;
  if (transactions <= 0 || elapsedUs <= 0) return undefined;
  const us = (part: (typeof PARTS)[number]) => Math.max(0, to.parts[part].us - from.parts[part].us);
  return {
    name: after.self.name,
    isPrimary: after.isPrimary,
    transactions,
    slots: grown('finalizedSlots'),
    observedMs: elapsedUs / 1000,
    partsUsPerTransaction: Object.fromEntries(
      PARTS.map((part) => [part, us(part) / transactions]),
    ) as PartsUs,
    busyPercent: 100 * (1 - us('waiting') / elapsedUs),
    cores: (to.cpuUs - from.cpuUs) / elapsedUs,
    preemptedPerTransaction: (to.preempted - from.preempted) / transactions,
  };
}

/** One row for each process that executed something between the two looks. */
export function processRows(
  before: readonly StatusDocument[],
  after: readonly StatusDocument[],
): ProcessRow[] {
  return before.flatMap((status, id) => rowOf(status, after[id]!) ?? []);
}
