/** One kind of campaign, and what comes of it. */
import type { Progress } from '../bench/progress.ts';
import { Arena, type Ground, type TortureSettings } from './arena.ts';
import type { SampleSummary } from './sampler.ts';
/** Figures by name, each with its unit in it. */
export type Figures = Readonly<Record<string, number | readonly number[]>>;
export interface Campaign {
    readonly name: string;
    readonly title: string;
    /** How many faults unless told otherwise. */
    readonly runs: number;
    /** Default: transfers on the ledger, and no line is cut. */
    readonly ground?: Ground;
    /** Requests per second unless told otherwise. Default 1,500. */
    readonly rate?: number;
    /** Strikes until its runs are over or something failed. Throws where a ceiling is passed. */
    run(arena: Arena): Promise<Figures>;
}
export interface CampaignRow extends SampleSummary {
    readonly campaign: string;
    readonly protocol: string;
    readonly runs: number;
    readonly seed: number;
    readonly seconds: number;
    /** Of them the machine stood still for so many, which counts as no time at all. */
    readonly standstillSeconds: number;
    readonly figures: Figures;
    readonly acknowledged: number;
    readonly unknown: number;
    readonly throughputTps: number;
    readonly p50Ms: number;
    readonly p99Ms: number;
    readonly maxMs: number;
    readonly votesAudited: number;
    readonly viewChanges: number;
    readonly failures: readonly string[];
}
/** Runs a campaign on a cluster of its own, and settles its books. Throws the signal's reason where it is told to stop. */
export declare function runCampaign(campaign: Campaign, settings: TortureSettings, progress: Progress, signal: AbortSignal): Promise<CampaignRow>;
//# sourceMappingURL=campaign.d.ts.map