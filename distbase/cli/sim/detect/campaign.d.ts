/** `lockstep sim --detect`: every listed misbehaviour in seeded runs, and runs in which nobody misbehaves. */
import type { AuthSetting } from '../../../core/genesis.ts';
/** `only`: the rows whose name contains it. Resolves with the exit code. */
export declare function runDetect(first: number, runs: number, auth: AuthSetting, only: string | undefined, json: string | undefined): Promise<number>;
//# sourceMappingURL=campaign.d.ts.map