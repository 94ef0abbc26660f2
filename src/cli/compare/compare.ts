/** `lockstep bench compare`: all protocols in one run, turn by turn. */

import { totalmem } from 'node:os';
import type { Delays } from '../../core/delays.ts';
import { LockstepError } from '../../core/errors.ts';
import { MAX_VALIDATORS } from '../../core/limits.ts';
import { describeMachine, machine, versions } from '../bench/machine.ts';
import { Progress } from '../bench/progress.ts';
import { Stopped, stopSignal } from '../bench/session.ts';
import { note, writeJson } from '../output.ts';
import { writePage } from '../profile/page.ts';
import { type Entrant, runArena } from './arena.ts';
import type { Calibration } from './calibration.ts';
import { CONTENDERS, refusal } from './contenders.ts';
import { type MeasuredCosts, measureCosts, usualCosts } from './measured-costs.ts';
import { calibrate, foretell, type Model, makeModel } from './model.ts';
import { type Comparison, compareHtml, compareText } from './report.ts';
import { type CompareRow, type CompareSetting, type Refused, settingOf } from './row.ts';
import { verdicts } from './verdicts.ts';

export interface CompareOptions {
  readonly contenders: readonly string[];
  readonly auths: readonly string[];
  readonly sizes: readonly number[];
  /** Sizes that are simulated. */
  readonly simulated: readonly number[];
  readonly common: CompareSetting;
  readonly rounds: number;
  readonly warmupMs: number;
  readonly durationMs: number;
  readonly floorMs: number;
  readonly outstanding: number;
  readonly clients: number;
  readonly delays: Delays | undefined;
  readonly html: string | undefined;
  readonly json: string | undefined;
  /** What was asked for, for the JSON. */
  readonly asked: Readonly<Record<string, unknown>>;
}

/** `4,7,10` as numbers. Throws `bad-flag`. */
export function readSizes(flag: string, text: string): number[] {
  const sizes = text.split(',').map((part) => Number(part.trim() || Number.NaN));
  const bad = sizes.some((size) => !Number.isInteger(size) || size < 1 || size > MAX_VALIDATORS);
  if (bad)
    throw new LockstepError(
      'bad-flag',
      `--${flag} takes numbers of validators from 1 to ${MAX_VALIDATORS}, separated by commas, not "${text}"`,
    );
  return [...new Set(sizes)].sort((a, b) => a - b);
}

/** Resolves with the exit code: 1 where something failed to commit, or validators differ. */
export async function compare(options: CompareOptions): Promise<number> {
  const progress = new Progress();
  const { signal } = stopSignal();
  note(describeMachine());
  const { auths } = options;
  const rows: CompareRow[] = [];
  const refused: Refused[] = [];
  let model: Model | undefined;
  let calibration: readonly Calibration[] = [];
  try {
    const costs: MeasuredCosts[] = [];
    const afterRound = async (): Promise<void> => {
      if (options.simulated.length > 0) costs.push(await measureCosts());
    };
    for (const entrants of together(entrantsOf(options, refused), totalmem()))
      rows.push(...(await runArena(entrants, { ...options, afterRound }, progress, signal)));
    rows.sort((a, b) => a.validators - b.validators || auths.indexOf(a.auth) - auths.indexOf(b.auth));
    if (options.simulated.length > 0 && rows.length > 0) {
      const foretold = await simulateSizes(options, rows, usualCosts(costs), progress, signal);
      ({ model, calibration } = foretold);
      rows.push(...foretold.rows);
    }
  } catch (error) {
    if (!(error instanceof Stopped)) throw error;
    note('stopped before the figures were complete');
    return 130;
  } finally {
    progress.clear();
  }
  const comparison: Comparison = {
    rows,
    refused,
    verdicts: verdicts(rows),
    calibration,
    ...(model && { model }),
    distances: describeDelays(options.delays),
  };
  give(options, comparison);
  return rows.every(({ failed, stateHashesAgree }) => failed === 0 && stateHashesAgree !== false) ? 0 : 1;
}

