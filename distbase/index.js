/**
 * `lockstep`: a validator as a library.
 *
 * ```ts
 * const validator = await createValidator(await loadHome('./home'));
 * await validator.start();
 * ```
 */
export { loadHome } from './cli/home.js';
export { createValidator } from './cli/validator.js';
export { LockstepError } from './core/errors.js';
//# sourceMappingURL=index.js.map