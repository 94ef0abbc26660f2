/**
 * Turns 32 bytes into the hex string of a `Digest`. The votes of a slot all name the same few digests, so the
 * strings of late are kept: no allocation per vote, and equal digests are mostly the same string object, which
 * makes `===` and map lookups cheap.
 */
import type { Digest } from '../core/ids.ts';
/** The digest at `at`, where the caller made sure that 32 bytes are. */
export declare function digestAt(bytes: Uint8Array, at: number): Digest;
//# sourceMappingURL=digest-table.d.ts.map