/** The report of a campaign, for people. */
import type { CampaignReport } from './campaign.ts';
export declare function printReport(report: CampaignReport): string;
//# sourceMappingURL=print.d.ts.map