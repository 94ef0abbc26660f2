/**
 * Which public keys are kept expanded. A validator's keys are pinned. Of all others a bounded number is kept, the
 * least recently used goes first, and a key gets in only when it has signed well twice: an expansion costs about as
 * much as an unprepared check, and a stranger must not be able to push out others by naming keys that sign nothing.
 *
 * Lookups compare whole keys; the index is 30 bits of the key itself. Who makes a key that shares them with
 * another's takes its place in the cache at most, which costs the other some microseconds and no more.
 */
export interface CacheCounts {
    /** Lookups that found an expanded key, and those that did not. */
    hits: number;
    misses: number;
    /** Expanded keys now, the pinned ones included. */
    keys: number;
    evictions: number;
}
/** `T` is what an expansion is to the kernel: a slot of its memory. */
export declare class PreparedKeys<T> {
    #private;
    readonly counts: CacheCounts;
    /** `expand` gives undefined for a key that is none, or where there is no room. */
    constructor(capacity: number, expand: (publicKey: Uint8Array) => T | undefined, release: (expanded: T) => void);
    /** The expanded key, counted and marked as used. */
    get(publicKey: Uint8Array): T | undefined;
    /** Whether the key is expanded; changes nothing. */
    has(publicKey: Uint8Array): boolean;
    /** Expands a key for good. False where it cannot be. */
    pin(publicKey: Uint8Array): boolean;
    /** To be told of every good signature under a key that is not expanded: the second one earns it a place. */
    signedWell(publicKey: Uint8Array): void;
}
//# sourceMappingURL=prepared-keys.d.ts.map