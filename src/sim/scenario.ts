/**
 * A whole scenario from a seed: a cluster, its clients, its faults and its liars; then the faults stop, and everything
 * that was submitted must be executed everywhere within a bound. The same seed gives the same run, bit for bit.
 */

import type { ReplicaId } from '../core/ids.ts';
import type { AnyMessage, Protocol } from '../core/machine.ts';
import { maxFaulty } from '../core/quorum.ts';
import { SeededRandom } from '../core/random.ts';
import { AgreementChecker, CheckpointChecker, ValidityChecker, ViewChecker } from './checkers.ts';
import { type AdversaryOf, Cluster, type ClusterOptions } from './cluster.ts';
import { FAULT_KINDS, type FaultKind, roughRule, Saboteur } from './faults.ts';
import { CALM } from './network.ts';
import { type Observer, Violation } from './observer.ts';
import type { Fireable } from './scheduler.ts';

export interface ScenarioOptions<M extends AnyMessage, R extends AnyMessage> {
  readonly protocol: Protocol<M, R>;
  readonly n: number;
  readonly seed: number;
  /** Kinds of faults to draw from; empty: none. Default: all. */
  readonly faults?: readonly FaultKind[];
  /** Liars to draw from, by name; up to f replicas get up to three tactics each. Default: none. */
  readonly tactics?: readonly string[];
  readonly liar?: (...names: readonly string[]) => AdversaryOf<M, R>;
  /** Checkers beyond those that hold for every protocol. Made anew for each run. */
  readonly observers?: () => readonly Observer<M, R>[];
  /** How long faults last, in virtual ms. Default 400. */
  readonly faultyMs?: number;
  /** Transactions submitted while they last, and after. Default 40 and 10. */
  readonly transactions?: number;
  readonly laterTransactions?: number;
  /** In how much virtual time after the faults all must be executed, in ms. Default 60 000. */
  readonly progressMs?: number;
  readonly verbose?: boolean;
  readonly cluster?: Partial<ClusterOptions<M, R>>;
}

export interface ScenarioResult {
  readonly seed: number;
  readonly n: number;
  /** Slots executed by the replica that executed most. */
  readonly commits: number;
  /** The highest view that any honest replica was in. */
  readonly views: number;
  /** Faults that struck, by kind, and the liars' tactics, by replica. */
  readonly faults: Readonly<Record<string, number>>;
  readonly liars: Readonly<Record<number, readonly string[]>>;
  readonly events: number;
  readonly packets: number;
  /** When all was executed everywhere, in virtual ms after the faults stopped. */
  readonly recoveryMs: number;
  readonly traceHash: string;
  readonly trace: readonly string[];
  readonly failure: { readonly checker: string; readonly message: string } | undefined;
}

/** One scenario in so many runs without the fast path, where the protocol has one. */
const SLOW_PATH_EVERY = 3;

/** In one scenario of so many, timeouts are about as long as a commit takes: views change all the time. */
const STORMY_EVERY = 4;
const STORMY = { timeoutFloorMs: 3, timeoutGrowth: 1.5 } as const;

/** Submits transactions one by one, at random instants, to all replicas or to some. */
class Load<M extends AnyMessage, R extends AnyMessage> implements Fireable {
  readonly #cluster: Cluster<M, R>;
  readonly #random: SeededRandom;

  constructor(cluster: Cluster<M, R>, random: SeededRandom, count: number, overMs: number) {
    this.#cluster = cluster;
    this.#random = random;
    for (let i = 0; i < count; i++) cluster.scheduler.schedule(random.float() * overMs, this, 0, undefined);
  }

