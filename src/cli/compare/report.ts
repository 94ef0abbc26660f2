/** A comparison as tables for the terminal and as a page with charts. */

import { lineChart, shortNumber, stackedBars } from '../../load/charts.ts';
import { type HtmlSection, type HtmlTable, htmlPage } from '../../load/html.ts';
import { table } from '../output.ts';
import type { Calibration } from './calibration.ts';
import type { Model } from './model.ts';
import type { CompareRow, Refused } from './row.ts';
import type { Verdict } from './verdicts.ts';

export interface Comparison {
  readonly rows: readonly CompareRow[];
  readonly refused: readonly Refused[];
  readonly verdicts: readonly Verdict[];
  /** Of simulated sizes: how well the simulator does where it can be checked. */
  readonly calibration: readonly Calibration[];
  /** What things cost, as the simulator took them. */
  readonly model?: Model;
  /** The distances between the validators, in words; empty: none. */
  readonly distances: string;
}

const ms = (value: number | undefined): string => (value === undefined ? '–' : value.toFixed(3));
const whole = (value: number | undefined): string =>
  value === undefined ? '–' : Math.round(value).toLocaleString('en-US');
const tenth = (value: number | undefined): string => (value === undefined ? '–' : shortNumber(value));

const HEAD = [
  'protocol',
  'p50 ms',
  'turns ms',
  'p99 ms',
  'floor p50',
  '× floor',
  'tx/s',
  'messages',
  '(theory)',
  'grow as',
  'KB',
  'signed',
  'checked',
  'cpu µs',
  'delays',
];

/** The lowest and the highest of the turns' medians. */
function spread({ turns }: CompareRow): string {
  if (turns.length === 0) return '–';
  const medians = turns.map(({ p50Ms }) => p50Ms);
  return `${Math.min(...medians).toFixed(2)}–${Math.max(...medians).toFixed(2)}`;
}

function cells(row: CompareRow): string[] {
  const { theory } = row;
  return [
    row.contender,
    ms(row.p50Ms),
    spread(row),
    ms(row.p99Ms),
    ms(row.floorP50Ms),
    row.floorP50Ms > 0 ? (row.p50Ms / row.floorP50Ms).toFixed(1) : '–',
    whole(row.throughputTps),
    tenth(row.messagesPerCommit),
    whole(theory.messages),
    theory.growth,
    row.bytesPerCommit === undefined ? '–' : tenth(row.bytesPerCommit / 1000),
    tenth(row.signaturesMadePerCommit),
    tenth(row.signaturesCheckedPerCommit),
    whole(row.cpuUsPerCommit),
    `${theory.delays}${theory.waits === '' ? '' : ' +'}`,
  ];
}

interface Group {
  readonly title: string;
  readonly rows: readonly CompareRow[];
}

function groupsOf(rows: readonly CompareRow[]): Group[] {
  const groups = new Map<string, CompareRow[]>();
  for (const row of rows) {
    const on = row.hosts === 'each' ? 'a computer each' : 'all on one computer like this one';
    const how = row.kind === 'simulated' ? `; simulated with measured costs, ${on}` : '';
    const title = `${row.validators} validators, votes authenticated with ${row.auth}${how}`;
    groups.set(title, [...(groups.get(title) ?? []), row]);
  }
  return [...groups].map(([title, some]) => ({ title, rows: some }));
}

const LEGEND = `Latency: one closed-loop client, from handing over the signed bytes until enough validators gave the same result (f + 1; for raft one).
Medians of the turns'; beside the p50 the lowest and the highest of them: what differs by less than that does not differ.
Floor: the protocol's bare message pattern, with as many message delays, the same sockets and frames; no protocol, no cryptography.
Messages, bytes, signatures and time on a core are those of one commit, all validators together, clients left out. Theory: for one batch when nothing goes wrong;
delays: message delays from request to reply. pbft commits on its fast path. streamlet (+) also waits for the end of a round.`;

function distances({ distances: text }: Comparison): string {
  return text === ''
    ? ''
    : `Distances: ${text}. The client is beside every validator. Where commits of a quorum come before the last validator's prepare,
pbft goes by them: with more messages than on its fast path, and sooner than the floor of that.\n`;
}

export function compareText(comparison: Comparison): string {
  const parts: string[] = [];
  for (const { title, rows } of groupsOf(comparison.rows))
    parts.push(`${title}\n\n${table(HEAD, rows.map(cells))}`);
  parts.push(`${distances(comparison)}${LEGEND}`);
  for (const { contender, auth, validators, why } of comparison.refused)
    parts.push(`${contender} with ${auth}, ${validators} validators: refused: ${why}`);
  const papers = new Map(comparison.rows.map((row) => [row.contender, row.theory.paper]));
  parts.push([...papers].map(([name, paper]) => `${name}: ${paper}`).join('\n'));
  if (comparison.model !== undefined) parts.push(modelText(comparison.model));
  if (comparison.calibration.length > 0) parts.push(calibrationText(comparison.calibration));
  parts.push(comparison.verdicts.map(verdictText).join('\n'));
  return parts.filter((part) => part !== '').join('\n\n');
}

