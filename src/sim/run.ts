/**
 * Runs one planned scenario under all checkers: its faults, then the healing, then everything that was submitted has to
 * be executed everywhere within a bound. The same seed gives the same run, bit for bit. It is longer than most files:
 * the life of a run, from the building of its world to the verdict, reads best in one piece.
 */

import { type Delays, longestDelayMs } from '../core/delays.ts';
import type { ReplicaId } from '../core/ids.ts';
import type { AnyMessage } from '../core/machine.ts';
import type { ValidatorSet } from '../core/membership.ts';
import { maxFaulty } from '../core/quorum.ts';
import { SeededRandom } from '../core/random.ts';
import { Liar } from './byzantine.ts';
import {
  AgreementChecker,
  CheckpointChecker,
  StateChecker,
  ValidityChecker,
  ViewChecker,
} from './checkers.ts';
import {
  type AdversaryOf,
  CLIENT_RETRY_MS,
  Cluster,
  TIMEOUT_CEILING_MS,
  TRANSFER_RETRY_MS,
} from './cluster.ts';
import { stretched, stretchOf } from './distances.ts';
import { strike } from './faults.ts';
import type { LedgerEntry } from './ledger.ts';
import type { Mask, Part } from './mask.ts';
import { CALM, type LinkRule } from './network.ts';
import { type Observer, Violation } from './observer.ts';
import type { SimParts } from './parts.ts';
import { type Plan, type PlannedStrike, plan } from './plan.ts';
import type { FaultGroup, Profile } from './profile.ts';
import { DEFAULT_SUBJECT } from './protocols/registry.ts';
import { ReadChecker } from './read-checker.ts';
import type { Fireable } from './scheduler.ts';
import { SetChecker } from './set-checker.ts';
import { SizeChecker } from './size-checker.ts';
import type { Subject } from './subject.ts';
import { divideByRounds, twinOf, twinsClusterAt } from './twins.ts';
import { WatermarkChecker } from './watermark-checker.ts';

export interface PlanRunSettings {
  readonly seed: number;
  /** The protocol under attack. Default: the simulator's. */
  readonly subject?: Subject;
  /** Default: the subject's, all as they should be. */
  readonly parts?: SimParts | undefined;
  /** Keep a line for everything that happens. */
  readonly verbose?: boolean | undefined;
  /** Sees all runs of a campaign. */
  readonly witness?: Observer | undefined;
  /** How far the replicas are apart; all times of the plan are stretched accordingly. Default: next to each other. */
  readonly delays?: Delays | undefined;
}

export interface RunSettings extends PlanRunSettings {
  readonly subject: Subject;
  readonly profile: Profile;
  readonly groups: ReadonlySet<FaultGroup>;
  /** Fixed size of the cluster; undefined: one of the profile's. */
  readonly validators: number | undefined;
  readonly mask: Mask;
}

export interface Failure {
  readonly checker: string;
  readonly message: string;
}

export interface RunResult {
  readonly seed: number;
  readonly n: number;
  readonly profile: string;
  /** Slots executed by the replica that executed most. */
  readonly commits: number;
  /** Faults that struck, lies and partitions among them. */
  readonly faults: number;
  /** Events of the simulated world, and how much virtual time they took, in ms. */
  readonly events: number;
  readonly virtualMs: number;
  /** The highest view that any honest replica was in. */
  readonly views: number;
  /** How many faults, lies and transactions the whole plan has, with those that are left out: for shrinking. */
  readonly parts: Readonly<Record<Part, number>>;
  readonly traceHash: string;
  readonly trace: readonly string[];
  readonly failure: Failure | undefined;
}

/** How long the cluster has for everything that was submitted, once all faults are over, in virtual ms. */
const PROGRESS_MS = 60_000;

/** How far a batch's time may be from a replica's clock, in ms; clocks that are wrong are wrong by up to 2 s. */
const DRIFT_MS = 500;

type AnyCluster = Cluster<AnyMessage, AnyMessage>;

interface World {
  readonly cluster: AnyCluster;
  readonly views: ViewChecker;
  readonly saboteur: PlannedSaboteur;
}

/** Runs the scenario of a seed. A violation is in the result; nothing is thrown for it. */
export function runPlanned(settings: RunSettings): RunResult {
  return runPlan(plan(settings), settings);
}

