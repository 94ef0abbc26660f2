/**
 * `lockstep sim --model power-cut`: disks that keep only what was synced, under the real vote log alone and under whole
 * clusters of the production driver, at `durability: power`.
 */
import type { Bounds } from './campaign.ts';
export declare function runPowerCuts(auth: string, validators: number, { first, last, seconds }: Bounds, bounded: boolean, json: string | undefined): Promise<number>;
//# sourceMappingURL=power-cut.d.ts.map