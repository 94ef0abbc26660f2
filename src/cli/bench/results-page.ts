/** Results files as one page: tables, and charts of what has a shape. */

import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { LockstepError } from '../../core/errors.ts';
import { type Interval, intervalChart, lineChart } from '../../load/charts.ts';
import { type HtmlSection, htmlPage } from '../../load/html.ts';
import { verdictsOf } from './lanes-report.ts';
import type { ResultsHead } from './markdown.ts';
import type { MemoryReport } from './memory.ts';
import type { BenchRow } from './row.ts';
import type { RunsRow } from './runs.ts';
import type { SweepReport } from './sweep-row.ts';
import { LATENCY_TARGETS, THROUGHPUT_TARGETS } from './targets.ts';

/** A results file, of any of the commands that this page knows; what it does not have is left out. */
type Results = Partial<ResultsHead> & {
  readonly rows?: readonly (BenchRow | RunsRow)[];
  readonly dimensions?: SweepReport['dimensions'];
  readonly coldStart?: SweepReport['coldStart'];
  readonly memory?: readonly MemoryReport[];
};

/** Throws `bad-flag`. */
function readResults(path: string): Results {
  try {
    const results = JSON.parse(readFileSync(path, 'utf8')) as Results;
    const known = [results.rows, results.dimensions, results.memory].some((part) => Array.isArray(part));
    if (!known) throw new Error('it holds no rows, dimensions or memory');
    return results;
  } catch (error) {
    throw new LockstepError('bad-flag', `${path} is no results file of bench: ${(error as Error).message}`);
  }
}

const ms = (value: number): string => value.toFixed(3);
const whole = (value: number): string => Math.round(value).toLocaleString('en-US');
const mib = (bytes: number): string => (bytes / 2 ** 20).toFixed(0);
const nameOf = ({ auth, txAuth }: BenchRow): string => `${auth} / ${txAuth}`;

function intervalOf(
  row: BenchRow | RunsRow,
  of: (figures: Pick<BenchRow, 'p50Ms' | 'p99Ms' | 'throughputTps'>) => number,
  key: 'p50Ms' | 'p99Ms' | 'throughputTps',
  mark: number | undefined,
): Interval {
  const runs = 'runs' in row ? row.runs.map(of) : [];
  const sure = 'runs' in row ? row.intervals?.[key] : undefined;
  return {
    name: nameOf(row),
    value: of(row),
    ...(sure && { low: sure[0], high: sure[1] }),
    points: runs,
    ...(mark !== undefined && { mark }),
  };
}

function latencySection(rows: readonly (BenchRow | RunsRow)[], from: string): HtmlSection[] {
  if (rows.length === 0) return [];
  const p50 = rows.map((row) =>
    intervalOf(row, (one) => one.p50Ms, 'p50Ms', LATENCY_TARGETS[row.auth]?.p50Ms),
  );
  const p99 = rows.map((row) =>
    intervalOf(row, (one) => one.p99Ms, 'p99Ms', LATENCY_TARGETS[row.auth]?.p99Ms),
  );
  return [
    {
      heading: 'Commit latency, one closed-loop client',
      text: `${from}. Votes / transactions. Dots: runs; bar: where the true median is; stroke: the target.`,
      charts: [intervalChart(p50, 'p50, ms'), intervalChart(p99, 'p99, ms')],
      table: {
        head: [
          'votes / transactions',
          'validators',
          'p50 ms',
          'p90 ms',
          'p99 ms',
          'p99.9 ms',
          'floor p50 ms',
          'generator, cores',
        ],
        rows: rows.map((row) => [
          nameOf(row),
          row.validators,
          ms(row.p50Ms),
          ms(row.p90Ms),
          ms(row.p99Ms),
          ms(row.p999Ms),
          row.floorP50Ms === undefined ? '–' : ms(row.floorP50Ms),
          row.generatorCores.toFixed(2),
        ]),
      },
    },
  ];
}

