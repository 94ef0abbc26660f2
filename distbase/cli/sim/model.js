/** `lockstep sim --model view-change`: random one-slot histories against the rule that fills a new view. */
import { performance } from 'node:perf_hooks';
import { runViewChangeModel } from '../../sim/models/view-change.js';
import { machine, versions } from '../bench/machine.js';
import { note, writeJson } from '../output.js';
const SIZES = [4, 5, 6, 7];
const LOOK_EVERY = 1024;
export function runModel(validators, { first, last, seconds }, json) {
    const sizes = validators === undefined ? SIZES : [validators];
    const failures = [];
    const startedMs = performance.now();
    const elapsed = () => (performance.now() - startedMs) / 1000;
    let histories = 0;
    let commits = 0;
    let fastCommits = 0;
    for (let seed = first; seed <= last; seed++) {
        for (const n of sizes) {
            const { slow, fast, violation } = runViewChangeModel({ n, seed, views: 3 + (seed % 3) });
            histories++;
            commits += slow + fast;
            fastCommits += fast;
            if (violation === undefined)
                continue;
            failures.push({ seed, checker: 'view-change model', message: `n = ${n}: ${violation}` });
            note(`FAILED seed ${seed}, n = ${n}: ${violation}`);
        }
        if ((seed % LOOK_EVERY === 0 && elapsed() >= seconds) || failures.length >= 20)
            break;
    }
    const total = {
        scenarios: histories,
        seconds: elapsed(),
        scenariosPerSecond: histories / elapsed(),
        commits,
        fastCommits,
        faults: 0,
        failures,
    };
    const settings = { command: 'sim', model: 'view-change', validators: sizes };
    if (json !== undefined)
        writeJson(json, { machine: machine(), versions: versions(), settings, ...total });
    if (json !== '-') {
        process.stdout.write(`${histories} histories of one slot (n = ${sizes.join(', ')}) in ${total.seconds.toFixed(1)} s, ${commits} commits, ${fastCommits} of them by the fast path; ${failures.length === 0 ? 'no fork, no dead end' : `${failures.length} failed`}\n`);
    }
    return failures.length === 0 ? 0 : 1;
}
//# sourceMappingURL=model.js.map