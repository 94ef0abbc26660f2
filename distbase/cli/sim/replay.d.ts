/** One scenario again. */
import { type CampaignSettings } from '../../sim/index.ts';
/** Runs what `SEED` or `SEED:MASK` names; 1 where it fails. A failure without a mask is shrunk first. */
export declare function replay(settings: CampaignSettings, text: string, trace: boolean): number;
//# sourceMappingURL=replay.d.ts.map