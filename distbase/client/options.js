/** What a client is connected with, and what its calls take and give. */
import { LockstepError } from '../core/errors.js';
import { CLIENT_WINDOW, MAX_EXPIRY_SPAN } from '../core/limits.js';
/** Half of what the chain takes, so that a validator that is behind the others takes it as well. */
export const EXPIRY_SPAN = MAX_EXPIRY_SPAN / 2;
const DEFAULT_TIMEOUT_MS = 15_000;
const DEFAULT_CONNECT_TIMEOUT_MS = 10_000;
const DEFAULT_OUTSTANDING = 512;
/** Throws `bad-request` where a number makes no sense. */
export function readLimits(options) {
    const limits = {
        timeoutMs: options.timeoutMs ?? DEFAULT_TIMEOUT_MS,
        connectTimeoutMs: options.connectTimeoutMs ?? DEFAULT_CONNECT_TIMEOUT_MS,
        maxOutstanding: options.maxOutstanding ?? DEFAULT_OUTSTANDING,
    };
    for (const [name, value] of Object.entries(limits)) {
        if (!(value > 0))
            throw new LockstepError('bad-request', `${name} must be above 0, not ${value}`);
    }
    if (!Number.isInteger(limits.maxOutstanding) || limits.maxOutstanding > CLIENT_WINDOW) {
        throw new LockstepError('bad-request', `maxOutstanding must be an integer up to ${CLIENT_WINDOW}`);
    }
    return limits;
}
/** A validator's status text as an object, or undefined where it is none. */
export function readStatus(text) {
    try {
        const value = text === undefined ? undefined : JSON.parse(text);
        return typeof value === 'object' && value !== null ? value : undefined;
    }
    catch {
        return undefined;
    }
}
//# sourceMappingURL=options.js.map