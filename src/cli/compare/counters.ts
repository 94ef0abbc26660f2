/** What validators count of their own work, before and after a stretch of load. */

import { readFileSync } from 'node:fs';
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

/** A tick of `/proc/PID/stat` (proc(5)): the kernel's USER_HZ is 100 wherever Node runs. */
const TICK_US = 10_000;
/** `utime` and `stime`, counted from the field after the command's name, which may hold blanks. */
const [UTIME, STIME] = [11, 12] as const;

/** Time on a core so far, all threads of these processes, µs; undefined where the system does not say. */
export function processorUs(pids: readonly number[]): number | undefined {
  try {
    let ticks = 0;
    for (const pid of pids) {
      const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
      const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
      ticks += Number(fields[UTIME]) + Number(fields[STIME]);
    }
    return ticks * TICK_US;
  } catch {
    return undefined;
  }
}
