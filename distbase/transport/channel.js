/**
 * An authenticated connection: items go out in sealed frames, one per turn, and sealed frames come in. A queue that
 * its socket does not drain is bounded; what does not fit is the caller's to count.
 */
import { encodeFrame, FRAME_HEADER_BYTES } from '../codec/frame.js';
import { Slab } from '../codec/slab.js';
import { MAX_MESSAGES_PER_FRAME } from '../core/limits.js';
import { NO_STOPWATCH } from '../core/stopwatch.js';
import { MAC_BYTES } from '../crypto/session.js';
const OVERHEAD_BYTES = MAC_BYTES + FRAME_HEADER_BYTES;
const EMPTY = new Uint8Array(0);
const NO_ITEMS = [];
/** Where small payloads are kept. One for all channels: thousands of clients would each hold a slab otherwise. */
const inbound = new Slab();
const nowhere = () => undefined;
/**
 * Builds frames for one flush. Most of what a replica says it says to all, so that consecutive channels mostly hold
 * the same items: their payload is laid out once, and only the MAC in front of it differs.
 */
export class FrameBuilder {
    items = NO_ITEMS;
    frame = EMPTY;
    slab = new Slab();
    /** A socket still reads from the frame, so it must not be written to. */
    lent = false;
    /** A frame with room for the MAC. `items` must not change afterwards. */
    build(items, copies) {
        if (!sameItems(items, this.items)) {
            this.frame = encodeFrame(items, MAC_BYTES, this.slab);
            this.items = items;
        }
        else if (this.lent)
            this.frame = this.slab.copy(this.frame);
        this.lent = !copies;
        return this.frame;
    }
    /** Lets go of the last frame. */
    clear() {
        this.items = NO_ITEMS;
        this.frame = EMPTY;
        this.lent = false;
    }
}
export class Channel {
    socket;
    session;
    maxFrameBytes;
    traffic;
    stopwatch;
    share;
    queue = [];
    queuedBytes = 0;
    /** What the socket held back when it was last asked: asking costs a native call. */
    heldBytes = 0;
    constructor(socket, session, maxFrameBytes, traffic, stopwatch = NO_STOPWATCH, share = nowhere) {
        this.socket = socket;
        this.session = session;
        this.maxFrameBytes = maxFrameBytes;
        this.traffic = traffic;
        this.stopwatch = stopwatch;
        this.share = share;
    }
    /** Bytes that wait here and in the socket. */
    backlog() {
        this.heldBytes = this.socket.buffered();
        return this.queuedBytes + this.heldBytes;
    }
    /** Queues an item for the next flush, unless more than `maxBacklogBytes` would wait, or it fits no frame. */
    push(item, maxBacklogBytes) {
        if (this.heldBytes > 0)
            this.heldBytes = this.socket.buffered();
        if (this.queuedBytes + this.heldBytes + item.length > maxBacklogBytes)
            return false;
        if (item.length + OVERHEAD_BYTES > this.maxFrameBytes)
            return false;
        this.queue.push(item);
        this.queuedBytes += item.length;
        return true;
    }
    get waiting() {
        return this.queue.length > 0;
    }
    /** Sends all that is queued, mostly in one frame. False: the socket lost a frame, and the session with it. */
    flush(builder) {
        if (this.queue.length === 0)
            return true;
        const items = this.queue;
        const bytes = this.queuedBytes;
        this.queue = [];
        this.queuedBytes = 0;
        let sent;
        if (items.length <= MAX_MESSAGES_PER_FRAME && bytes + OVERHEAD_BYTES <= this.maxFrameBytes)
            sent = this.sendFrame(items, builder);
        else
            sent = this.sendFrames(items, builder);
        this.heldBytes = this.socket.buffered();
        return sent;
    }
    /** The payload of a frame that arrived, in bytes that stay, or undefined where it is not the next one. */
    open(frame) {
        const payload = this.session.open(frame);
        if (payload === undefined)
            return undefined;
        this.traffic.framesIn++;
        this.traffic.bytesIn += frame.length;
        return this.share(payload) ?? (this.socket.stable ? payload : inbound.copy(payload));
    }
    sendFrames(items, builder) {
        let first = 0;
        let bytes = OVERHEAD_BYTES;
        for (let i = 0; i < items.length; i++) {
            const length = items[i].length;
            if (bytes + length > this.maxFrameBytes || i - first === MAX_MESSAGES_PER_FRAME) {
                if (!this.sendFrame(items.slice(first, i), builder))
                    return false;
                first = i;
                bytes = OVERHEAD_BYTES;
            }
            bytes += length;
        }
        return this.sendFrame(items.slice(first), builder);
    }
    sendFrame(items, builder) {
        this.stopwatch.enter('codec');
        const frame = builder.build(items, this.socket.copies);
        this.stopwatch.leave();
        this.session.seal(frame);
        this.traffic.framesOut++;
        this.traffic.bytesOut += frame.length;
        return this.socket.send(frame);
    }
}
function sameItems(a, b) {
    if (a.length !== b.length || a.length === 0)
        return false;
    for (let i = 0; i < a.length; i++)
        if (a[i] !== b[i])
            return false;
    return true;
}
//# sourceMappingURL=channel.js.map