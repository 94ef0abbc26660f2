/** Writing a report's page. */

import { writeFileSync } from 'node:fs';
import { LockstepError } from '../../core/errors.ts';

/** Throws `bad-flag` where the file cannot be written. */
export function writePage(path: string, html: string): void {
  try {
    writeFileSync(path, html);
  } catch (error) {
    throw new LockstepError('bad-flag', `--html ${path} cannot be written: ${(error as Error).message}`);
  }
}