/** Runs a scenario that is written down. The seed still decides what the network does to each packet. */
export function runPlan(planned: Plan, settings: PlanRunSettings): RunResult {
  const { subject = DEFAULT_SUBJECT, delays } = settings;
  const drawn = stretched(planned, subject.parts.protocol.parameters, stretchOf(delays));
  const world = build(drawn, settings);
  const { cluster, views, saboteur } = world;
  let failure: Failure | undefined;
  try {
    play(drawn, settings, world);
  } catch (error) {
    if (!(error instanceof Violation)) throw error;
    failure = { checker: error.checker, message: error.message };
  }
  let commits = 0;
  for (const node of cluster.nodes) {
    if (node.honest) commits = Math.max(commits, node.ledger.tip.sequence);
  }
  return {
    seed: settings.seed,
    n: drawn.n,
    profile: drawn.profile.name,
    commits,
    faults: saboteur.struck + drawn.lies.length + drawn.conspirators.length,
    events: cluster.scheduler.fired,
    virtualMs: cluster.scheduler.nowMs,
    views: views.highest,
    parts: drawn.counts,
    traceHash: cluster.trace.hash,
    trace: cluster.trace.lines,
    failure,
  };
}

function build(
  drawn: Plan,
  {
    seed,
    subject = DEFAULT_SUBJECT,
    parts = subject.parts,
    verbose = false,
    witness,
    delays,
  }: PlanRunSettings,
): World {
  const { n, profile } = drawn;
  const liars = new Set([...drawn.lies.map(({ liar }) => liar), ...drawn.conspirators]);
  const adversaries = new Map<ReplicaId, AdversaryOf<AnyMessage, AnyMessage>>();
  for (const id of liars) {
    const names = drawn.lies.filter(({ liar }) => liar === id).map(({ tactic }) => tactic);
    adversaries.set(id, liarOf(subject, names));
  }
  if (drawn.conspirators.length > 0) {
    const adversary = subject.conspire!(n, drawn.conspirators, seed);
    for (const id of drawn.conspirators) adversaries.set(id, adversary);
  }
  const doubled = profile.name === 'twins' ? [twinOf(seed)] : [];
  const honest = new Set(Array.from({ length: n }, (_, id) => id));
  for (const id of [...liars, ...doubled]) honest.delete(id);
  const views = new ViewChecker(drawn.calm ? turnsMissed(n, subject, delays) : undefined);
  const observers: Observer[] = [
    new AgreementChecker(),
    new CheckpointChecker(),
    ...(profile.joiners === undefined ? subject.checkers({ n, honest, base: 0 }) : []),
    new WatermarkChecker(),
    views,
    new SizeChecker(subject.entriesAllowed(n + (profile.joiners ?? 0))),
  ];
  if (witness !== undefined) observers.push(witness);
  const twins = profile.name === 'twins' ? { ...twinsClusterAt(stretchOf(delays)), twins: doubled } : {};
  const cluster: AnyCluster = new Cluster<AnyMessage, AnyMessage>({
    protocol: parts.protocol,
    parts,
    n,
    seed,
    adversaries,
    observers,
    verbose,
    ...(drawn.rule === undefined ? {} : { rule: drawn.rule }),
    fastPath: drawn.fastPath,
    timeoutFloorMs: drawn.timeoutFloorMs,
    driftMs: DRIFT_MS + (delays === undefined ? 0 : longestDelayMs(delays)),
    ...(delays === undefined ? {} : timesAt(delays)),
    ...(drawn.parameters === undefined ? {} : { parameters: drawn.parameters }),
    ...profile.cluster,
    ...twins,
    ...(profile.joiners === undefined ? {} : { joiners: profile.joiners }),
  });
  observers.push(new ValidityChecker(cluster.clients), new StateChecker(cluster));
  if (profile.joiners !== undefined) observers.push(new SetChecker(subject, cluster));
  if (subject.reads === true) observers.push(new ReadChecker(cluster));
  for (const id of liars) cluster.node(id).corrupt = corrupted;
  return { cluster, views, saboteur: new PlannedSaboteur(cluster, drawn, liars) };
}

/** Changes of view where all is well: of at most two turns, whose proposal each replica has to set free. */
const turnsMissed = (n: number, { missesTurns }: Subject, delays: Delays | undefined): number =>
  missesTurns === true && delays !== undefined ? 2 * n : 0;

/**
 * After faults, of a protocol that gives turns by the clock, of one turn at least: work may come to some just when a round
 * is over, where rest cannot be told from others' work yet, while connections are dropped.
 */
