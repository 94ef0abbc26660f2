/** A campaign's figures for people. */
import type { TortureSettings } from './arena.ts';
import type { Campaign, CampaignRow } from './campaign.ts';
export declare function printRow(campaign: Campaign, settings: TortureSettings, row: CampaignRow): string;
//# sourceMappingURL=print.d.ts.map