  fire(): void {
    const random = this.#random;
    const some = [...Array(this.#cluster.n).keys()].filter(() => random.chance(0.5));
    this.#cluster.submit(1, random.chance(0.7) ? undefined : some);
  }
}

function drawLiars<M extends AnyMessage, R extends AnyMessage>(
  options: ScenarioOptions<M, R>,
  random: SeededRandom,
): Map<ReplicaId, string[]> {
  const { n, tactics = [] } = options;
  const liars = new Map<ReplicaId, string[]>();
  if (tactics.length === 0) return liars;
  const ids = random.shuffle([...Array(n).keys()]);
  for (const id of ids.slice(0, random.below(maxFaulty(n) + 1))) {
    const drawn = new Set(Array.from({ length: 1 + random.below(3) }, () => random.pick(tactics)));
    liars.set(id, [...drawn]);
  }
  return liars;
}

/** Runs one scenario. A violation is in the result, with the seed in its message; nothing is thrown for it. */
export function runScenario<M extends AnyMessage, R extends AnyMessage>(
  options: ScenarioOptions<M, R>,
): ScenarioResult {
  const { protocol, n, seed, faults = FAULT_KINDS, faultyMs = 400 } = options;
  const random = new SeededRandom(seed ^ 0x5eed);
  const liars = drawLiars(options, random);
  const adversaries = new Map([...liars].map(([id, names]) => [id, options.liar!(...names)]));
  const calm = faults.length === 0 && liars.size === 0;
  const views = new ViewChecker(!calm);
  const observers: Observer<M, R>[] = [
    new AgreementChecker(),
    new CheckpointChecker(),
    views,
    ...(options.observers?.() ?? []),
  ];
  const rule = faults.includes('lossy') && random.chance(0.5) ? roughRule(random) : undefined;
  const cluster = new Cluster<M, R>({
    protocol,
    n,
    seed,
    adversaries,
    observers,
    verbose: options.verbose ?? false,
    ...(rule === undefined ? {} : { rule }),
    fastPath: seed % SLOW_PATH_EVERY !== 0,
    ...(!calm && seed % STORMY_EVERY === 0 ? STORMY : {}),
    ...options.cluster,
  });
  observers.push(new ValidityChecker(cluster.clients));
  const saboteur = new Saboteur(
    cluster,
    random.fork(),
    faults,
    faults.length === 0 ? -1 : faultyMs,
    faultyMs / 10,
  );
  new Load(cluster, random.fork(), options.transactions ?? 40, faultyMs);

  let failure: ScenarioResult['failure'];
  let recoveryMs = 0;
  try {
    recoveryMs = play(cluster, options, faultyMs);
  } catch (error) {
    if (!(error instanceof Violation)) throw error;
    failure = { checker: error.checker, message: `seed ${seed}, n = ${n}: ${error.message}` };
  }
  return {
    seed,
    n,
    commits: Math.max(...cluster.honest.map((node) => node.ledger.tip.sequence)),
    views: views.highest,
    faults: Object.fromEntries(saboteur.struck),
    liars: Object.fromEntries(liars),
    events: cluster.scheduler.fired,
    packets: cluster.network.stats.sent,
    recoveryMs,
    traceHash: cluster.trace.hash,
    trace: cluster.trace.lines,
    failure,
  };
}

/** The faulty time, the healing, and the time in which everything must be made good. */
function play<M extends AnyMessage, R extends AnyMessage>(
  cluster: Cluster<M, R>,
  options: ScenarioOptions<M, R>,
  faultyMs: number,
): number {
  const { laterTransactions = 10, progressMs = 60_000 } = options;
  cluster.run(faultyMs);
  cluster.heal(CALM);
  const healedMs = cluster.scheduler.nowMs;
  cluster.submit(laterTransactions);
  if (!cluster.runUntil(() => cluster.settled(), progressMs)) {
    const standing = cluster.nodes.map((node) => {
      const status = node.machine?.status();
      return `${node.id}${node.honest ? '' : '*'}: view ${status?.view}${status?.active ? '' : '?'}, executed ${node.ledger.tip.sequence}, ${node.ledger.executed.size} of ${cluster.clients.issued.length}`;
    });
    throw new Violation(
      'progress',
      `not all is executed ${progressMs} ms after the faults; ${standing.join('; ')}`,
    );
  }
  return cluster.scheduler.nowMs - healedMs;
}
