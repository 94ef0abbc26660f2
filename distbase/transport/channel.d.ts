/**
 * An authenticated connection: items go out in sealed frames, one per turn, and sealed frames come in. A queue that
 * its socket does not drain is bounded; what does not fit is the caller's to count.
 */
import { type Stopwatch } from '../core/stopwatch.ts';
import { type Session } from '../crypto/session.ts';
import type { Item } from './interface.ts';
import type { Socket } from './socket.ts';
/** A copy where the verifier's threads can read it, or undefined; see `Verifier.share`. */
export type Share = (bytes: Uint8Array) => Uint8Array | undefined;
/** Counters that all channels of a transport share. */
export interface Traffic {
    framesIn: number;
    framesOut: number;
    bytesIn: number;
    bytesOut: number;
}
/**
 * Builds frames for one flush. Most of what a replica says it says to all, so that consecutive channels mostly hold
 * the same items: their payload is laid out once, and only the MAC in front of it differs.
 */
export declare class FrameBuilder {
    private items;
    private frame;
    private readonly slab;
    /** A socket still reads from the frame, so it must not be written to. */
    private lent;
    /** A frame with room for the MAC. `items` must not change afterwards. */
    build(items: readonly Item[], copies: boolean): Uint8Array;
    /** Lets go of the last frame. */
    clear(): void;
}
export declare class Channel {
    readonly socket: Socket;
    private readonly session;
    private readonly maxFrameBytes;
    private readonly traffic;
    private readonly stopwatch;
    private readonly share;
    private queue;
    private queuedBytes;
    /** What the socket held back when it was last asked: asking costs a native call. */
    private heldBytes;
    constructor(socket: Socket, session: Session, maxFrameBytes: number, traffic: Traffic, stopwatch?: Stopwatch, share?: Share);
    /** Bytes that wait here and in the socket. */
    backlog(): number;
    /** Queues an item for the next flush, unless more than `maxBacklogBytes` would wait, or it fits no frame. */
    push(item: Item, maxBacklogBytes: number): boolean;
    get waiting(): boolean;
    /** Sends all that is queued, mostly in one frame. False: the socket lost a frame, and the session with it. */
    flush(builder: FrameBuilder): boolean;
    /** The payload of a frame that arrived, in bytes that stay, or undefined where it is not the next one. */
    open(frame: Uint8Array): Uint8Array | undefined;
    private sendFrames;
    private sendFrame;
}
//# sourceMappingURL=channel.d.ts.map