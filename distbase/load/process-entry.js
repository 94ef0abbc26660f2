import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { LockstepError } from '../core/errors.js';
/**
 * The built file of one of this folder's process entries. From the sources (under a test runner) it is the one that
 * the last build made: Node 20 runs no TypeScript.
 */
export function processEntry(name) {
    const built = import.meta.url.endsWith('.ts') ? `../../dist/load/${name}.js` : `./${name}.js`;
    const path = fileURLToPath(new URL(built, import.meta.url));
    if (!existsSync(path))
        throw new LockstepError('internal', `${path} is missing: run \`npm run build\` first`);
    return path;
}
//# sourceMappingURL=process-entry.js.map