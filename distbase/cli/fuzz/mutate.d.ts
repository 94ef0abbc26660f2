/** Makes bytes that nobody would send out of bytes that somebody would. */
import type { SeededRandom } from '../../core/random.ts';
/** A changed copy. `other`: something valid to take parts of. */
export declare function mutate(bytes: Uint8Array, other: Uint8Array, random: SeededRandom): Uint8Array;
export declare function noise(length: number, random: SeededRandom): Uint8Array;
/** MessagePack at random, of all its types, ours or not. */
export declare function garbage(random: SeededRandom, depth?: number): number[];
//# sourceMappingURL=mutate.d.ts.map