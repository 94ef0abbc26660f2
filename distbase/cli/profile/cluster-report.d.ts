/** The figures of `lockstep profile cluster` for people: terminal tables and an HTML page. */
import type { LatencySummary } from '../../load/histogram.ts';
import type { Setting } from '../bench/row.ts';
import { type Attribution } from './attribution.ts';
import type { ProcessRow } from './processes.ts';
/** Everything about one setting. */
export interface SettingProfile {
    readonly setting: Setting;
    readonly latency: LatencySummary;
    readonly attribution: Attribution;
    readonly processes: readonly ProcessRow[];
    readonly saturated?: {
        readonly throughputTps: number;
        readonly outstanding: number;
        readonly latency: LatencySummary;
        readonly processes: readonly ProcessRow[];
    };
}
export interface ClusterProfile {
    readonly machine: {
        readonly cpu: string;
        readonly cores: number;
    };
    readonly versions: Readonly<Record<string, string>>;
    readonly profiles: readonly SettingProfile[];
}
/** The sentence that the whole report stands on. */
export declare function verdict({ attribution }: SettingProfile): string;
export declare function clusterText(profile: ClusterProfile): string;
export declare function clusterHtml(profile: ClusterProfile): string;
/** What `--json` gives: one row for each setting and kind of commits. */
export declare function clusterJson(profile: ClusterProfile, machine: object, settings: object): object;
//# sourceMappingURL=cluster-report.d.ts.map