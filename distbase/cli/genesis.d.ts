/** The genesis file: how it is checked, and how one is made. `genesis-rules.ts` has its keys. */
import type { AuthSetting, Genesis, GenesisParameters, HashName, ValidatorInfo } from '../core/genesis.ts';
import type { ProtocolParameters } from '../core/machine.ts';
import type { Identity } from '../crypto/keys.ts';
export { APPS, AUTH_SETTINGS, GENESIS_RULES, NAME_PATTERN, PROTOCOLS } from './genesis-rules.ts';
/** The parameters where nothing else is said. */
export declare const DEFAULT_PARAMETERS: GenesisParameters;
/** Why n validators are too few to tolerate a Byzantine one. */
export declare function tooFew(n: number): string;
/** Why a new chain of this protocol cannot have n validators; undefined where it can. */
export declare function refusedSize(protocol: string, n: number): string | undefined;
/** What a chain's validators bear, for people: `1 of them may be faulty`. */
export declare function toleranceText({ byzantine, validators }: Genesis): string;
/** Checks a genesis text. Throws `bad-genesis` with `file:line`. */
export declare function parseGenesis(text: string, file: string): Genesis;
/** Reads and checks a genesis file. Throws `bad-genesis`. */
export declare function readGenesis(file: string): Genesis;
export interface GenesisOptions {
    readonly chain: string;
    readonly createdMs: number;
    readonly protocol?: string;
    /** Those that are to differ from the protocol's defaults. */
    readonly protocolParameters?: ProtocolParameters;
    /** Default: true. */
    readonly byzantine?: boolean;
    readonly auth?: AuthSetting;
    readonly hash?: HashName;
    readonly parameters?: Partial<GenesisParameters>;
    readonly app?: {
        readonly name: string;
        readonly params?: Readonly<Record<string, unknown>>;
    };
    readonly onEvidence?: 'report' | 'remove';
    readonly validators: readonly ValidatorInfo[];
}
/** A protocol's own parameters where nothing else is said; none for a name that is no protocol's. */
export declare function defaultParameters(protocol: string): ProtocolParameters;
/** A genesis with the defaults filled in and checked. Throws `bad-genesis`. */
export declare function makeGenesis(options: GenesisOptions): Genesis;
export declare function formatGenesis(genesis: Genesis): string;
/** A validator's public part, as the genesis lists it. */
export declare function validatorInfo(name: string, identity: Identity): ValidatorInfo;
//# sourceMappingURL=genesis.d.ts.map