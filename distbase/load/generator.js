/** Runs a load in a process of its own, so that what measures shares no event loop with what is measured. */
import { fork } from 'node:child_process';
import { LockstepError } from '../core/errors.js';
import { processEntry } from './process-entry.js';
/** Throws what the generator met: `not-connected`, or `internal` where it died. */
export function runLoad(order, onProgress = () => { }, signal) {
    return new Promise((resolve, reject) => {
        signal?.throwIfAborted();
        const child = fork(processEntry('generator-main'), { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
        const abort = () => void child.kill('SIGKILL');
        signal?.addEventListener('abort', abort, { once: true });
        let outcome;
        child.on('message', (report) => {
            if (report.kind === 'progress')
                onProgress(report.progress);
            else
                outcome = report;
        });
        child.once('error', reject);
        child.once('exit', (code, ended) => {
            signal?.removeEventListener('abort', abort);
            if (outcome?.kind === 'done')
                resolve(outcome.result);
            else if (outcome?.kind === 'failed') {
                const known = outcome.code;
                reject(new LockstepError(known, `the load generator stopped: ${outcome.message}`));
            }
            else if (signal?.aborted)
                reject(signal.reason);
            else
                reject(new LockstepError('internal', `the load generator ended early (${ended ?? `code ${code}`})`));
        });
        child.send(order);
    });
}
//# sourceMappingURL=generator.js.map