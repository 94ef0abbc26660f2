/** Reading an application's parameters out of a genesis: whatever is wrong is `bad-genesis`, with what to change. */
import { LockstepError } from '../core/errors.js';
export function badParams(app, reason) {
    return new LockstepError('bad-genesis', `app ${app}: ${reason}`);
}
/** Refuses parameters that the application does not know. */
export function onlyKnownParams(app, params, known) {
    for (const name of Object.keys(params)) {
        if (known.includes(name))
            continue;
        throw badParams(app, `it has no parameter '${name}'; it has ${known.join(', ')}`);
    }
}
/** An integer in [min, max], or `otherwise` where it is not given. */
export function integerParam(app, params, name, otherwise, min, max) {
    const value = params[name] ?? otherwise;
    if (typeof value === 'number' && Number.isSafeInteger(value) && value >= min && value <= max)
        return value;
    throw badParams(app, `parameter '${name}' must be an integer from ${min} to ${max}`);
}
//# sourceMappingURL=params.js.map