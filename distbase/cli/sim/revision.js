/** Which tree a failure was found in: a seed means something only beside it. */
import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { version } from '../version.js';
/** `git` and twelve digits of the commit, with `+` where files differ from it; else the package's version. */
export function revision() {
    try {
        const cwd = fileURLToPath(new URL('../../..', import.meta.url));
        const git = (...args) => execFileSync('git', args, { cwd, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim();
        const commit = git('rev-parse', '--short=12', 'HEAD');
        return `git ${commit}${git('status', '--porcelain', '--untracked-files=no', 'src') === '' ? '' : '+'}`;
    }
    catch {
        return `version ${version}`;
    }
}
//# sourceMappingURL=revision.js.map