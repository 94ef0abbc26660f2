/** kill −9 under load: of up to f validators at a time, and of the whole cluster at once. */
import { type Arena } from './arena.ts';
import type { Campaign } from './campaign.ts';
export declare const kills: Campaign;
export declare const clusterKills: Campaign;
export declare const primaryKills: Campaign;
/**
 * Waits until `count` more requests are acknowledged. Answers of what was decided before a fault still come after it:
 * twice as many as were under way show that new ones are decided.
 */
export declare function commits(arena: Arena, count?: number): Promise<void>;
//# sourceMappingURL=kills.d.ts.map