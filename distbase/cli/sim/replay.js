/** One scenario again. */
import { LockstepError } from '../../core/errors.js';
import { formatScenario, parseScenario, runSeed, shrinkFailure, } from '../../sim/index.js';
import { note } from '../output.js';
/** Runs what `SEED` or `SEED:MASK` names; 1 where it fails. A failure without a mask is shrunk first. */
export function replay(settings, text, trace) {
    const scenario = parseScenario(text);
    if (scenario === undefined) {
        throw new LockstepError('bad-flag', `--replay ${text} is refused: it is a seed, or SEED:MASK as a failure shows it`);
    }
    const { seed } = scenario;
    let { mask } = scenario;
    const first = runSeed(settings, seed, mask);
    if (first.failure !== undefined && !text.includes(':')) {
        mask = shrinkFailure(settings, first, mask);
        note(`shrunk to ${formatScenario(seed, mask)}`);
    }
    const result = runSeed(settings, seed, mask, trace);
    for (const line of result.trace)
        process.stdout.write(`${line}\n`);
    const { profile, n, commits, views, faults, events, virtualMs, traceHash, failure } = result;
    const end = failure === undefined ? 'all is well' : failure.message;
    process.stdout.write(`${formatScenario(seed, mask)}: ${profile}, n = ${n}, ${commits} commits, view ${views}, ${faults} faults, ${events} events in ${virtualMs.toFixed(1)} ms of virtual time, trace ${traceHash}: ${end}\n`);
    return failure === undefined ? 0 : 1;
}
//# sourceMappingURL=replay.js.map