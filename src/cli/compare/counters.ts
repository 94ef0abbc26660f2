/** What validators count of their own work, before and after a stretch of load. */

import type { LocalCluster } from '../cluster.ts';
import type { CommitCosts } from './row.ts';

type Counters = Readonly<Record<string, number>>;

export function readCounters(cluster: LocalCluster): Promise<Counters[]> {
  return Promise.all(cluster.urls.map(async (_, id) => (await cluster.status(id)).counters));
}

/**
 * Per slot. Validators are not read at one instant, so each one's work is set against the slots that itself executed in
 * between.
 */
export function costsBetween(before: readonly Counters[], after: readonly Counters[]): CommitCosts {
  const perSlot = (name: string): number => {
    let sum = 0;
    for (const [id, counters] of after.entries()) {
      const slots = counters.finalizedSlots! - before[id]!.finalizedSlots!;
      if (slots > 0) sum += (counters[name]! - before[id]![name]!) / slots;
    }
    return sum;
  };
  return {
    messagesPerCommit: perSlot('peerMessagesSent'),
    bytesPerCommit: perSlot('peerBytesSent'),
    signaturesMadePerCommit: perSlot('signaturesMade'),
    signaturesCheckedPerCommit: perSlot('signaturesChecked'),
  };
}
