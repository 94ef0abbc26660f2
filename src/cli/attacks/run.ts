/** Runs attacks one by one, and says what each did: which counters moved, how fast honest clients were, what memory grew. */

import { getPriority, setPriority } from 'node:os';
import type { AuthSetting } from '../../core/genesis.ts';
import type { Progress } from '../bench/progress.ts';
import { quantileOf } from '../torture/figures.ts';
import type { Attack } from './attack.ts';
import { CLIENTS, disperse } from './clients.ts';
import { FRAMES } from './frames.ts';
import { HANDSHAKES } from './handshakes.ts';
import { pause } from './line.ts';
import { Probe, type Slice } from './probe.ts';
import { type Counts, Scene } from './scene.ts';
import { VOTES } from './votes.ts';

/** What shares a cluster: a validator that is found out is throttled, so that the worst come last. */
export const GROUPS: readonly (readonly Attack[])[] = [HANDSHAKES, FRAMES, VOTES, CLIENTS];
export const ATTACKS: readonly Attack[] = GROUPS.flat();

export interface AttackSettings {
  readonly auth: AuthSetting;
  /** Slices of quiet, and as many of attack between them. */
  readonly slices: number;
  readonly sliceMs: number;
  readonly only: readonly string[];
}

export interface AttackRow {
  readonly attack: string;
  readonly title: string;
  readonly by: string;
  readonly strikes: number;
  /** How much each counter of the three honest validators moved. */
  readonly counted: Readonly<Record<string, number>>;
  /** Of the medians of the slices, the median. */
  readonly p50BeforeMs: number;
  readonly p50DuringMs: number;
  readonly ratio: number;
  readonly longestMs: number;
  readonly commits: number;
  /** Of the hungriest of the three, before and at most during and after. */
  readonly residentBeforeBytes: number;
  readonly residentMostBytes: number;
  readonly viewChanges: number;
  readonly failures: readonly string[];
}

/** The least that memory may grow by, bytes: what a validator's young generation and buffers take in any case. */
const GROWTH_BYTES = 192 << 20;
const MOST_RATIO = 2;
/** Below this much more, ms, a ratio says nothing. */
const NOISE_MS = 0.5;
/** How long counters may take to show what was sent, ms. */
const SHOWN_MS = 12_000;
/** Whoever attacks has cores of its own; here they are shared, so it yields by so much. */
const ATTACKER_NICE = 10;

export function moved(before: Counts, after: Counts): Record<string, number> {
  const difference: Record<string, number> = {};
  for (const [name, count] of after) {
    const by = count - (before.get(name) ?? 0);
    if (by > 0) difference[name] = by;
  }
  return difference;
}

/** Whether what ought to be seen of it was seen. */
const shown = ({ shows }: Attack, counted: Readonly<Record<string, number>>): boolean =>
  shows.length === 0 || shows.some((name) => (counted[name] ?? 0) > 0);

/** Waits until the honest have counted what they ought to; some of it comes with a timeout. */
export async function countedOf(scene: Scene, one: Attack, before: Counts): Promise<Record<string, number>> {
  const end = performance.now() + SHOWN_MS;
  for (;;) {
    const counted = moved(before, await scene.counts());
    if (shown(one, counted) || performance.now() > end) return counted;
    await pause(100);
  }
}

/** Strikes for so long, at most as often as the attack says. */
async function strikeFor(scene: Scene, { strike, pauseMs }: Attack, ms: number): Promise<number> {
  const end = performance.now() + ms;
  let strikes = 0;
  do {
    await strike(scene);
    strikes++;
    await pause(Math.min(pauseMs, Math.max(0, end - performance.now())));
  } while (performance.now() < end);
  return strikes;
}

