/**
 * A thread's first calls run in V8's baseline tiers, several times slower than the rest; a validator that is ready
 * should not meet that on its first votes.
 */
import type { Bench } from './judge.ts';
import type { Suites } from './suites/load.ts';
/** Judges good signatures until the code is warm. The counts of the bench's caches include these. */
export declare function warmUp(suites: Suites, bench: Bench): void;
//# sourceMappingURL=warm-up.d.ts.map