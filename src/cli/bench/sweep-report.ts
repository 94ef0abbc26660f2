/** The tables of `bench sweep` and `bench memory`. */

import { table } from '../output.ts';
import type { MemoryReport } from './memory.ts';
import type { SweepReport } from './sweep-row.ts';

const ms = (value: number): string => value.toFixed(3);
const whole = (value: number): string => Math.round(value).toLocaleString('en-US');
const mib = (bytes: number): string => (bytes / 2 ** 20).toFixed(0);
const NONE = '–';

export function sweepText({ dimensions, coldStart, stopped }: SweepReport): string {
  const parts = dimensions.map(({ name, unit, points }) => {
    const rows = points.map(({ label, latency, throughput, note }) => [
      label,
      latency === undefined ? NONE : ms(latency.p50Ms),
      latency === undefined ? NONE : ms(latency.p99Ms),
      whole(throughput.throughputTps),
      ms(throughput.p50Ms),
      ms(throughput.p99Ms),
      whole(throughput.failed + (latency?.failed ?? 0)),
      throughput.generatorCores.toFixed(2),
      note ?? '',
    ]);
    const head = [unit === '' ? name : `${name}, ${unit}`, 'p50 ms', 'p99 ms', 'tx/s', 'p50 ms there'];
    head.push('p99 ms there', 'failed', 'client cores', '');
    return table(
      head,
      rows,
      head.map((_, i) => (i === head.length - 1 ? 'left' : 'right')),
    );
  });
  if (coldStart !== undefined) {
    const line = (name: string, { readyMs, firstCommitMs }: typeof coldStart.fresh) => [
      name,
      whole(readyMs),
      whole(firstCommitMs),
    ];
    const rows = [line('new homes', coldStart.fresh), line('homes with data', coldStart.restarted)];
    parts.push(table(['from spawning the processes', 'ready, ms', 'first commit, ms'], rows));
  }
  if (stopped === true) parts.push('Stopped before all was measured.');
  return parts.join('\n\n');
}

export function memoryText(reports: readonly MemoryReport[]): string {
  return reports.map(textOf).join('\n\n');
}

function textOf({ load, seconds, validators }: MemoryReport): string {
  const { paced, auth, txAuth } = load;
  const head = [
    'validator',
    'heap MiB',
    'most',
    'growth',
    'resident, most',
    'paused',
    'collections',
    'count',
  ];
  head.push('median ms', 'p99 ms', 'most ms');
  const rows = validators.flatMap((one) =>
    one.pauses.map(({ kind, count, medianMs, p99Ms, maxMs }, i) => [
      ...(i === 0
        ? [
            one.validator,
            mib(one.heapMedianBytes),
            mib(one.heapMaxBytes),
            `${one.heapGrowthPercent >= 0 ? '+' : ''}${one.heapGrowthPercent.toFixed(1)} %`,
            mib(one.residentMaxBytes),
            `${one.pausedPercent.toFixed(2)} %`,
          ]
        : ['', '', '', '', '', '']),
      kind,
      whole(count),
      ms(medianMs),
      ms(p99Ms),
      ms(maxMs),
    ]),
  );
  const failed = (paced?.failed ?? 0) > 0 ? `, ${whole(paced?.failed ?? 0)} failed` : '';
  return [
    `Votes ${auth}, transactions ${txAuth}: ${seconds.toFixed(0)} s at ${whole(paced?.offeredTps ?? 0)} tx/s, ${paced?.loadPercent ?? 0} % of ${whole(load.throughputTps)}; ${whole(paced?.commits ?? 0)} committed${failed}; p50 ${ms(paced?.p50Ms ?? 0)} ms, p99 ${ms(paced?.p99Ms ?? 0)} ms; the generator took ${(paced?.generatorCores ?? 0).toFixed(2)} cores.`,
    table(head, rows),
    'Growth: mean heap of the last quarter over that of the second one. Paused: share of the time.',
  ].join('\n');
}
