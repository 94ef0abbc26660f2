/** `lockstep sim --model view-change`: random one-slot histories against the rule that fills a new view. */
import type { Bounds } from './campaign.ts';
export declare function runModel(validators: number | undefined, { first, last, seconds }: Bounds, json: string | undefined): number;
//# sourceMappingURL=model.d.ts.map