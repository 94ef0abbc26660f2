/** What a figure was measured on: without it the figure says nothing. */

import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { arch, availableParallelism, cpus, loadavg, platform, release, totalmem } from 'node:os';
import { version } from '../version.ts';

export interface Machine {
  readonly cpu: string;
  readonly cores: number;
  readonly memoryBytes: number;
  readonly system: string;
  /** As the system gives it now; 0 where it does not. */
  readonly mhz: number;
  /** Of the processor's clock, such as `performance`; `none` where the system has no say in it, as under a hypervisor. */
  readonly governor: string;
  /** Whether a hypervisor is under it, and other guests beside it. */
  readonly virtual: boolean;
  /** How ready to run others were when this was taken: processes, over the last minute. */
  readonly loadAverage: number;
  /** Of what does not change: equal where figures may be compared. */
  readonly fingerprint: string;
}

const textOf = (path: string): string => {
  try {
    return readFileSync(path, 'utf8').trim();
  } catch {
    return '';
  }
};

export function machine(): Machine {
  const governor = textOf('/sys/devices/system/cpu/cpu0/cpufreq/scaling_governor') || 'none';
  const fixed = {
    cpu: cpus()[0]?.model.trim() ?? 'unknown',
    cores: availableParallelism(),
    memoryBytes: totalmem(),
    system: `${platform()} ${release()} ${arch()}`,
  };
  const virtual = /^flags\s*:.*\bhypervisor\b/m.test(textOf('/proc/cpuinfo'));
  return {
    ...fixed,
    mhz: cpus()[0]?.speed ?? 0,
    governor,
    virtual,
    loadAverage: loadavg()[0] ?? 0,
    fingerprint: createHash('sha256')
      .update(JSON.stringify([fixed, governor, virtual, process.versions.node]))
      .digest('hex')
      .slice(0, 12),
  };
}

export function versions(): Record<string, string> {
  const { node, v8, uv, openssl } = process.versions;
  return { lockstep: version, node, v8, uv, openssl };
}

/** How the processor's time was spent, of all cores together. */
export interface ProcessorTime {
  /** Busy or not, in ticks of the system. */
  readonly all: number;
  /** Running something. */
  readonly busy: number;
  /** Wanted, and given to other guests by the hypervisor. */
  readonly stolen: number;
}

/** Undefined where the system does not say (it does on Linux). */
export function processorTime(): ProcessorTime | undefined {
  const [name, ...rest] = textOf('/proc/stat').split('\n')[0]!.split(/\s+/);
  if (name !== 'cpu') return undefined;
  const [user = 0, nice = 0, system = 0, idle = 0, wait = 0, irq = 0, soft = 0, stolen = 0] =
    rest.map(Number);
  const busy = user + nice + system + irq + soft;
  return { all: busy + idle + wait + stolen, busy, stolen };
}

/** Of the time since `from`, in percent. */
export function processorShares(
  from: ProcessorTime | undefined,
): { readonly busyPercent: number; readonly stolenPercent: number } | undefined {
  const to = processorTime();
  if (from === undefined || to === undefined || to.all === from.all) return undefined;
  const percent = (ticks: number) => (100 * ticks) / (to.all - from.all);
  return { busyPercent: percent(to.busy - from.busy), stolenPercent: percent(to.stolen - from.stolen) };
}

/** One line for people. */
export function describeMachine(): string {
  const { cpu, cores, memoryBytes, system, virtual } = machine();
  const gigabytes = (memoryBytes / 2 ** 30).toFixed(0);
  const kind = virtual ? 'virtual ' : '';
  return `${cpu}, ${cores} ${kind}${cores === 1 ? 'core' : 'cores'}, ${gigabytes} GiB, ${system}, Node ${process.versions.node}`;
}
