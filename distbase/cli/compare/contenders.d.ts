/** Who takes part in a comparison. */
import type { ProtocolParameters } from '../../core/machine.ts';
export interface Contender {
    readonly name: string;
    readonly protocol: string;
    /** Those of the protocol's own parameters that differ from its defaults. */
    readonly parameters: ProtocolParameters;
}
export declare const CONTENDERS: readonly Contender[];
export declare const CONTENDER_NAMES: readonly string[];
/** Why a contender does not run in this setting; undefined where it does. */
export declare function refusal({ protocol, parameters }: Contender, auth: string, n: number): string | undefined;
//# sourceMappingURL=contenders.d.ts.map