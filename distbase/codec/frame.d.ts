/**
 * A frame's payload: the msgpack array `[version, item, item, …]`. What stands before it (the session's MAC) is the
 * transport's.
 */
import type { RejectionCode } from '../core/errors.ts';
import type { Slab } from './slab.ts';
import { type ValueLimits, type WireValue } from './value.ts';
/** Grows whenever a frame of the old form would be misread. */
export declare const FRAME_VERSION = 1;
/** Bytes that the array's header and the version take at most. */
export declare const FRAME_HEADER_BYTES = 6;
export interface FrameLimits extends ValueLimits {
    readonly maxBytes: number;
    readonly maxItems: number;
}
/** What a validator takes from another. */
export declare const PEER_FRAME_LIMITS: FrameLimits;
/** What a validator takes from a client: items of three values each. */
export declare const CLIENT_FRAME_LIMITS: FrameLimits;
/** What a client takes from a validator: items of five values at most, with text. */
export declare const VALIDATOR_FRAME_LIMITS: FrameLimits;
/**
 * Puts encoded items into one frame. `headroom` bytes at the front stay zero, for the MAC. The items are not looked
 * at: whoever gives them answers for their form, their number and their size. A small frame comes out of `slab`,
 * where one is given.
 */
export declare function encodeFrame(items: readonly Uint8Array[], headroom?: number, slab?: Slab): Uint8Array;
/** Items of a payload without the version, or why it is refused. `bin` values are views into `payload`. */
export type FrameDecoder = (payload: Uint8Array) => WireValue[] | RejectionCode;
/** A decoder with its own buffers. It never throws. */
export declare function createFrameDecoder(limits: FrameLimits): FrameDecoder;
/** `createFrameDecoder` for a single use. */
export declare function decodeFrame(payload: Uint8Array, limits: FrameLimits): WireValue[] | RejectionCode;
/** Bytes before the first item of a frame of so many items. */
export declare function frameHeaderBytes(items: number): number;
//# sourceMappingURL=frame.d.ts.map