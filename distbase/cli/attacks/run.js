/** Runs attacks one by one, and says what each did: which counters moved, how fast honest clients were, what memory grew. */
import { getPriority, setPriority } from 'node:os';
import { quantileOf } from '../torture/figures.js';
import { CLIENTS, disperse } from './clients.js';
import { FRAMES } from './frames.js';
import { HANDSHAKES } from './handshakes.js';
import { pause } from './line.js';
import { Probe } from './probe.js';
import { Scene } from './scene.js';
import { VOTES } from './votes.js';
/** What shares a cluster: a validator that is found out is throttled, so that the worst come last. */
export const GROUPS = [HANDSHAKES, FRAMES, VOTES, CLIENTS];
export const ATTACKS = GROUPS.flat();
/** The least that memory may grow by, bytes: what a validator's young generation and buffers take in any case. */
const GROWTH_BYTES = 192 << 20;
const MOST_RATIO = 2;
/** Below this much more, ms, a ratio says nothing. */
const NOISE_MS = 0.5;
/** How long counters may take to show what was sent, ms. */
const SHOWN_MS = 12_000;
/** Whoever attacks has cores of its own; here they are shared, so it yields by so much. */
const ATTACKER_NICE = 10;
export function moved(before, after) {
    const difference = {};
    for (const [name, count] of after) {
        const by = count - (before.get(name) ?? 0);
        if (by > 0)
            difference[name] = by;
    }
    return difference;
}
/** Whether what ought to be seen of it was seen. */
const shown = ({ shows }, counted) => shows.length === 0 || shows.some((name) => (counted[name] ?? 0) > 0);
/** Waits until the honest have counted what they ought to; some of it comes with a timeout. */
export async function countedOf(scene, one, before) {
    const end = performance.now() + SHOWN_MS;
    for (;;) {
        const counted = moved(before, await scene.counts());
        if (shown(one, counted) || performance.now() > end)
            return counted;
        await pause(100);
    }
}
/** Strikes for so long, at most as often as the attack says. */
async function strikeFor(scene, { strike, pauseMs }, ms) {
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
export async function runAttack(scene, probe, one, settings) {
    const { count: slices, ms: sliceMs } = one.slice ?? { count: settings.slices, ms: settings.sliceMs };
    const quiet = [];
    const during = [];
    const failures = [];
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
    const p50 = (list) => quantileOf(list.map(({ p50Ms }) => p50Ms), 0.5);
    const [p50BeforeMs, p50DuringMs] = [p50(quiet), p50(during)];
    const ratio = p50DuringMs / p50BeforeMs;
    if (!shown(one, counted))
        failures.push(`none of ${one.shows.join(', ')} was counted`);
    if (ratio > MOST_RATIO && p50DuringMs - p50BeforeMs > NOISE_MS)
        failures.push(`p50 during the attack is ${ratio.toFixed(1)} times that before`);
    const failed = [...quiet, ...during].reduce((sum, slice) => sum + slice.failed, 0);
    if (failed > 0)
        failures.push(`${failed} honest writes failed`);
    const grown = residentMostBytes - residentBeforeBytes;
    if (grown > GROWTH_BYTES)
        failures.push(`memory grew by ${Math.round(grown / 2 ** 20)} MiB`);
    if (scene.honest.some((id) => !scene.cluster.alive(id)))
        failures.push('a validator died');
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
async function viewsOf(scene) {
    return (await scene.statuses()).reduce((sum, { view }) => Math.max(sum, view), 0);
}
/** Back to what it was: not everybody may. Then the next cluster yields as the attacker does. */
function priority(nice) {
    try {
        setPriority(nice);
    }
    catch {
        // It stays as it is.
    }
}
/** All that are asked for, each group on a cluster of its own. Throws the signal's reason where it is told to stop. */
export async function runAttacks(settings, progress, signal, onRow) {
    const rows = [];
    const base = getPriority();
    const wanted = (one) => settings.only.length === 0 || settings.only.includes(one.name);
    const total = ATTACKS.filter(wanted).length;
    for (const group of GROUPS) {
        const attacks = group.filter(wanted);
        if (attacks.length === 0)
            continue;
        progress.update('starting a cluster of three honest validators');
        priority(base);
        const scene = await Scene.open(settings.auth);
        let probe;
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
        }
        finally {
            probe?.stop();
            await scene.close();
        }
    }
    return rows;
}
//# sourceMappingURL=run.js.map