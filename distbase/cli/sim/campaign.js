/** Runs scenarios one after another, shows how it goes, and shows what fails in as small a form as it can be had. */
import { performance } from 'node:perf_hooks';
import { Coverage, formatScenario, NOTHING, runSeed, shrinkFailure, Tally, } from '../../sim/index.js';
import { Progress } from '../bench/progress.js';
import { note } from '../output.js';
/** Failures kept and shrunk; a protocol that is broken fails everywhere. */
const MOST_FAILURES = 20;
/** The clock is read once per so many scenarios. */
const LOOK_EVERY = 16;
export function runCampaign(settings, { first, last, seconds }, commit, flags) {
    const progress = new Progress();
    const tally = new Tally();
    const witness = new Coverage(settings.subject);
    const watched = { ...settings, witness };
    const failures = [];
    const spentMs = new Map();
    const startedMs = performance.now();
    let seed = first;
    for (; seed <= last && failures.length < MOST_FAILURES; seed++) {
        const beganMs = performance.now();
        const result = runSeed(watched, seed);
        tally.add(result);
        spentMs.set(result.profile, (spentMs.get(result.profile) ?? 0) + performance.now() - beganMs);
        if (result.failure !== undefined) {
            progress.clear();
            failures.push(show(settings, result, commit, flags));
        }
        if (seed % LOOK_EVERY !== 0)
            continue;
        const elapsed = (performance.now() - startedMs) / 1000;
        progress.update('sim', liveLine(tally, witness, seed, elapsed));
        if (elapsed >= seconds)
            break;
    }
    progress.clear();
    const elapsed = (performance.now() - startedMs) / 1000;
    const { total } = tally;
    return {
        scenarios: total.scenarios,
        seconds: elapsed,
        scenariosPerSecond: total.scenarios / elapsed,
        commits: total.commits,
        faults: total.faults,
        events: total.events,
        viewChanges: total.views,
        virtualSeconds: total.virtualMs / 1000,
        states: witness.seen,
        profiles: [...tally.profiles].map(([profile, own]) => ({
            profile,
            ...own,
            scenariosPerSecond: (own.scenarios * 1000) / spentMs.get(profile),
        })),
        failures,
    };
}
function liveLine({ total }, witness, seed, seconds) {
    return [
        `${total.scenarios} scenarios, ${(total.scenarios / seconds).toFixed(0)}/s`,
        `seed ${seed}`,
        `${(total.virtualMs / 1000).toFixed(0)} s of virtual time`,
        `${total.commits} commits`,
        `${total.faults} faults`,
        `${witness.seen} protocol states`,
    ].join(' · ');
}
/** One line on standard error, and the row of the report. */
function show(settings, result, commit, flags) {
    const { seed, profile, n, failure } = result;
    const { checker, message } = failure;
    const replay = formatScenario(seed, shrinkFailure(settings, result, NOTHING));
    note(`FAILED seed ${seed} (${profile}, n = ${n}, ${commit}): ${message}`);
    note(`  lockstep sim${flags} --replay ${replay} --trace`);
    return { seed, profile, validators: n, checker, message, replay, commit };
}
//# sourceMappingURL=campaign.js.map