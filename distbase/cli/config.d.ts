/** A validator's own file, `config.yaml`: what it need not agree on with the others. */
import type { Durability } from '../storage/interface.ts';
import { type Rules } from './rules.ts';
export declare const LOG_LEVELS: readonly ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'];
export type LogLevel = (typeof LOG_LEVELS)[number];
export interface Config {
    /** Where the genesis does not name us: the name that we joined, or are to join, under. Else empty. */
    readonly name: string;
    readonly listen: {
        readonly host: string;
        readonly port: number;
    };
    /** Validator name → ws:// or wss:// URL, without a path. Our own entry is what others and clients dial. */
    readonly peers: Readonly<Record<string, string>>;
    readonly threads: 'auto' | number;
    /** Validator name → ms. */
    readonly sendDelaysMs: Readonly<Record<string, number>>;
    readonly durability: Durability;
    readonly logLevel: LogLevel;
    readonly metrics: boolean;
    readonly pipelineDepth: number;
    readonly logCompactBytes: number;
    /** Certified checkpoints whose history is kept. */
    readonly retain: 'all' | number;
    readonly limits: {
        readonly mempoolTransactions: number;
        readonly mempoolBytes: number;
        readonly clientConnections: number;
        readonly clientKeys: number;
    };
}
export declare const CONFIG_RULES: Rules;
/** The configuration where nothing is said. */
export declare const DEFAULT_CONFIG: Config;
/** Checks a config text. Throws `bad-config` with `file:line`. */
export declare function parseConfig(text: string, file: string): Config;
/** Reads and checks `config.yaml`. Throws `bad-config`. */
export declare function readConfig(file: string): Config;
//# sourceMappingURL=config.d.ts.map