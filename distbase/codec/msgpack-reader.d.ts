/**
 * Reads the subset of MessagePack that `Writer` writes, and nothing else: maps, floats, negative integers, nil,
 * extensions and any value in a longer form than it needs are refused, so one message has one encoding.
 *
 * It never throws and never allocates on a declared length: a length is checked against the bytes that are left.
 * The first failure sticks in `code`; after it every read gives a zero of its kind, and the caller looks once at
 * the end (and in loops). What `bin` gives is a view into the input.
 */
import type { RejectionCode } from '../core/errors.ts';
import { type Digest } from '../core/ids.ts';
export declare class Reader {
    /** Why the input was refused, or undefined so far. */
    code: RejectionCode | undefined;
    private bytes;
    private at;
    private end;
    constructor(bytes?: Uint8Array);
    reset(bytes: Uint8Array): this;
    fail(code?: RejectionCode): void;
    get done(): boolean;
    /** The next byte, not taken; −1 at the end. */
    peek(): number;
    /** The length of an array, which is at most `max` and at most the bytes left; 0 after a failure. */
    array(max: number): number;
    /** An array of exactly `length` values. */
    tuple(length: number): void;
    /** An integer in [0, max]. */
    uint(max?: number): number;
    bool(): boolean;
    /** A view of at most `max` bytes. */
    bin(max: number): Uint8Array;
    digest(): Digest;
    /** A string of at most `max` bytes of valid UTF-8. */
    str(max: number): string;
    private take;
    private byte;
    /** A big-endian number of `size` bytes that is at least `least`, as the shortest form demands. */
    private number;
    private refuse;
}
//# sourceMappingURL=msgpack-reader.d.ts.map