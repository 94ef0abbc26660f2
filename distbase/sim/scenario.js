/**
 * A whole scenario from a seed: a cluster, its clients, its faults and its liars; then the faults stop, and everything
 * that was submitted must be executed everywhere within a bound. The same seed gives the same run, bit for bit.
 */
import { maxFaulty } from '../core/quorum.js';
import { SeededRandom } from '../core/random.js';
import { AgreementChecker, CheckpointChecker, ValidityChecker, ViewChecker } from './checkers.js';
import { Cluster } from './cluster.js';
import { FAULT_KINDS, roughRule, Saboteur } from './faults.js';
import { CALM } from './network.js';
import { Violation } from './observer.js';
/** One scenario in so many runs without the fast path, where the protocol has one. */
const SLOW_PATH_EVERY = 3;
/** In one scenario of so many, timeouts are about as long as a commit takes: views change all the time. */
const STORMY_EVERY = 4;
const STORMY = { timeoutFloorMs: 3, timeoutGrowth: 1.5 };
/** Submits transactions one by one, at random instants, to all replicas or to some. */
class Load {
    #cluster;
    #random;
    constructor(cluster, random, count, overMs) {
        this.#cluster = cluster;
        this.#random = random;
        for (let i = 0; i < count; i++)
            cluster.scheduler.schedule(random.float() * overMs, this, 0, undefined);
    }
    fire() {
        const random = this.#random;
        const some = [...Array(this.#cluster.n).keys()].filter(() => random.chance(0.5));
        this.#cluster.submit(1, random.chance(0.7) ? undefined : some);
    }
}
function drawLiars(options, random) {
    const { n, tactics = [] } = options;
    const liars = new Map();
    if (tactics.length === 0)
        return liars;
    const ids = random.shuffle([...Array(n).keys()]);
    for (const id of ids.slice(0, random.below(maxFaulty(n) + 1))) {
        const drawn = new Set(Array.from({ length: 1 + random.below(3) }, () => random.pick(tactics)));
        liars.set(id, [...drawn]);
    }
    return liars;
}
/** Runs one scenario. A violation is in the result, with the seed in its message; nothing is thrown for it. */
export function runScenario(options) {
    const { protocol, n, seed, faults = FAULT_KINDS, faultyMs = 400 } = options;
    const random = new SeededRandom(seed ^ 0x5eed);
    const liars = drawLiars(options, random);
    const adversaries = new Map([...liars].map(([id, names]) => [id, options.liar(...names)]));
    const calm = faults.length === 0 && liars.size === 0;
    const views = new ViewChecker(!calm);
    const observers = [
        new AgreementChecker(),
        new CheckpointChecker(),
        views,
        ...(options.observers?.() ?? []),
    ];
    const rule = faults.includes('lossy') && random.chance(0.5) ? roughRule(random) : undefined;
    const cluster = new Cluster({
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
    const saboteur = new Saboteur(cluster, random.fork(), faults, faults.length === 0 ? -1 : faultyMs, faultyMs / 10);
    new Load(cluster, random.fork(), options.transactions ?? 40, faultyMs);
    let failure;
    let recoveryMs = 0;
    try {
        recoveryMs = play(cluster, options, faultyMs);
    }
    catch (error) {
        if (!(error instanceof Violation))
            throw error;
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
function play(cluster, options, faultyMs) {
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
        throw new Violation('progress', `not all is executed ${progressMs} ms after the faults; ${standing.join('; ')}`);
    }
    return cluster.scheduler.nowMs - healedMs;
}
//# sourceMappingURL=scenario.js.map