/** Reading an application's parameters out of a genesis: whatever is wrong is `bad-genesis`, with what to change. */
import { LockstepError } from '../core/errors.ts';
export type AppParams = Readonly<Record<string, unknown>>;
export declare function badParams(app: string, reason: string): LockstepError;
/** Refuses parameters that the application does not know. */
export declare function onlyKnownParams(app: string, params: AppParams, known: readonly string[]): void;
/** An integer in [min, max], or `otherwise` where it is not given. */
export declare function integerParam(app: string, params: AppParams, name: string, otherwise: number, min: number, max: number): number;
//# sourceMappingURL=params.d.ts.map