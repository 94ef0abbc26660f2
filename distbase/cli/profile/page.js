/** Writing a report's page. */
import { writeFileSync } from 'node:fs';
import { LockstepError } from '../../core/errors.js';
/** Throws `bad-flag` where the file cannot be written. */
export function writePage(path, html) {
    try {
        writeFileSync(path, html);
    }
    catch (error) {
        throw new LockstepError('bad-flag', `--html ${path} cannot be written: ${error.message}`);
    }
}
//# sourceMappingURL=page.js.map