/** One attack between slices of quiet. */
export async function runAttack(
  scene: Scene,
  probe: Probe,
  one: Attack,
  settings: AttackSettings,
): Promise<AttackRow> {
  const { count: slices, ms: sliceMs } = one.slice ?? { count: settings.slices, ms: settings.sliceMs };
  const quiet: Slice[] = [];
  const during: Slice[] = [];
  const failures: string[] = [];
  // What an earlier attack left waiting is not this one's.
  scene.hangUp();
  const before = await scene.counts();
  const views = await viewsOf(scene);
  const residentBeforeBytes = await scene.residentBytes();
  let residentMostBytes = residentBeforeBytes;
  let strikes = 0;
  for (let i = 0; i < slices; i++) {
    quiet.push(await probe.slice(sliceMs));
    const [seen, struck] = await Promise.all([probe.slice(sliceMs), strikeFor(scene, one, sliceMs)]);
    during.push(seen);
    strikes += struck;
    residentMostBytes = Math.max(residentMostBytes, await scene.residentBytes());
    disperse(scene);
    await pause(50);
  }
  const counted = await countedOf(scene, one, before);
  residentMostBytes = Math.max(residentMostBytes, await scene.residentBytes());
  const p50 = (list: readonly Slice[]) =>
    quantileOf(
      list.map(({ p50Ms }) => p50Ms),
      0.5,
    );
  const [p50BeforeMs, p50DuringMs] = [p50(quiet), p50(during)];
  const ratio = p50DuringMs / p50BeforeMs;
  if (!shown(one, counted)) failures.push(`none of ${one.shows.join(', ')} was counted`);
  if (ratio > MOST_RATIO && p50DuringMs - p50BeforeMs > NOISE_MS)
    failures.push(`p50 during the attack is ${ratio.toFixed(1)} times that before`);
  const failed = [...quiet, ...during].reduce((sum, slice) => sum + slice.failed, 0);
  if (failed > 0) failures.push(`${failed} honest writes failed`);
  const grown = residentMostBytes - residentBeforeBytes;
  if (grown > GROWTH_BYTES) failures.push(`memory grew by ${Math.round(grown / 2 ** 20)} MiB`);
  if (scene.honest.some((id) => !scene.cluster.alive(id))) failures.push('a validator died');
  return {
    attack: one.name,
    title: one.title,
    by: one.by,
    strikes,
    counted,
    p50BeforeMs,
    p50DuringMs,
    ratio,
    longestMs: Math.max(...during.map(({ maxMs }) => maxMs)),
    commits: during.reduce((sum, { commits }) => sum + commits, 0),
    residentBeforeBytes,
    residentMostBytes,
    viewChanges: (await viewsOf(scene)) - views,
    failures,
  };
}

async function viewsOf(scene: Scene): Promise<number> {
  return (await scene.statuses()).reduce((sum, { view }) => Math.max(sum, view), 0);
}

/** Back to what it was: not everybody may. Then the next cluster yields as the attacker does. */
function priority(nice: number): void {
  try {
    setPriority(nice);
  } catch {
    // It stays as it is.
  }
}

/** All that are asked for, each group on a cluster of its own. Throws the signal's reason where it is told to stop. */
export async function runAttacks(
  settings: AttackSettings,
  progress: Progress,
  signal: AbortSignal,
  onRow: (row: AttackRow) => void,
): Promise<AttackRow[]> {
  const rows: AttackRow[] = [];
  const base = getPriority();
  const wanted = (one: Attack) => settings.only.length === 0 || settings.only.includes(one.name);
  const total = ATTACKS.filter(wanted).length;
  for (const group of GROUPS) {
    const attacks = group.filter(wanted);
    if (attacks.length === 0) continue;
    progress.update('starting a cluster of three honest validators');
    priority(base);
    const scene = await Scene.open(settings.auth);
    let probe: Probe | undefined;
    try {
      probe = await Probe.start(scene.cluster.folder);
      priority(Math.min(19, base + ATTACKER_NICE));
      await probe.slice(1_500);
      for (const one of attacks) {
        signal.throwIfAborted();
        progress.update(`attack ${rows.length + 1} of ${total}`, one.name);
        const row = await runAttack(scene, probe, one, settings);
        rows.push(row);
        onRow(row);
      }
    } finally {
      probe?.stop();
      await scene.close();
    }
  }
  return rows;
}
