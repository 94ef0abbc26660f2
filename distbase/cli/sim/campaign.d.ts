/** Runs scenarios one after another, shows how it goes, and shows what fails in as small a form as it can be had. */
import { type CampaignSettings, type ProfileTally } from '../../sim/index.ts';
export interface Bounds {
    /** The first seed, and the last; the last is open where time is the bound. */
    readonly first: number;
    readonly last: number;
    readonly seconds: number;
}
export interface FailureRow {
    readonly seed: number;
    readonly profile: string;
    readonly validators: number;
    readonly checker: string;
    readonly message: string;
    /** What `--replay` takes to show as little as still fails. */
    readonly replay: string;
    readonly commit: string;
}
export interface CampaignReport {
    readonly scenarios: number;
    readonly seconds: number;
    readonly scenariosPerSecond: number;
    readonly commits: number;
    readonly faults: number;
    readonly events: number;
    readonly viewChanges: number;
    readonly virtualSeconds: number;
    /** Combinations of what was under way in a replica. */
    readonly states: number;
    readonly profiles: readonly ProfileRow[];
    readonly failures: readonly FailureRow[];
}
export interface ProfileRow extends ProfileTally {
    readonly profile: string;
    readonly scenariosPerSecond: number;
}
export declare function runCampaign(settings: CampaignSettings, { first, last, seconds }: Bounds, commit: string, flags: string): CampaignReport;
//# sourceMappingURL=campaign.d.ts.map