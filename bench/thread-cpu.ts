/** What the calling thread has spent of a processor, which other processes on the machine do not blur. */

import { readFileSync } from 'node:fs';

type WithThreadCpu = { threadCpuUsage?: () => { user: number; system: number } };

/** µs since some moment; where the system does not tell, the time that the event loop was not waiting. */
export function threadCpuUs(): number {
  const usage = (process as WithThreadCpu).threadCpuUsage?.();
  if (usage !== undefined) return usage.user + usage.system;
  try {
    return Number(readFileSync(`/proc/self/task/${process.pid}/schedstat`, 'utf8').split(' ')[0]) / 1000;
  } catch {
    return 1000 * performance.eventLoopUtilization().active;
  }
}
