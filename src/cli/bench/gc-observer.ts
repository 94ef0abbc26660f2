/**
 * Loaded into validators (`node --import`) by `bench memory`: appends every pause of the garbage collector to a file, one
 * a line as `start kind duration`, in ms since 1970 and ms.
 */

import { appendFileSync } from 'node:fs';
import { constants, PerformanceObserver } from 'node:perf_hooks';
import { isMainThread } from 'node:worker_threads';

export const GC_FOLDER_VARIABLE = 'LOCKSTEP_GC_FOLDER';

/** As V8 names its collections. */
const KINDS: Readonly<Record<number, string>> = {
  [constants.NODE_PERFORMANCE_GC_MINOR]: 'minor',
  [constants.NODE_PERFORMANCE_GC_MAJOR]: 'major',
  [constants.NODE_PERFORMANCE_GC_INCREMENTAL]: 'incremental',
  [constants.NODE_PERFORMANCE_GC_WEAKCB]: 'weak callbacks',
};

const folder = process.env[GC_FOLDER_VARIABLE];
if (isMainThread && folder !== undefined) {
  const file = `${folder}/${process.pid}`;
  appendFileSync(file, '');
  new PerformanceObserver((list) => {
    const lines = list.getEntries().map((entry) => {
      const { kind } = (entry as unknown as { readonly detail: { readonly kind: number } }).detail;
      return `${performance.timeOrigin + entry.startTime} ${KINDS[kind] ?? kind} ${entry.duration}\n`;
    });
    appendFileSync(file, lines.join(''));
  }).observe({ entryTypes: ['gc'] });
}
