/** Many scenarios, one after another: which seed is which scenario, what all of them add up to, and what failed. */
import type { Delays } from '../core/delays.ts';
import type { Coverage } from './coverage.ts';
import { type Mask } from './mask.ts';
import type { SimParts } from './parts.ts';
import { type FaultGroup, type Profile } from './profile.ts';
import { type RunResult } from './run.ts';
import type { Subject } from './subject.ts';
export interface CampaignSettings {
    readonly profiles: readonly Profile[];
    readonly groups: ReadonlySet<FaultGroup>;
    /** Fixed size of the clusters; undefined: what the profiles say. */
    readonly validators: number | undefined;
    readonly subject: Subject;
    /** In place of the subject's own. */
    readonly parts?: SimParts | undefined;
    /** How far the replicas are apart. */
    readonly delays?: Delays | undefined;
    /** Sees all runs. */
    readonly witness?: Coverage | undefined;
}
/** What `lockstep sim` does when it is told nothing. */
export declare const DEFAULT_CAMPAIGN: CampaignSettings;
/** The profiles that have scenarios under these settings, as the subject wants them. */
export declare function usableProfiles({ profiles, groups, validators, subject }: CampaignSettings): Profile[];
/** The profile of a seed: profiles take turns, each as often as its weight says. */
export declare function profileOf(profiles: readonly Profile[], seed: number): Profile;
/** The scenario of one seed. */
export declare function runSeed(settings: CampaignSettings, seed: number, mask?: Mask, verbose?: boolean): RunResult;
/** The mask of as little as still fails as this result does. */
export declare function shrinkFailure(settings: CampaignSettings, { seed, parts, failure }: RunResult, mask: Mask): Mask;
export interface ProfileTally {
    scenarios: number;
    commits: number;
    events: number;
    faults: number;
    views: number;
    virtualMs: number;
}
/** What the scenarios so far add up to. */
export declare class Tally {
    readonly profiles: Map<string, ProfileTally>;
    readonly total: ProfileTally;
    add(result: RunResult): void;
}
//# sourceMappingURL=campaign.d.ts.map