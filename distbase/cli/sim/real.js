/** `lockstep sim --crypto real`: the production driver under the simulated network, disk and clock. */
import { performance } from 'node:perf_hooks';
import { realSetting, runRealScenario } from '../../sim/real/index.js';
import { machine, versions } from '../bench/machine.js';
import { Progress } from '../bench/progress.js';
import { note, writeJson } from '../output.js';
import { revision } from './revision.js';
const MOST_FAILURES = 20;
export async function runReal(auth, validators, { first, last, seconds }, json) {
    const commit = revision();
    const setting = await realSetting(auth, validators);
    const progress = new Progress();
    const startedMs = performance.now();
    const elapsed = () => (performance.now() - startedMs) / 1000;
    const failures = [];
    const total = { scenarios: 0, commits: 0, faults: 0, events: 0, viewChanges: 0, virtualSeconds: 0 };
    let trace = '';
    for (let seed = first; seed <= last && elapsed() < seconds && failures.length < MOST_FAILURES; seed++) {
        const result = await runRealScenario(setting, seed);
        total.scenarios++;
        total.commits += result.commits;
        total.faults += result.faults;
        total.events += result.events;
        total.viewChanges += result.views;
        total.virtualSeconds += result.virtualMs / 1000;
        trace = result.traceHash;
        if (result.failure !== undefined) {
            progress.clear();
            failures.push({ seed, ...result.failure, commit });
            note(`FAILED seed ${seed} (real, ${auth}, n = ${validators}, ${commit}): ${result.failure.message}`);
            note(`  lockstep sim --crypto real --auth ${auth} --validators ${validators} --replay ${seed}`);
        }
        progress.update('sim', `${total.scenarios} scenarios with ${auth} · seed ${seed} · ${total.commits} commits`);
    }
    progress.clear();
    await setting.verifier.close();
    const report = { ...total, seconds: elapsed(), scenariosPerSecond: total.scenarios / elapsed(), failures };
    const settings = { command: 'sim', crypto: 'real', auth, validators, seeds: [first, last], commit };
    if (json !== undefined)
        writeJson(json, { machine: machine(), versions: versions(), settings, ...report });
    if (json !== '-') {
        process.stdout.write(`${total.scenarios} scenarios (${auth}, n = ${validators}) in ${report.seconds.toFixed(1)} s, ${total.commits} commits, ${total.faults} faults, ${total.events} events, trace ${trace}; ${failures.length === 0 ? 'no failure' : `${failures.length} failed`}\n`);
    }
    return failures.length === 0 ? 0 : 1;
}
//# sourceMappingURL=real.js.map