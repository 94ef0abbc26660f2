/** The tables of `bench latency`, `throughput` and `floor`, and what is to be said of them. */

import { table } from '../output.ts';
import type { RunsRow } from './runs.ts';
import { HALF_LOAD_P99_MS, LATENCY_TARGETS, THROUGHPUT_TARGETS } from './targets.ts';

/** One of the project's targets, beside what was measured. */
export interface Verdict {
  readonly setting: string;
  readonly figure: string;
  readonly stated: string;
  readonly value: number;
  readonly met: boolean;
}

const nameOf = ({ auth, txAuth }: RunsRow): string => `${auth}/${txAuth}`;

/** Of rows that were measured as the targets are stated: four validators under PBFT, 64 bytes, durability `process`. */
export function verdictsOf(rows: readonly RunsRow[]): Verdict[] {
  return rows.flatMap((row) => {
    const { kind, protocol, validators, payloadBytes, durability } = row;
    const comparable = protocol === 'pbft' && validators === 4 && payloadBytes === 64;
    if (!comparable || durability !== 'process') return [];
    const setting = nameOf(row);
    const at = (figure: string, stated: string, value: number, met: boolean): Verdict => ({
      setting,
      figure,
      stated,
      value,
      met,
    });
    const verdicts: Verdict[] = [];
    const latency = LATENCY_TARGETS[row.auth];
    if (kind === 'latency' && latency !== undefined && row.txAuth === 'ed25519') {
      const { p50Ms, p99Ms, timesFloor } = latency;
      verdicts.push(at('p50', `≤ ${p50Ms} ms`, row.p50Ms, row.p50Ms <= p50Ms));
      if (timesFloor !== undefined && row.timesFloor !== undefined)
        verdicts.push(at('p50', `≤ ${timesFloor} × floor`, row.timesFloor, row.timesFloor <= timesFloor));
      verdicts.push(at('p99', `≤ ${p99Ms} ms`, row.p99Ms, row.p99Ms <= p99Ms));
    }
    const least = THROUGHPUT_TARGETS[setting];
    if (kind === 'throughput' && least !== undefined)
      verdicts.push(
        at('tx/s', `≥ ${least.toLocaleString('en-US')}`, row.throughputTps, row.throughputTps >= least),
      );
    if (kind === 'throughput' && row.paced?.loadPercent === 50) {
      const { p99Ms } = row.paced;
      verdicts.push(
        at('p99 at 50 %', `≤ ${HALF_LOAD_P99_MS} ms`, p99Ms, p99Ms <= HALF_LOAD_P99_MS && row.failed === 0),
      );
    }
    return verdicts;
  });
}

const ms = (value: number): string => value.toFixed(3);
const NONE = '–';

/** `0.512 [0.498, 0.530]`. */
function sure(
  value: number,
  interval: readonly [number, number] | undefined,
  text: (value: number) => string,
) {
  return interval === undefined ? text(value) : `${text(value)} [${text(interval[0])}, ${text(interval[1])}]`;
}

const LEFT: ('left' | 'right')[] = ['left', 'left'];
const aligned = (head: readonly string[]) => LEFT.concat(Array(head.length - 2).fill('right'));

export function lanesTable(rows: readonly RunsRow[]): string {
  const head = ['votes', 'transactions', 'validators', 'payload B', 'in flight', 'p50 ms', 'p90 ms'];
  head.push('p99 ms', 'p99.9 ms', 'tx/s', 'commits', 'failed', 'client cores', 'floor p50 ms', '× floor');
  const whole = (value: number) => value.toFixed(0);
  const cells = rows.map((row) => [
    row.auth,
    row.txAuth,
    String(row.validators),
    String(row.payloadBytes),
    whole(row.outstanding),
    sure(row.p50Ms, row.intervals?.p50Ms, ms),
    ms(row.p90Ms),
    sure(row.p99Ms, row.intervals?.p99Ms, ms),
    ms(row.p999Ms),
    sure(row.throughputTps, row.kind === 'throughput' ? row.intervals?.throughputTps : undefined, whole),
    String(row.commits),
    String(row.failed),
    `${row.generatorCores.toFixed(2)} (${row.generatorPercent.toFixed(0)} %)`,
    row.floorP50Ms === undefined ? NONE : ms(row.floorP50Ms),
    row.timesFloor === undefined ? NONE : row.timesFloor.toFixed(2),
  ]);
  return table(head, cells, aligned(head));
}