function modelText({ measured, frames, driver, factors, fittedTo }: Model): string {
  const us = (value: number): string => shortNumber(value);
  const { signUs, verifyUs, appendUs } = measured;
  return `What the simulator took for costs, µs of a core. Measured alone: Ed25519 signed ${us(signUs.ed25519)}, checked ${us(verifyUs.ed25519)}; ML-DSA-87 signed ${us(signUs['ml-dsa-87'])}, checked ${us(verifyUs['ml-dsa-87'])}; a write of the log ${us(appendUs)}.
Fitted to the floors of ${fittedTo} validators: waking a core that sleeps ${us(frames.idleUs)}, letting another process run ${us(frames.switchUs)}, a frame sent or received ${us(frames.frameOutUs)}, each kilobyte of it ${us(frames.kilobyteUs)}.
Fitted to latencies and processor times of ${fittedTo} validators, all protocols together: a turn of the event loop ${us(driver.turnUs)}, a message ${us(driver.messageUs)}, a slot ${us(driver.slotUs)}; from turn to turn the logarithm of what one takes differs by ${driver.spread.toFixed(2)}.
Fitted to the processor time of each at ${fittedTo} validators: ${Object.entries(factors)
    .map(([name, factor]) => `${name} ${factor.toFixed(2)} times that`)
    .join(', ')}.`;
}

function verdictText({ holds, claim, figure, validators, auth }: Verdict): string {
  return `${holds ? '✓' : '✗'} ${validators} validators, ${auth}: ${claim} (${figure})`;
}

const CALIBRATION_HEAD = [
  'votes',
  'validators',
  'protocol',
  'real p50 ms',
  'simulated',
  'off by',
  '',
  'real cpu µs',
  'simulated',
];

function calibrationCells({
  auth,
  validators,
  contender,
  realP50Ms,
  simulatedP50Ms,
  off,
  within,
  fitted,
  realCpuUs,
  simulatedCpuUs,
}: Calibration) {
  const verdict = `${within ? '✓' : '✗'}${fitted ? ' fitted' : ' foretold'}`;
  const percent = `${off >= 0 ? '+' : '−'}${Math.abs(100 * off).toFixed(0)} %`;
  return [
    auth,
    String(validators),
    contender,
    ms(realP50Ms),
    ms(simulatedP50Ms),
    percent,
    verdict,
    whole(realCpuUs),
    whole(simulatedCpuUs),
  ];
}

function calibrationText(calibration: readonly Calibration[]): string {
  const rows = calibration.map(calibrationCells);
  const align = ['left', 'right', 'left', 'right', 'right', 'right', 'left', 'right', 'right'] as const;
  return `The simulator against the real cluster (within 25 % is asked for):\n\n${table(CALIBRATION_HEAD, rows, align)}`;
}

// ------------------------------------------------------------------------------------------- page

const asTable = (rows: readonly CompareRow[]): HtmlTable => ({ head: HEAD, rows: rows.map(cells) });

/** Lines over the sizes, a line per contender: measured sizes and, after them, simulated ones. */
function bySize(rows: readonly CompareRow[], of: (row: CompareRow) => number | undefined, y: string): string {
  const names = [...new Set(rows.map(({ contender }) => contender))];
  const lines = names.map((name) => ({
    name,
    points: rows
      .filter((row) => row.contender === name && of(row) !== undefined)
      .map((row) => [row.validators, of(row)!] as const)
      .sort((a, b) => a[0] - b[0]),
  }));
  return lineChart(
    lines.filter(({ points }) => points.length > 0),
    { x: 'validators', y, logX: true },
  );
}

function sections(comparison: Comparison): HtmlSection[] {
  const found: HtmlSection[] = [];
  for (const { title, rows } of groupsOf(comparison.rows)) {
    const bars = rows.map(({ contender, p50Ms, floorP50Ms }) => ({
      name: contender,
      parts: { floor: Math.min(floorP50Ms, p50Ms), 'above it': Math.max(0, p50Ms - floorP50Ms) },
    }));
    found.push({
      heading: title,
      text: 'Median commit latency, and the share of it that the bare message pattern takes.',
      charts: [stackedBars(bars, 'ms')],
      table: asTable(rows),
    });
  }
  const auths = [...new Set(comparison.rows.map(({ auth }) => auth))];
  for (const auth of auths) {
    const rows = comparison.rows.filter((row) => row.auth === auth && row.hosts !== 'each');
    const simulated = [...new Set(rows.filter(({ kind }) => kind === 'simulated').map((r) => r.validators))];
    const note = simulated.length === 0 ? '' : ` Simulated: ${simulated.join(', ')} validators.`;
    found.push({
      heading: `By size, ${auth}`,
      text: `Latency, messages and signatures of a commit.${note}`,
      charts: [
        bySize(rows, (row) => row.p50Ms, 'median latency, ms,'),
        bySize(rows, (row) => row.messagesPerCommit, 'messages'),
        bySize(rows, (row) => row.signaturesCheckedPerCommit, 'signatures checked'),
      ],
    });
  }
  if (comparison.calibration.length > 0) {
    found.push({
      heading: 'The simulator against the real cluster',
      text: 'Within 25 % is asked for. Fitted: costs were taken from these sizes; foretold: they were not.',
      table: { head: CALIBRATION_HEAD, rows: comparison.calibration.map(calibrationCells) },
    });
  }
  const shown = comparison.verdicts.map((one) => [verdictText(one)]);
  if (shown.length > 0) found.push({ heading: 'What it shows', table: { head: ['claim'], rows: shown } });
  found.push({ heading: 'How to read it', text: `${distances(comparison)}${LEGEND}` });
  return found;
}

export function compareHtml(comparison: Comparison, machine: string): string {
  return htmlPage('Lockstep: protocols compared', machine, sections(comparison));
}
