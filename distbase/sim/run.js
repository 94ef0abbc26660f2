/**
 * Runs one planned scenario under all checkers: its faults, then the healing, then everything that was submitted has to
 * be executed everywhere within a bound. The same seed gives the same run, bit for bit. It is longer than most files:
 * the life of a run, from the building of its world to the verdict, reads best in one piece.
 */
import { longestDelayMs } from '../core/delays.js';
import { maxFaulty } from '../core/quorum.js';
import { SeededRandom } from '../core/random.js';
import { Liar } from './byzantine.js';
import { AgreementChecker, CheckpointChecker, ValidityChecker, ViewChecker } from './checkers.js';
import { CLIENT_RETRY_MS, Cluster, TIMEOUT_CEILING_MS, TRANSFER_RETRY_MS, } from './cluster.js';
import { stretched, stretchOf } from './distances.js';
import { strike } from './faults.js';
import { CALM } from './network.js';
import { Violation } from './observer.js';
import { plan } from './plan.js';
import { DEFAULT_SUBJECT } from './protocols/registry.js';
import { ReadChecker } from './read-checker.js';
import { SetChecker } from './set-checker.js';
import { SizeChecker } from './size-checker.js';
import { divideByRounds, twinOf, twinsClusterAt } from './twins.js';
import { WatermarkChecker } from './watermark-checker.js';
/** How long the cluster has for everything that was submitted, once all faults are over, in virtual ms. */
const PROGRESS_MS = 60_000;
/** How far a batch's time may be from a replica's clock, in ms; clocks that are wrong are wrong by up to 2 s. */
const DRIFT_MS = 500;
/** Runs the scenario of a seed. A violation is in the result; nothing is thrown for it. */
export function runPlanned(settings) {
    return runPlan(plan(settings), settings);
}
/** Runs a scenario that is written down. The seed still decides what the network does to each packet. */
export function runPlan(planned, settings) {
    const { subject = DEFAULT_SUBJECT, delays } = settings;
    const drawn = stretched(planned, subject.parts.protocol.parameters, stretchOf(delays));
    const world = build(drawn, settings);
    const { cluster, views, saboteur } = world;
    let failure;
    try {
        play(drawn, settings, world);
    }
    catch (error) {
        if (!(error instanceof Violation))
            throw error;
        failure = { checker: error.checker, message: error.message };
    }
    let commits = 0;
    for (const node of cluster.nodes) {
        if (node.honest)
            commits = Math.max(commits, node.ledger.tip.sequence);
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
function build(drawn, { seed, subject = DEFAULT_SUBJECT, parts = subject.parts, verbose = false, witness, delays, }) {
    const { n, profile } = drawn;
    const liars = new Set([...drawn.lies.map(({ liar }) => liar), ...drawn.conspirators]);
    const adversaries = new Map();
    for (const id of liars) {
        const names = drawn.lies.filter(({ liar }) => liar === id).map(({ tactic }) => tactic);
        adversaries.set(id, liarOf(subject, names));
    }
    if (drawn.conspirators.length > 0) {
        const adversary = subject.conspire(n, drawn.conspirators, seed);
        for (const id of drawn.conspirators)
            adversaries.set(id, adversary);
    }
    const doubled = profile.name === 'twins' ? [twinOf(seed)] : [];
    const honest = new Set(Array.from({ length: n }, (_, id) => id));
    for (const id of [...liars, ...doubled])
        honest.delete(id);
    const views = new ViewChecker(!drawn.calm);
    const observers = [
        new AgreementChecker(),
        new CheckpointChecker(),
        ...(profile.joiners === undefined ? subject.checkers({ n, honest, base: 0 }) : []),
        new WatermarkChecker(),
        views,
        new SizeChecker(subject.entriesAllowed(n + (profile.joiners ?? 0))),
    ];
    if (witness !== undefined)
        observers.push(witness);
    const twins = profile.name === 'twins' ? { ...twinsClusterAt(stretchOf(delays)), twins: doubled } : {};
    const cluster = new Cluster({
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
    observers.push(new ValidityChecker(cluster.clients));
    if (profile.joiners !== undefined)
        observers.push(new SetChecker(subject, cluster));
    if (subject.reads === true)
        observers.push(new ReadChecker(cluster));
    for (const id of liars)
        cluster.node(id).corrupt = corrupted;
    return { cluster, views, saboteur: new PlannedSaboteur(cluster, drawn, liars) };
}
/** What a cluster's own times are where its replicas are far apart. */
function timesAt(delays) {
    const factor = stretchOf(delays);
    return {
        delays,
        timeoutCeilingMs: factor * TIMEOUT_CEILING_MS,
        clientRetryMs: factor * CLIENT_RETRY_MS,
        transferRetryMs: factor * TRANSFER_RETRY_MS,
    };
}
/** An adversary that follows these tactics, in this order. */
function liarOf({ tactics }, names) {
    return (setting) => (machine) => new Liar(machine, names.map((name) => tactics[name](setting, () => machine)));
}
/** A state with the right name and another content. */
const corrupted = (state) => ({ ...state });
const STRIKE = 0;
const RETURN = 1;
const SUBMIT = 2;
/** Carries out what the plan says. */
class PlannedSaboteur {
    struck = 0;
    #cluster;
    #pauseMs;
    /** Replicas that may still lose their logs: liars and forgetful ones together are at most f. */
    #mayRetire;
    constructor(cluster, { n, profile, strikes, submissions }, liars) {
        this.#cluster = cluster;
        this.#pauseMs = profile.faultyMs / 10;
        const faulty = new Set(liars);
        this.#mayRetire = (id) => {
            if (faulty.size < maxFaulty(n))
                faulty.add(id);
            return faulty.has(id) && !liars.has(id);
        };
        for (const planned of strikes)
            cluster.scheduler.schedule(planned.atMs, this, STRIKE, planned);
        if (profile.name === 'twins')
            return;
        for (const planned of submissions)
            cluster.scheduler.schedule(planned.atMs, this, SUBMIT, planned.to);
    }
    fire(tag, payload) {
        const cluster = this.#cluster;
        if (tag === RETURN)
            return cluster.restart(payload);
        if (tag === SUBMIT) {
            const to = payload;
            const some = to === 0 ? undefined : [...Array(cluster.n).keys()].filter((id) => (to & (1 << id)) !== 0);
            cluster.submit(1, some);
            return;
        }
        const { kind, seed } = payload;
        this.struck++;
        strike({
            cluster,
            random: new SeededRandom(seed),
            pauseMs: this.#pauseMs,
            mayRetire: this.#mayRetire,
            restartLater: (id, delayMs) => cluster.scheduler.schedule(delayMs, this, RETURN, id),
        }, kind);
    }
}
/** The faulty time, the healing, and the time in which everything must be made good. */
function play(drawn, { seed, delays }, { cluster, saboteur, views }) {
    const { profile } = drawn;
    const factor = stretchOf(delays);
    if (profile.name === 'twins')
        saboteur.struck += divideByRounds(cluster, drawn, seed, factor);
    else
        cluster.run(profile.faultyMs);
    cluster.heal(CALM);
    // Enough for a change of the set to take effect.
    cluster.submit(profile.joiners === undefined ? 2 : 12);
    if (!cluster.runUntil(() => cluster.settled(), factor * PROGRESS_MS))
        throw stuck(cluster, factor);
    if (profile.brief || profile.joiners !== undefined)
        return;
    const sane = cluster.nodes.every(({ honest, retired }) => honest && !retired);
    if (sane && !drawn.calm && drawn.timeoutFloorMs >= factor * AMPLE_MS)
        peace(cluster, views, drawn.timeoutFloorMs, factor);
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
function peace(cluster, views, timeoutFloorMs, factor) {
    cluster.run(factor * QUIET_MS);
    // Whoever left its view alone stays out of it, be it the primary: then the next work rightly changes the view.
    const first = cluster.nodes[0].machine.status().view;
    const together = cluster.nodes.every(({ machine }) => {
        const { view, active } = machine.status();
        return active && view === first;
    });
    if (!together)
        return;
    views.changesAllowed = false;
    for (let i = 0; i < PEACE_SUBMISSIONS; i++) {
        for (const { id } of cluster.nodes)
            cluster.hangUp(id, FLAP_SHARE * timeoutFloorMs);
        cluster.submit(1);
        cluster.run((factor * PEACE_MS) / PEACE_SUBMISSIONS);
    }
    if (!cluster.runUntil(() => cluster.settled(), factor * PROGRESS_MS))
        throw stuck(cluster, factor);
}
function stuck(cluster, factor) {
    const standing = cluster.nodes.map((node) => {
        const status = node.machine?.status();
        const who = `${node.id}${node.honest ? '' : '*'}`;
        if (status === undefined)
            return `${who} is down`;
        const { executed, tip } = node.ledger;
        const view = `view ${status.view}${status.active ? '' : '?'}`;
        return `${who}: ${view}, executed ${tip.sequence}, ${executed.size} of ${cluster.clients.issued.length}`;
    });
    return new Violation('progress', `not all is executed ${Math.round(factor * PROGRESS_MS)} ms after the faults; ${standing.join('; ')}`);
}
//# sourceMappingURL=run.js.map