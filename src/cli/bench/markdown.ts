/** Results as README's tables: what a results file says, and nothing else. */

import { verdictsOf } from './lanes-report.ts';
import type { Machine } from './machine.ts';
import type { RunsRow } from './runs.ts';
import type { SweepReport } from './sweep-row.ts';

/** What every results file begins with. */
export interface ResultsHead {
  readonly machine: Machine & { readonly stolenPercent?: number };
  readonly versions: Readonly<Record<string, string>>;
}

export interface LanesResults extends ResultsHead {
  readonly rows: readonly RunsRow[];
}

export function measuredOn({ machine, versions }: ResultsHead): string {
  const { cpu, cores, virtual, memoryBytes, system, fingerprint } = machine;
  const gigabytes = Math.round(memoryBytes / 2 ** 30);
  return `(${cpu}, ${cores} ${virtual ? 'virtual ' : ''}cores, ${gigabytes} GiB, ${system}, Node ${versions.node}; machine \`${fingerprint}\`.)`;
}

const ms = (value: number): string => (value < 10 ? value.toFixed(2) : value.toFixed(1));
const whole = (value: number): string => Math.round(value).toLocaleString('en-US');

export function markdownTable(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  return [
    line(head),
    `|${head.map((_, i) => (i === 0 ? '---|' : '---:|')).join('')}`,
    ...rows.map(line),
  ].join('\n');
}

function between(interval: readonly [number, number] | undefined, text: (value: number) => string): string {
  return interval === undefined ? '' : ` (${text(interval[0])}–${text(interval[1])})`;
}

/** Targets of a row, with what becomes of each. */
const targetsOf = (row: RunsRow): string =>
  verdictsOf([row])
    .map(({ figure, stated, met }) => `${figure} ${stated} ${met ? '✓' : '✗'}`)
    .join(', ') || '–';

/** The figures beside the targets: one closed-loop client, and saturated. */
export function figuresMarkdown(latency: LanesResults, throughput: LanesResults): string {
  const calm = latency.rows.map((row) => [
    `\`${row.auth}\``,
    `${ms(row.p50Ms)}${between(row.intervals?.p50Ms, ms)}`,
    `${ms(row.p99Ms)}${between(row.intervals?.p99Ms, ms)}`,
    ms(row.floorP50Ms ?? 0),
    (row.timesFloor ?? 0).toFixed(1),
    targetsOf(row),
  ]);
  const busy = throughput.rows.map((row) => [
    `\`${row.auth}\` / \`${row.txAuth}\``,
    `${whole(row.throughputTps)}${between(row.intervals?.throughputTps, whole)}`,
    ms(row.p99Ms),
    row.paced === undefined ? '–' : `${ms(row.paced.p50Ms)} / ${ms(row.paced.p99Ms)}`,
    row.generatorCores.toFixed(2),
    targetsOf(row),
  ]);
  const runs = (results: LanesResults): string => {
    const [first] = results.rows;
    const sure = first?.intervals?.coveragePercent;
    return `${first?.runs.length ?? 0} runs, interleaved${sure === undefined ? '' : `; in brackets the median's ${sure.toFixed(0)} % interval`}`;
  };
  return [
    markdownTable(['votes', 'p50 ms', 'p99 ms', 'floor p50 ms', '× floor', 'targets'], calm),
    `Commit latency of one closed-loop client, medians of ${runs(latency)}.`,
    markdownTable(
      ['votes / transactions', 'tx/s', 'p99 ms there', 'p50 / p99 ms at 50 %', 'generator, cores', 'targets'],
      busy,
    ),
    `Throughput, saturated, medians of ${runs(throughput)}.`,
    measuredOn(latency),
  ].join('\n\n');
}

/** The shape of the cost: one table for each dimension. */
export function sweepMarkdown(sweep: SweepReport & ResultsHead): string {
  const parts = sweep.dimensions.map(({ name, unit, points }) => {
    const rows = points.map((point) => [
      `${point.label}${point.note === undefined ? '' : ' \\*'}`,
      point.latency === undefined ? '–' : ms(point.latency.p50Ms),
      point.latency === undefined ? '–' : ms(point.latency.p99Ms),
      whole(point.throughput.throughputTps),
      ms(point.throughput.p99Ms),
      point.throughput.generatorCores.toFixed(2),
    ]);
    return markdownTable(
      [
        `${name}${unit === '' ? '' : `, ${unit}`}`,
        'p50 ms',
        'p99 ms',
        'tx/s',
        'p99 ms there',
        'generator, cores',
      ],
      rows,
    );
  });
  const notes = [
    ...new Set(sweep.dimensions.flatMap(({ points }) => points.flatMap(({ note }) => note ?? []))),
  ];
  return [...parts, ...(notes.length > 0 ? [`\\* ${notes.join('; ')}.`] : []), measuredOn(sweep)].join(
    '\n\n',
  );
}