/** Latency at a share of the saturated rate. */
export function pacedTable(rows: readonly RunsRow[]): string {
  const head = ['votes', 'transactions', 'of saturation', 'offered tx/s', 'committed tx/s', 'p50 ms'];
  head.push('p90 ms', 'p99 ms', 'p99.9 ms', 'sent late by, p99 ms', 'failed', 'client cores');
  const cells = rows.flatMap(({ auth, txAuth, paced }) => {
    if (paced === undefined) return [];
    return [
      [
        auth,
        txAuth,
        `${paced.loadPercent} %`,
        paced.offeredTps.toFixed(0),
        paced.throughputTps.toFixed(0),
        ms(paced.p50Ms),
        ms(paced.p90Ms),
        ms(paced.p99Ms),
        ms(paced.p999Ms),
        ms(paced.lateP99Ms),
        String(paced.failed),
        paced.generatorCores.toFixed(2),
      ],
    ];
  });
  return table(head, cells, aligned(head));
}

function remarks(rows: readonly RunsRow[]): string[] {
  const said: string[] = [];
  const loaded = rows.filter(({ kind }) => kind !== 'floor');
  if (loaded.length > 0) {
    const inside = loaded.reduce((sum, { signedInside }) => sum + signedInside, 0);
    const signed =
      'Transactions are signed before the window that they are measured in' +
      (inside === 0 ? '.' : `, but for ${inside} of them, since those were used up.`);
    said.push(`${signed} The generator's share is its CPU time inside it, of all cores.`);
    const warm = loaded.map(({ warmupMs }) => `${(warmupMs / 1000).toFixed(1)} s`).join(', ');
    const unsteady = loaded.filter(({ warmupSteady }) => warmupSteady === false).map(nameOf);
    const detected = loaded.some(({ warmupSteady }) => warmupSteady !== undefined);
    const how = !detected
      ? ' (a fixed time)'
      : unsteady.length === 0
        ? ', until figures no longer changed'
        : `; figures still changed at the end of it: ${unsteady.join(', ')}`;
    said.push(`Warm-up: ${warm}${how}.`);
  }
  const [first] = rows;
  if (first?.intervals !== undefined) {
    const covered = first.intervals.coveragePercent.toFixed(1);
    said.push(
      `Medians of ${first.runs.length} runs; in brackets where the true median is with ${covered} % confidence.`,
    );
  }
  for (const row of rows)
    if (row.stateHashesAgree === false) said.push(`${nameOf(row)}: the validators' states DIFFER.`);
  return said;
}

export function lanesText(rows: readonly RunsRow[], verdicts: readonly Verdict[]): string {
  const parts = [lanesTable(rows)];
  if (rows.some(({ paced }) => paced !== undefined))
    parts.push(
      `Arrivals at a fixed rate, as of many clients; latency from when a transaction was due:\n${pacedTable(rows)}`,
    );
  if (verdicts.length > 0) {
    const lines = verdicts.map(({ setting, figure, stated, value, met }) => [
      setting,
      figure,
      stated,
      value >= 100 ? value.toFixed(0) : value.toFixed(3),
      met ? '✓' : '✗',
    ]);
    parts.push(table(['setting', 'target', '', 'measured', ''], lines, ['left', 'left', 'left', 'right']));
  }
  return [...parts, remarks(rows).join('\n')].join('\n\n');
}
