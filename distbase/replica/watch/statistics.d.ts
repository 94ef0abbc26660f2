/**
 * Which peer is unlike the others: by how late its votes come, and by how many of them never do. Robust on purpose:
 * medians, and the median absolute deviation (MAD) for spread, move only where half of the samples do (Hampel 1974; Leys et
 * al. 2013), so that a liar cannot widen what counts as usual, and a network that is slow for all is usual.
 *
 * A peer's vote is late where its delay behind the slot's median is more than `LATE_DEVIATIONS` scaled MADs above what is
 * usual for all peers, more than `LATE_SLOTS` median slot times, and more than `LATE_FLOOR_MS`. One late vote says nothing. A
 * peer stands out where `LATE_SHARE` of its last `WINDOW` votes are late: were each vote of an honest peer late with
 * probability 0.05, and for itself, that would happen once in 10^16 looks at `LEAST` votes; stalls are not for themselves, so
 * votes must also be late for `LEAST_MS`. The same holds of votes that are missing. `test/replica/watch.test.ts` measures the rates.
 */
import type { ReplicaId } from '../../core/ids.ts';
/** Slots that are looked back on, per peer. */
export declare const WINDOW = 64;
/** Fewest slots that say something, and the shortest time that they may span, ms. */
export declare const LEAST = 32;
export declare const LEAST_MS = 1500;
/** Scaled MADs above the usual that make a vote late: at 3.5 an observation is commonly called an outlier. */
export declare const LATE_DEVIATIONS = 6;
/** A MAD times this estimates the standard deviation of what is normally distributed. */
export declare const MAD_SCALE = 1.4826;
/** A vote that comes within so many median slot times, or within so many ms, is on time. */
export declare const LATE_SLOTS = 4;
export declare const LATE_FLOOR_MS = 10;
/** Share of late votes at which a peer stands out. */
export declare const LATE_SHARE = 0.6;
/** Share of slots that a peer has to have voted in. */
export declare const LEAST_PARTICIPATION = 0.7;
export declare function median(values: readonly number[]): number;
/** Median of the distances from the median, scaled to be a standard deviation where values are normally distributed. */
export declare function deviation(values: readonly number[], center?: number): number;
/** What one slot says. */
export interface SlotSample {
    readonly atMs: number;
    /** From the slot's first message to its execution, ms. */
    readonly slotMs: number;
    /** Per peer, when its vote came, ms after the slot's first message: NaN: never; undefined: it is not to be judged by it. */
    readonly answersMs: readonly (number | undefined)[];
}
export interface PeerPattern {
    /** Slots that it is judged by. */
    readonly samples: number;
    readonly spanMs: number;
    /** Share of them that it voted in. */
    readonly participation: number;
    /** Share of its votes that came late. */
    readonly late: number;
    /** Median time to its vote, ms. */
    readonly medianMs: number;
    readonly slow: boolean;
    readonly absent: boolean;
}
/** The last slots, as they look from here. */
export declare class Patterns {
    #private;
    constructor(n: number);
    add({ atMs, slotMs, answersMs }: SlotSample): void;
    /** Its past is another process's, or another path's. */
    forget(peer: ReplicaId): void;
    /** Delays behind the slots' medians above which a vote is late, ms. */
    lateAboveMs(): number;
    of(peer: ReplicaId, lateAboveMs?: number): PeerPattern;
}
//# sourceMappingURL=statistics.d.ts.map