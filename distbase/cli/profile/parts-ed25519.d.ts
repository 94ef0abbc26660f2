/**
 * Where the Ed25519 kernel's time goes, for a prepared and an unprepared key. A verification is one hash and one equation
 * of points; the equation is what preparing a key makes cheaper.
 */
import type { Inputs } from './inputs.ts';
export interface Ed25519Parts {
    readonly prepare: Readonly<Record<string, number>>;
    readonly prepared: Readonly<Record<string, number>>;
    readonly unprepared: Readonly<Record<string, number>>;
}
export declare function ed25519Parts(inputs: Inputs, budgetMs: number): Promise<Ed25519Parts>;
//# sourceMappingURL=parts-ed25519.d.ts.map