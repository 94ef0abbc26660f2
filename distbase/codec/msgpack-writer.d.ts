/**
 * Writes the subset of MessagePack that travels between replicas: arrays, unsigned integers, booleans, bin and
 * (towards clients) str, each in its shortest form, so that one value has one encoding.
 *
 * msgpackr writes integers above 2³² as floats, which a strict reader has to refuse; hence a writer of our own.
 */
import type { Digest } from '../core/ids.ts';
export declare class Writer {
    private bytes;
    private at;
    private readonly slab;
    /** `capacity` in bytes is where it starts; it grows. */
    constructor(capacity?: number);
    /** Forgets what was written, and keeps the buffer. */
    reset(): this;
    /** A copy of what was written; later writes leave it alone. */
    take(): Uint8Array;
    /** What was written, without a copy: for a writer that is used once. */
    view(): Uint8Array;
    array(length: number): void;
    /** An integer in [0, 2⁵³ − 1]. */
    uint(value: number): void;
    bool(value: boolean): void;
    bin(value: Uint8Array): void;
    /** 64 lowercase hex digits as 32 bytes of bin. */
    digest(value: Digest): void;
    str(value: string): void;
    /** Bytes that are msgpack already. */
    raw(value: Uint8Array): void;
    private header16;
    private header32;
    private word;
    private reserve;
}
//# sourceMappingURL=msgpack-writer.d.ts.map