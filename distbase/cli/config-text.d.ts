/** Writes `config.yaml`: every key with its documentation, range and default. */
import { type Config } from './config.ts';
/** `config.yaml` with every key, its documentation, range and default. */
export declare function formatConfig(config: Config): string;
//# sourceMappingURL=config-text.d.ts.map