function entrantsOf({ sizes, auths, contenders }: CompareOptions, refused: Refused[]): Entrant[] {
  const found: Entrant[] = [];
  for (const validators of sizes) {
    for (const auth of auths) {
      for (const contender of CONTENDERS.filter(({ name }) => contenders.includes(name))) {
        const why = refusal(contender, auth, validators);
        if (why === undefined) found.push({ contender, auth, validators });
        else refused.push({ contender: contender.name, auth, validators, why });
      }
    }
  }
  return found;
}

/** A validator and its double of the floor, bytes; and the share of the memory that all may take together. */
const VALIDATOR_BYTES = 200 * 2 ** 20;
const MEMORY_SHARE = 0.5;

/** Who takes turns with whom: all sizes under a setting where the memory is enough for them, and else as many as fit. */
export function together(entrants: readonly Entrant[], memoryBytes: number): Entrant[][] {
  const most = (MEMORY_SHARE * memoryBytes) / VALIDATOR_BYTES;
  const groups: Entrant[][] = [];
  for (const auth of new Set(entrants.map((one) => one.auth))) {
    const mine = entrants.filter((one) => one.auth === auth);
    let up = Number.POSITIVE_INFINITY;
    for (const validators of new Set(mine.map((one) => one.validators))) {
      const same = mine.filter((one) => one.validators === validators);
      up += same.length * validators;
      if (up <= most) groups.at(-1)!.push(...same);
      else {
        groups.push(same);
        up = same.length * validators;
      }
    }
  }
  return groups;
}

/** Sizes for which this machine has too few cores: by the simulator, with costs from the sizes that were measured. */
async function simulateSizes(
  { contenders, auths, simulated, common, delays }: CompareOptions,
  rows: readonly CompareRow[],
  costs: MeasuredCosts,
  progress: Progress,
  signal: AbortSignal,
): Promise<{ model: Model; calibration: Calibration[]; rows: CompareRow[] }> {
  const pause = async (step: string): Promise<void> => {
    progress.update(step);
    await new Promise((resolve) => setImmediate(resolve));
    signal.throwIfAborted();
  };
  const model = await makeModel(rows, costs, delays, pause);
  const calibration = await calibrate(rows, model, delays, pause);
  const foretold: CompareRow[] = [];
  for (const validators of simulated) {
    for (const auth of auths) {
      for (const hosts of ['one', 'each'] as const) {
        for (const contender of CONTENDERS.filter(({ name }) => contenders.includes(name))) {
          if (refusal(contender, auth, validators) !== undefined) continue;
          const setting = settingOf(contender, auth, validators, common);
          await pause(`${setting.label}: simulating`);
          const row = foretell(setting, contender.name, model, hosts, delays);
          if (row === undefined) note(`${setting.label}: given up: simulated, nothing commits in time`);
          else foretold.push(row);
        }
      }
    }
  }
  return { model, calibration, rows: foretold };
}

function give({ json, html, asked }: CompareOptions, comparison: Comparison): void {
  if (html !== undefined) writePage(html, compareHtml(comparison, describeMachine()));
  const report = { machine: machine(), versions: versions(), settings: asked, ...comparison };
  if (json !== undefined) writeJson(json, report);
  if (json !== '-') process.stdout.write(`${compareText(comparison)}\n`);
  if (html !== undefined) note(`wrote ${html}`);
  if (comparison.rows.some(({ failed }) => failed > 0)) note('failed: not everything was committed');
}

function describeDelays(delays: Delays | undefined): string {
  if (delays === undefined) return '';
  const pairs = Object.entries(delays.oneWayMs).flatMap(([from, row]) =>
    Object.entries(row).map(([to, delay]) => `${from} → ${to} ${delay} ms`),
  );
  return `validators in ${delays.regions.join(', ')}; ${pairs.join(', ')}`;
}
