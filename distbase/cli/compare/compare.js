/** `lockstep bench compare`: all protocols in one run, turn by turn. */
import { LockstepError } from '../../core/errors.js';
import { MAX_VALIDATORS } from '../../core/limits.js';
import { describeMachine, machine, versions } from '../bench/machine.js';
import { Progress } from '../bench/progress.js';
import { Stopped, stopSignal } from '../bench/session.js';
import { note, writeJson } from '../output.js';
import { writePage } from '../profile/page.js';
import { runArena } from './arena.js';
import { CONTENDERS, refusal } from './contenders.js';
import { measureCosts } from './measured-costs.js';
import { calibrate, foretell, makeModel } from './model.js';
import { compareHtml, compareText } from './report.js';
import { settingOf } from './row.js';
import { verdicts } from './verdicts.js';
/** `4,7,10` as numbers. Throws `bad-flag`. */
export function readSizes(flag, text) {
    const sizes = text.split(',').map((part) => Number(part.trim() || Number.NaN));
    const bad = sizes.some((size) => !Number.isInteger(size) || size < 1 || size > MAX_VALIDATORS);
    if (bad)
        throw new LockstepError('bad-flag', `--${flag} takes numbers of validators from 1 to ${MAX_VALIDATORS}, separated by commas, not "${text}"`);
    return [...new Set(sizes)].sort((a, b) => a - b);
}
/** Resolves with the exit code: 1 where something failed to commit, or validators differ. */
export async function compare(options) {
    const progress = new Progress();
    const { signal } = stopSignal();
    note(describeMachine());
    const rows = [];
    const refused = [];
    let model;
    let calibration = [];
    try {
        for (const validators of options.sizes) {
            for (const auth of options.auths) {
                const contenders = CONTENDERS.filter(({ name }) => options.contenders.includes(name)).filter((one) => {
                    const why = refusal(one, auth, validators);
                    if (why !== undefined)
                        refused.push({ contender: one.name, auth, validators, why });
                    return why === undefined;
                });
                rows.push(...(await runArena({ ...options, contenders, auth, validators }, progress, signal)));
            }
        }
        if (options.simulated.length > 0 && rows.length > 0) {
            const foretold = await simulateSizes(options, rows, progress, signal);
            ({ model, calibration } = foretold);
            rows.push(...foretold.rows);
        }
    }
    catch (error) {
        if (!(error instanceof Stopped))
            throw error;
        note('stopped before the figures were complete');
        return 130;
    }
    finally {
        progress.clear();
    }
    const comparison = {
        rows,
        refused,
        verdicts: verdicts(rows),
        calibration,
        ...(model && { model }),
        distances: describeDelays(options.delays),
    };
    give(options, comparison);
    return rows.every(({ failed, stateHashesAgree }) => failed === 0 && stateHashesAgree !== false) ? 0 : 1;
}
/** Sizes for which this machine has too few cores: by the simulator, with costs from the sizes that were measured. */
async function simulateSizes({ contenders, auths, simulated, common, delays }, rows, progress, signal) {
    const pause = async (step) => {
        progress.update(step);
        await new Promise((resolve) => setImmediate(resolve));
        signal.throwIfAborted();
    };
    const model = await makeModel(rows, await measureCosts(), delays, pause);
    const calibration = await calibrate(rows, model, delays, pause);
    const foretold = [];
    for (const validators of simulated) {
        for (const auth of auths) {
            for (const hosts of ['one', 'each']) {
                for (const contender of CONTENDERS.filter(({ name }) => contenders.includes(name))) {
                    if (refusal(contender, auth, validators) !== undefined)
                        continue;
                    const setting = settingOf(contender, auth, validators, common);
                    await pause(`${setting.label}: simulating`);
                    const row = foretell(setting, contender.name, model, hosts, delays);
                    if (row === undefined)
                        note(`${setting.label}: given up: simulated, nothing commits in time`);
                    else
                        foretold.push(row);
                }
            }
        }
    }
    return { model, calibration, rows: foretold };
}
function give({ json, html, asked }, comparison) {
    if (html !== undefined)
        writePage(html, compareHtml(comparison, describeMachine()));
    const report = { machine: machine(), versions: versions(), settings: asked, ...comparison };
    if (json !== undefined)
        writeJson(json, report);
    if (json !== '-')
        process.stdout.write(`${compareText(comparison)}\n`);
    if (html !== undefined)
        note(`wrote ${html}`);
    if (comparison.rows.some(({ failed }) => failed > 0))
        note('failed: not everything was committed');
}
function describeDelays(delays) {
    if (delays === undefined)
        return '';
    const pairs = Object.entries(delays.oneWayMs).flatMap(([from, row]) => Object.entries(row).map(([to, delay]) => `${from} → ${to} ${delay} ms`));
    return `validators in ${delays.regions.join(', ')}; ${pairs.join(', ')}`;
}
//# sourceMappingURL=compare.js.map