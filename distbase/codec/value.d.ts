/**
 * Values whose shape is not known beforehand: the items of a frame. Only arrays, unsigned integers, booleans, bin
 * and, where allowed, str; depth and count are bounded before anything is allocated for them.
 */
import type { RejectionCode } from '../core/errors.ts';
import { Reader } from './msgpack-reader.ts';
import { Writer } from './msgpack-writer.ts';
/** What an item may be made of. Integers are in [0, 2⁵³ − 1]. */
export type WireValue = number | boolean | string | Uint8Array | readonly WireValue[];
export interface ValueLimits {
    /** Most values, arrays included: bounds the memory that small values would be blown up to. */
    readonly maxValues: number;
    /** Most arrays inside each other. */
    readonly maxDepth: number;
    /** Whether text may occur; peers and clients never send any, validators send it to clients. */
    readonly strings: boolean;
}
/** Encodes an item of the replica layer's own kinds (≥ 1), in the only form that `decodeFrame` takes. */
export declare function encodeValue(value: WireValue): Uint8Array;
export declare function writeValue(writer: Writer, value: WireValue): void;
/** Reads values under one common budget. */
export declare class ValueReader {
    private left;
    private readonly limits;
    readonly reader: Reader;
    constructor(limits: ValueLimits);
    reset(bytes: Uint8Array): this;
    get code(): RejectionCode | undefined;
    /** The next value, which would be the `depth`-th array if it is one; meaningless once `code` is set. */
    value(depth: number): WireValue;
    private array;
}
//# sourceMappingURL=value.d.ts.map