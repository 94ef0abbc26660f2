/**
 * `lockstep sim --model power-cut`: disks that keep only what was synced, under the real vote log alone and under whole
 * clusters of the production driver, at `durability: power`.
 */
import { performance } from 'node:perf_hooks';
import { runLogCuts } from '../../sim/models/log-cuts.js';
import { realSetting, runRealScenario } from '../../sim/real/index.js';
import { machine, versions } from '../bench/machine.js';
import { Progress } from '../bench/progress.js';
import { note, writeJson } from '../output.js';
import { revision } from './revision.js';
/** Losses of power of each kind where neither seeds nor a time are given. */
const DEFAULT_CUTS = 10_000;
const MOST_FAILURES = 20;
const LOOK_EVERY = 64;
export async function runPowerCuts(auth, validators, { first, last, seconds }, bounded, json) {
    const commit = revision();
    const progress = new Progress();
    const startedMs = performance.now();
    const elapsed = () => (performance.now() - startedMs) / 1000;
    const failures = [];
    const failed = (seed, checker, message) => {
        progress.clear();
        failures.push({ seed, checker, message, commit });
        note(`FAILED seed ${seed} (${checker}, ${commit}): ${message}`);
    };
    const total = { logs: 0, logCuts: 0, refusals: 0, scenarios: 0, cuts: 0, commits: 0, acknowledged: 0 };
    const goesOn = (seed, cuts, share) => seed <= last &&
        failures.length < MOST_FAILURES &&
        (bounded ? elapsed() < seconds * share : cuts < DEFAULT_CUTS);
    for (let seed = first; goesOn(seed, total.logCuts, 0.2); seed++) {
        const { cuts, refusals, violation } = runLogCuts(seed);
        total.logs++;
        total.logCuts += cuts;
        total.refusals += refusals;
        if (violation !== undefined)
            failed(seed, 'vote log', violation);
        if (seed % LOOK_EVERY === 0)
            progress.update('sim', `${total.logCuts} power cuts of the log alone`);
    }
    const setting = await realSetting(auth, validators);
    for (let seed = first; goesOn(seed, total.cuts, 1); seed++) {
        const { cuts, commits, acknowledged, failure } = await runRealScenario(setting, seed, 'power');
        total.scenarios++;
        total.cuts += cuts;
        total.commits += commits;
        total.acknowledged += acknowledged;
        if (failure !== undefined)
            failed(seed, failure.checker, failure.message);
        progress.update('sim', `${total.cuts} power cuts of ${validators} replicas · seed ${seed} · ${total.commits} commits`);
    }
    progress.clear();
    await setting.verifier.close();
    const settings = { command: 'sim', model: 'power-cut', auth, validators, seeds: [first, last], commit };
    const report = { ...total, seconds: elapsed(), failures };
    if (json !== undefined)
        writeJson(json, { machine: machine(), versions: versions(), settings, ...report });
    if (json !== '-') {
        process.stdout.write(`the log alone: ${total.logCuts} power cuts in ${total.logs} histories, ${total.refusals} logs refused after tampering\n` +
            `${validators} replicas (${auth}): ${total.cuts} power cuts in ${total.scenarios} scenarios, ${total.commits} commits, ${total.acknowledged} answers to clients\n` +
            `${report.seconds.toFixed(1)} s; ${failures.length === 0 ? 'nothing acknowledged was lost, nothing contradicted' : `${failures.length} failed`}\n`);
    }
    return failures.length === 0 ? 0 : 1;
}
//# sourceMappingURL=power-cut.js.map