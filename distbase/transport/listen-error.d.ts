/** Why a port could not be had, in words that say what to do. */
import { LockstepError } from '../core/errors.ts';
export declare function listenError(host: string, port: number, code: string | undefined): LockstepError;
/** Tries the address with Node's own server to learn why another library could not have it. */
export declare function diagnose(host: string, port: number): Promise<LockstepError>;
//# sourceMappingURL=listen-error.d.ts.map