const turnsMissedInPeace = (n: number, subject: Subject, delays: Delays | undefined): number =>
  Math.max(turnsMissed(n, subject, delays), subject.missesTurns === true ? n : 0);

/** What a cluster's own times are where its replicas are far apart. */
function timesAt(delays: Delays) {
  const factor = stretchOf(delays);
  return {
    delays,
    timeoutCeilingMs: factor * TIMEOUT_CEILING_MS,
    clientRetryMs: factor * CLIENT_RETRY_MS,
    transferRetryMs: factor * TRANSFER_RETRY_MS,
  };
}

/** An adversary that follows these tactics, in this order. */
function liarOf({ tactics }: Subject, names: readonly string[]): AdversaryOf<AnyMessage, AnyMessage> {
  return (setting) => (machine) =>
    new Liar(
      machine,
      names.map((name) => tactics[name]!(setting, () => machine)),
    );
}

/** A state with the right name and another content. */
const corrupted = (state: LedgerEntry): LedgerEntry => ({ ...state });

const STRIKE = 0;
const RETURN = 1;
const SUBMIT = 2;

/** Carries out what the plan says. */
class PlannedSaboteur implements Fireable {
  struck = 0;
  readonly #cluster: AnyCluster;
  readonly #pauseMs: number;
  /** Replicas that may still lose their logs or their states: liars and these together are at most f. */
  readonly #mayFail: (id: ReplicaId) => boolean;

  constructor(
    cluster: AnyCluster,
    { n, profile, strikes, submissions }: Plan,
    liars: ReadonlySet<ReplicaId>,
  ) {
    this.#cluster = cluster;
    this.#pauseMs = profile.faultyMs / 10;
    const faulty = new Set(liars);
    this.#mayFail = (id) => {
      if (faulty.size < maxFaulty(n)) faulty.add(id);
      return faulty.has(id) && !liars.has(id);
    };
    for (const planned of strikes) cluster.scheduler.schedule(planned.atMs, this, STRIKE, planned);
    if (profile.name === 'twins') return;
    for (const planned of submissions) cluster.scheduler.schedule(planned.atMs, this, SUBMIT, planned.to);
  }

  fire(tag: number, payload: unknown): void {
    const cluster = this.#cluster;
    if (tag === RETURN) return cluster.restart(payload as ReplicaId);
    if (tag === SUBMIT) {
      const to = payload as number;
      const some = to === 0 ? undefined : [...Array(cluster.n).keys()].filter((id) => (to & (1 << id)) !== 0);
      cluster.submit(1, some);
      return;
    }
    const { kind, seed } = payload as PlannedStrike;
    this.struck++;
    strike(
      {
        cluster,
        random: new SeededRandom(seed),
        pauseMs: this.#pauseMs,
        mayFail: this.#mayFail,
        restartLater: (id, delayMs) => cluster.scheduler.schedule(delayMs, this, RETURN, id),
      },
      kind,
    );
  }
}

/** The faulty time, the healing, and the time in which everything must be made good. */
function play(drawn: Plan, settings: PlanRunSettings, world: World): void {
  const { seed, delays } = settings;
  const { cluster, saboteur } = world;
  const { profile } = drawn;
  const factor = stretchOf(delays);
  if (profile.name === 'twins') saboteur.struck += divideByRounds(cluster, drawn, seed, factor);
  else cluster.run(profile.faultyMs);
  cluster.heal(healed(drawn, settings));
  // Enough for a change of the set to take effect.
  cluster.submit(profile.joiners === undefined ? 2 : 12);
  if (!cluster.runUntil(() => cluster.settled(), factor * PROGRESS_MS)) throw stuck(cluster, factor);
  if (drawn.strikes.some(({ kind }) => kind === 'flip')) recover(cluster, factor);
  if (profile.brief || profile.joiners !== undefined) return;
  const sane = cluster.nodes.every(({ honest, retired }) => honest && !retired);
  if (sane && !drawn.calm && drawn.timeoutFloorMs >= factor * AMPLE_MS)
    peace(world, drawn.timeoutFloorMs, settings);
}

/**
 * The network after all faults: a quiet one; or, where time-outs are short, sometimes one that is steady and slow. Then a
 * view that opens is not long enough for a commit until the time-outs have grown from view to view.
 */