function throughputSection(rows: readonly (BenchRow | RunsRow)[], from: string): HtmlSection[] {
  if (rows.length === 0) return [];
  const rates = rows.map((row) =>
    intervalOf(
      row,
      (one) => one.throughputTps,
      'throughputTps',
      THROUGHPUT_TARGETS[`${row.auth}/${row.txAuth}`],
    ),
  );
  return [
    {
      heading: 'Throughput, saturated',
      text: `${from}. At half of it: arrivals at a fixed rate, latency from when a transaction was due.`,
      charts: [intervalChart(rates, 'transactions per second')],
      table: {
        head: [
          'votes / transactions',
          'in flight',
          'tx/s',
          'p50 ms there',
          'p99 ms there',
          'share of load',
          'p50 ms at it',
          'p99 ms at it',
          'generator, cores',
        ],
        rows: rows.map((row) => [
          nameOf(row),
          whole(row.outstanding),
          whole(row.throughputTps),
          ms(row.p50Ms),
          ms(row.p99Ms),
          row.paced === undefined ? '–' : `${row.paced.loadPercent} %`,
          row.paced === undefined ? '–' : ms(row.paced.p50Ms),
          row.paced === undefined ? '–' : ms(row.paced.p99Ms),
          row.generatorCores.toFixed(2),
        ]),
      },
    },
  ];
}

function sweepSections(results: Results, from: string): HtmlSection[] {
  const sections = (results.dimensions ?? []).map(({ name, unit, points }): HtmlSection => {
    const x = unit === '' ? name : `${name}, ${unit}`;
    // A payload of nothing has no logarithm: it stands where 16 bytes would.
    const at = (value: number): number => (name === 'payload' && value === 0 ? 16 : value);
    const logX = name !== 'validators';
    const latency = points.filter((point) => point.latency !== undefined);
    const line = (title: string, of: (row: BenchRow) => number) => ({
      name: title,
      points: latency.map(({ value, latency: row }) => [at(value), of(row!)] as const),
    });
    const rate = {
      name: 'tx/s',
      points: points.map((p) => [at(p.value), p.throughput.throughputTps] as const),
    };
    const notes = [...new Set(points.flatMap(({ note }) => note ?? []))];
    return {
      heading: `By ${name}`,
      text: [from, ...notes].join('. '),
      charts: [
        ...(latency.length > 0
          ? [
              lineChart([line('p50', (row) => row.p50Ms), line('p99', (row) => row.p99Ms)], {
                x,
                y: 'ms',
                logX,
              }),
            ]
          : []),
        lineChart([rate], { x, y: 'transactions per second', logX }),
      ],
      table: {
        head: [x, 'p50 ms', 'p99 ms', 'tx/s', 'p50 ms there', 'p99 ms there', 'failed', 'generator, cores'],
        rows: points.map(({ label, latency: calm, throughput }) => [
          label,
          calm === undefined ? '–' : ms(calm.p50Ms),
          calm === undefined ? '–' : ms(calm.p99Ms),
          whole(throughput.throughputTps),
          ms(throughput.p50Ms),
          ms(throughput.p99Ms),
          throughput.failed + (calm?.failed ?? 0),
          throughput.generatorCores.toFixed(2),
        ]),
      },
    };
  });
  const cold = results.coldStart;
  if (cold === undefined) return sections;
  return [
    ...sections,
    {
      heading: 'Cold start',
      text: `${from}. From spawning the processes; medians of ${cold.fresh.runs.length}.`,
      table: {
        head: ['homes', 'ready, ms', 'first commit, ms'],
        rows: [
          ['new', whole(cold.fresh.readyMs), whole(cold.fresh.firstCommitMs)],
          ['with data', whole(cold.restarted.readyMs), whole(cold.restarted.firstCommitMs)],
        ],
      },
    },
  ];
}

/** Marks that a chart over time has room for. */
const TIME_POINTS = 16;

