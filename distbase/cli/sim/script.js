/** `lockstep sim --script FILE`: one scenario that a person wrote. */
import { readFileSync } from 'node:fs';
import { LockstepError } from '../../core/errors.js';
import { runScript, ScriptError } from '../../sim/scripts/index.js';
import { machine, versions } from '../bench/machine.js';
import { writeJson } from '../output.js';
/** The exit code: 1 where something is not as the script says. */
export function playScript(file, json) {
    let text;
    try {
        text = readFileSync(file, 'utf8');
    }
    catch (cause) {
        throw new LockstepError('bad-flag', `--script ${file} cannot be read`, { cause });
    }
    try {
        const { failure, met, virtualMs } = runScript(text);
        const failures = failure === undefined ? [] : [{ seed: failure.line, checker: 'script', message: failure.message }];
        if (json !== undefined) {
            const settings = { command: 'sim', script: file };
            writeJson(json, {
                machine: machine(),
                versions: versions(),
                settings,
                scenarios: 1,
                met,
                virtualMs,
                failures,
            });
        }
        const verdict = failure === undefined ? `as written: ${met} expectations met` : `FAILED ${failure.message}`;
        if (json !== '-')
            process.stdout.write(`${file} ${verdict}, ${virtualMs.toFixed(0)} ms of virtual time\n`);
        return failure === undefined ? 0 : 1;
    }
    catch (error) {
        if (!(error instanceof ScriptError))
            throw error;
        throw new LockstepError('bad-flag', `--script ${file}: ${error.message}`, { cause: error });
    }
}
//# sourceMappingURL=script.js.map