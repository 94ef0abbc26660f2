/** `lockstep sim --crypto real`: the production driver under the simulated network, disk and clock. */
import type { Bounds } from './campaign.ts';
export declare function runReal(auth: string, validators: number, { first, last, seconds }: Bounds, json: string | undefined): Promise<number>;
//# sourceMappingURL=real.d.ts.map