function memorySection({ load, seconds, validators, samples }: MemoryReport, from: string): HtmlSection {
  const heap = validators.map(({ validator: name }, id) => {
    const most = new Map<number, number>();
    for (const { validator, seconds: at, heapBytes } of samples) {
      if (validator !== id) continue;
      const stretch = Math.min(TIME_POINTS, Math.ceil((at / seconds) * TIME_POINTS));
      most.set(stretch, Math.max(most.get(stretch) ?? 0, heapBytes / 2 ** 20));
    }
    const points = [...most].sort(([a], [b]) => a - b);
    return { name, points: points.map(([i, y]) => [Math.round((i * seconds) / TIME_POINTS), y] as const) };
  });
  return {
    heading: `Heap and garbage collection at ${load.paced?.loadPercent ?? 0} % load`,
    text: `${from}. ${seconds.toFixed(0)} s at ${whole(load.paced?.offeredTps ?? 0)} tx/s, ${nameOf(load)}. The greatest heap of each stretch.`,
    charts: [lineChart(heap, { x: 'seconds', y: 'MiB of heap in use' })],
    table: {
      head: [
        'validator',
        'heap, median MiB',
        'greatest',
        'growth',
        'collections',
        'paused',
        'kind',
        'count',
        'median ms',
        'p99 ms',
        'greatest ms',
      ],
      rows: validators.flatMap((one) =>
        one.pauses.map(({ kind, count, medianMs, p99Ms, maxMs }, i) => [
          ...(i === 0
            ? [
                one.validator,
                mib(one.heapMedianBytes),
                mib(one.heapMaxBytes),
                `${one.heapGrowthPercent.toFixed(1)} %`,
                whole(one.pauses.reduce((sum, pauses) => sum + pauses.count, 0)),
                `${one.pausedPercent.toFixed(2)} %`,
              ]
            : ['', '', '', '', '', '']),
          kind,
          count,
          ms(medianMs),
          ms(p99Ms),
          ms(maxMs),
        ]),
      ),
    },
  };
}

/** Throws `bad-flag` for a file that is none of ours, or one with nothing to show. */
function sectionsOf(path: string): HtmlSection[] {
  const results = readResults(path);
  let sections: HtmlSection[];
  try {
    sections = showing(path, results);
  } catch (cause) {
    throw new LockstepError(
      'bad-flag',
      `${path} is no results file of bench: its rows lack what they should hold`,
      {
        cause,
      },
    );
  }
  if (sections.length > 0) return sections;
  throw new LockstepError(
    'bad-flag',
    `${path} holds no latency, throughput, sweep or memory of bench; compare, sim and profile write pages of their own`,
  );
}

function showing(path: string, results: Results): HtmlSection[] {
  const { machine, versions, rows = [] } = results;
  const on = machine
    ? `${machine.cpu}, ${machine.cores} cores, Node ${versions?.node ?? '?'}, machine ${machine.fingerprint ?? 'without a fingerprint'}`
    : 'machine unknown';
  const from = `${basename(path)}: ${on}`;
  const verdicts = verdictsOf(rows.filter((row): row is RunsRow => 'runs' in row));
  const judged: HtmlSection[] =
    verdicts.length === 0
      ? []
      : [
          {
            heading: 'Targets',
            text: from,
            table: {
              head: ['setting', 'figure', 'target', 'measured', ''],
              rows: verdicts.map(({ setting, figure, stated, value, met }) => [
                setting,
                figure,
                stated,
                value >= 100 ? whole(value) : ms(value),
                met ? '✓' : '✗',
              ]),
            },
          },
        ];
  return [
    ...latencySection(
      rows.filter(({ kind }) => kind === 'latency'),
      from,
    ),
    ...throughputSection(
      rows.filter(({ kind }) => kind === 'throughput'),
      from,
    ),
    ...judged,
    ...sweepSections(results, from),
    ...(results.memory ?? []).map((report) => memorySection(report, from)),
  ];
}

/** Throws `bad-flag` for a file that is none of ours. */
export function resultsPage(paths: readonly string[]): string {
  return htmlPage(
    'Lockstep: measured',
    'All processes on one machine: no network but the loopback, and the load generator shares the cores with the validators.',
    paths.flatMap(sectionsOf),
  );
}
