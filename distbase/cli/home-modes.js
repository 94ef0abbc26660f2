/** Who may write to a home: somebody who changes its log makes its validator contradict itself. */
import { statSync } from 'node:fs';
import { join } from 'node:path';
import { LockstepError } from '../core/errors.js';
const OTHERS_WRITE = 0o002;
const STICKY = 0o1000;
/**
 * Throws `bad-config` where everybody on the machine may write to the home, its data, its configuration or its genesis. Key
 * files are checked where they are read: nobody else may even read those.
 */
export function requireModes(dir, paths) {
    if (process.platform === 'win32')
        return;
    const { config, genesis, data, voteLog, logWitness, snapshots, store, epochs } = paths;
    for (const path of [
        dir,
        config,
        genesis,
        data,
        voteLog,
        logWitness,
        snapshots,
        store,
        epochs,
        join(data, 'name'),
    ]) {
        const stats = statSync(path, { throwIfNoEntry: false });
        if (stats === undefined || (stats.mode & OTHERS_WRITE) === 0)
            continue;
        // In a folder such as /tmp nobody removes what is another's.
        if (stats.isDirectory() && path === dir && (stats.mode & STICKY) !== 0)
            continue;
        const mode = (stats.mode & 0o777).toString(8);
        throw new LockstepError('bad-config', `everybody may write to ${path} (mode ${mode}), and so decide what this validator has promised: run \`chmod o-w ${path}\``);
    }
}
//# sourceMappingURL=home-modes.js.map