/** The keys of `genesis.json`: what all validators agree on. A table, hence long. */
import type { AuthSetting, GenesisParameters, HashName } from '../core/genesis.ts';
import type { Rules } from './rules.ts';
export declare const AUTH_SETTINGS: readonly AuthSetting[];
export declare const APPS: readonly string[];
export declare const PROTOCOLS: readonly string[];
export declare const HASHES: readonly HashName[];
/** Validator names: they are keys of config files, labels of metrics and names of folders. */
export declare const NAME_PATTERN: RegExp;
export declare const PARAMETER_RULES: Rules & {
    readonly [K in keyof GenesisParameters]: Rules[string];
};
/** The rules for a genesis that names this protocol: its own parameters are checked as the rest is. */
export declare function rulesFor(protocol: string | undefined): Rules;
export declare const GENESIS_RULES: Rules;
//# sourceMappingURL=genesis-rules.d.ts.map