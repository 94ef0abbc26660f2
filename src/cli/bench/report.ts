/** What `demo` prints: figures of every setting beside their targets and beside the floor. */

import { toleranceOf } from '../../core/quorum.ts';
import { protocolByName } from '../../protocols/registry.ts';
import { table } from '../output.ts';
import type { BenchRow } from './row.ts';
import { missedBy, TARGETS, type Target } from './targets.ts';

/** Everything that was measured of one setting. */
export interface SettingReport {
  readonly auth: string;
  readonly latency: BenchRow;
  readonly throughput: BenchRow;
  /** Of both runs together, in 100 submissions. */
  readonly committedPercent: number;
  readonly stateHashesAgree: boolean;
  /** Targets that are missed, by name. */
  readonly missed: readonly string[];
}

const ms = (value: number) => value.toFixed(3);
const count = (value: number) => Math.round(value).toLocaleString('en-US');

interface Line {
  readonly label: string;
  readonly target?: Target;
  readonly value: (report: SettingReport) => number;
  readonly text: (value: number) => string;
}

const LINES: readonly Line[] = [
  { label: 'commit latency p50, ms', target: TARGETS.p50Ms, value: (r) => r.latency.p50Ms, text: ms },
  { label: '               p90, ms', value: (r) => r.latency.p90Ms, text: ms },
  { label: '               p99, ms', target: TARGETS.p99Ms, value: (r) => r.latency.p99Ms, text: ms },
  { label: '             p99.9, ms', value: (r) => r.latency.p999Ms, text: ms },
  { label: 'floor          p50, ms', value: (r) => r.latency.floorP50Ms ?? 0, text: ms },
  { label: '               p99, ms', value: (r) => r.latency.floorP99Ms ?? 0, text: ms },
  {
    label: 'throughput, tx/s',
    target: TARGETS.throughputTps,
    value: (r) => r.throughput.throughputTps,
    text: count,
  },
  { label: '  latency p50 there, ms', value: (r) => r.throughput.p50Ms, text: ms },
  { label: '  transactions in flight', value: (r) => r.throughput.outstanding, text: count },
  { label: '  load generator, cores', value: (r) => r.throughput.generatorCores, text: (v) => v.toFixed(2) },
  {
    label: 'committed, % of submitted',
    target: TARGETS.committedPercent,
    value: (r) => r.committedPercent,
    text: (v) => v.toFixed(2),
  },
];

/** One column per setting; a missed target is marked with ✗ and by how much. */
export function demoTable(reports: readonly SettingReport[]): string {
  const head = ['', 'target', ...reports.map((report) => report.auth)];
  const rows = LINES.map(({ label, target, value, text }) => [
    label,
    target?.stated ?? '',
    ...reports.map((report) => {
      const figure = value(report);
      if (target === undefined) return text(figure);
      const missed = missedBy(target, figure);
      return missed === '' ? `${text(figure)} ✓` : `${text(figure)} ${missed}`;
    }),
  ]);
  rows.push([
    'state hashes agree',
    'all',
    ...reports.map((report) => (report.stateHashesAgree ? 'yes ✓' : 'no ✗')),
  ]);
  return table(head, rows);
}

/** The table of `demo`, with what was measured and how. At least one report, all of one kind of cluster. */
export function demoText(reports: readonly SettingReport[]): string {
  const { validators: n, protocol, txAuth, payloadBytes, durability, encryption } = reports[0]!.latency;
  const byzantine = protocolByName(protocol)!.byzantine;
  const { faulty, matching } = toleranceOf(byzantine, n);
  const alike = matching === 1 ? 'a validator gave the result' : 'f + 1 validators gave the same result';
  return `${n} validators (${protocol}, ${faulty} of them may ${byzantine ? 'be faulty' : 'crash, and none may lie'}), ${n} processes and a client process on the loopback.
Transactions signed with ${txAuth}, ${payloadBytes} bytes written each; durability ${durability}; connections ${encryption === 'on' ? 'encrypted' : 'authenticated'}. Columns: how votes are authenticated.

${demoTable(reports)}

Latency: one closed-loop client, from handing over the signed bytes until ${alike}.
Floor: the bare message pattern, same frames, sockets and processes, no protocol and no cryptography.
Throughput: saturated; transactions are signed before the measured window.
`;
}
