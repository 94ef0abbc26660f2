/** Checks a YAML or JSON text against a table of rules. */
import { type ErrorCode } from '../core/errors.ts';
import { type Rules } from './rules.ts';
/**
 * Checks a YAML (or JSON) text against a table. Throws `LockstepError(code)` with `file:line` and what to do.
 * `defaults` false makes every key mandatory.
 */
export declare function checkText(text: string, rules: Rules, { file, code, defaults }: {
    file: string;
    code: ErrorCode;
    defaults: boolean;
}): Record<string, unknown>;
//# sourceMappingURL=settings.d.ts.map