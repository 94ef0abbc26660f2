/** Kills, pauses and cut lines under clients that read, write, and compare and swap: is what they saw linearizable? */
import type { Campaign } from './campaign.ts';
export declare const linearizable: Campaign;
//# sourceMappingURL=linearizable.d.ts.map