function healed(drawn: Plan, { seed, delays, subject = DEFAULT_SUBJECT }: PlanRunSettings): LinkRule {
  if (subject.growsPatience !== true || drawn.timeoutFloorMs >= AMPLE_MS || drawn.profile.name === 'twins')
    return CALM;
  // A generator of its own, so that the plan stays as it was.
  const random = new SeededRandom(seed ^ 0x510e);
  if (!random.chance(SLOW_CHANCE)) return CALM;
  return { ...CALM, delayMs: stretchOf(delays) * (5 + 35 * random.float()) };
}

const SLOW_CHANCE = 0.25;

/**
 * Whoever came to another state notices at the next checkpoint and is well again: as much is ordered as leads there. Except for
 * those that a change of the set has left out: nobody sends them states.
 */
function recover(cluster: AnyCluster, factor: number): void {
  const ails = ({ id, honest, retired, ledger }: AnyCluster['nodes'][number]): boolean =>
    honest && !retired && !ledger.sound && isMember(cluster, id);
  const sound = (): boolean => !cluster.nodes.some(ails);
  for (let slot = cluster.nodes[0]!.config.checkpointInterval; slot > 0 && !sound(); slot--) {
    cluster.submit(1);
    if (!cluster.runUntil(() => cluster.settled(), factor * PROGRESS_MS)) throw stuck(cluster, factor);
  }
  if (cluster.runUntil(sound, factor * PROGRESS_MS)) return;
  const ill = cluster.nodes.filter(ails);
  const names = ill.map(({ id, ledger }) => `replica ${id} at ${ledger.tip.sequence}`).join(', ');
  throw new Violation(
    'recovery',
    `still in another state than the others, a checkpoint after the faults: ${names}`,
  );
}

/** In the latest set that anybody is in. */
function isMember({ nodes }: AnyCluster, id: ReplicaId): boolean {
  let latest: ValidatorSet | undefined;
  for (const { set } of nodes) if (set !== undefined && set.epoch > (latest?.epoch ?? -1)) latest = set;
  return latest === undefined || latest.members.some((member) => member.id === id);
}

/** Timeouts that no commit on a quiet network outlasts. */
const AMPLE_MS = 50;

/** Until timers of the bad time have run out, and then how long and how much all has to go well, in virtual ms. */
const QUIET_MS = 1_500;
const PEACE_MS = 40;
const PEACE_SUBMISSIONS = 4;

/** Connections close and come back within this share of the least timeout: a machine takes longer for a hint. */
const FLAP_SHARE = 0.2;

/** All is well again but for connections that flap, and everybody is honest: work goes on, and nobody leaves a view. */
function peace(
  { cluster, views }: World,
  timeoutFloorMs: number,
  { subject = DEFAULT_SUBJECT, delays }: PlanRunSettings,
): void {
  const factor = stretchOf(delays);
  cluster.run(factor * QUIET_MS);
  // Whoever left its view alone stays out of it, be it the primary: then the next work rightly changes the view.
  const first = cluster.nodes[0]!.machine!.status().view;
  const together = cluster.nodes.every(({ machine }) => {
    const { view, active } = machine!.status();
    return active && view === first;
  });
  if (!together) return;
  views.changesAllowed = turnsMissedInPeace(cluster.n, subject, delays);
  for (let i = 0; i < PEACE_SUBMISSIONS; i++) {
    for (const { id } of cluster.nodes) cluster.hangUp(id, FLAP_SHARE * timeoutFloorMs);
    cluster.submit(1);
    cluster.run((factor * PEACE_MS) / PEACE_SUBMISSIONS);
  }
  if (!cluster.runUntil(() => cluster.settled(), factor * PROGRESS_MS)) throw stuck(cluster, factor);
}

function stuck(cluster: AnyCluster, factor: number): Violation {
  const standing = cluster.nodes.map((node) => {
    const status = node.machine?.status();
    const who = `${node.id}${node.honest ? '' : '*'}`;
    if (status === undefined) return `${who} is down`;
    const { executed, tip } = node.ledger;
    const view = `view ${status.view}${status.active ? '' : '?'}`;
    return `${who}: ${view}, executed ${tip.sequence}, ${executed.size} of ${cluster.clients.issued.length}`;
  });
  return new Violation(
    'progress',
    `not all is executed ${Math.round(factor * PROGRESS_MS)} ms after the faults; ${standing.join('; ')}`,
  );
}
