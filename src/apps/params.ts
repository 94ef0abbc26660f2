/** Reading an application's parameters out of a genesis: whatever is wrong is `bad-genesis`, with what to change. */

import { LockstepError } from '../core/errors.ts';

export type AppParams = Readonly<Record<string, unknown>>;

export function badParams(app: string, reason: string): LockstepError {
  return new LockstepError('bad-genesis', `app ${app}: ${reason}`);
}

/** Refuses parameters that the application does not know. */
export function onlyKnownParams(app: string, params: AppParams, known: readonly string[]): void {
  for (const name of Object.keys(params)) {
    if (known.includes(name)) continue;
    throw badParams(app, `it has no parameter '${name}'; it has ${known.join(', ')}`);
  }
}

/** An integer in [min, max], or `otherwise` where it is not given. */
export function integerParam(
  app: string,
  params: AppParams,
  name: string,
  otherwise: number,
  min: number,
  max: number,
): number {
  const value = params[name] ?? otherwise;
  if (typeof value === 'number' && Number.isSafeInteger(value) && value >= min && value <= max) return value;
  throw badParams(app, `parameter '${name}' must be an integer from ${min} to ${max}`);
}
