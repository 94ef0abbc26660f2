/**
 * `lockstep`: a validator as a library.
 *
 * ```ts
 * const validator = await createValidator(await loadHome('./home'));
 * await validator.start();
 * ```
 */
export type { Command, ExecutionContext, StateMachine, StateSnapshot } from './apps/interface.ts';
export { type Home, loadHome } from './cli/home.ts';
export { createValidator, type Validator } from './cli/validator.ts';
export { type ErrorCode, LockstepError, type RejectionCode } from './core/errors.ts';
export type { AuthSetting, Chain, Genesis, GenesisParameters, ValidatorInfo } from './core/genesis.ts';
export type { StatusDocument } from './ops/status.ts';
//# sourceMappingURL=index.d.ts.map