/**
 * Gathers what is sent within one turn of the event loop, and sends it as one frame per validator. Most of what a
 * client sends goes to all validators, so that the frame is encoded once and only its MAC differs.
 */
import { encodeFrame } from '../codec/frame.js';
import { MAX_CLIENT_FRAME_BYTES, MAX_MESSAGES_PER_FRAME } from '../core/limits.js';
import { NO_STOPWATCH } from '../core/stopwatch.js';
import { MAC_BYTES } from '../crypto/session.js';
/** Room for a frame's own bytes beside its items. */
const FRAME_OVERHEAD_BYTES = 64;
/** Splits items into frames that a validator takes; each has room for the MAC at its front. */
export function* frames(items) {
    const maxBytes = MAX_CLIENT_FRAME_BYTES - FRAME_OVERHEAD_BYTES;
    let from = 0;
    let bytes = 0;
    for (let i = 0; i < items.length; i++) {
        const length = items[i].length;
        if (i > from && (bytes + length > maxBytes || i - from === MAX_MESSAGES_PER_FRAME)) {
            yield encodeFrame(items.slice(from, i), MAC_BYTES);
            from = i;
            bytes = 0;
        }
        bytes += length;
    }
    if (items.length > from)
        yield encodeFrame(from === 0 ? items : items.slice(from), MAC_BYTES);
}
export class Transmitter {
    links;
    stopwatch;
    queue = [];
    flush = () => {
        const items = this.queue;
        this.queue = [];
        this.stopwatch.begin('client');
        for (const frame of frames(items))
            for (const link of this.links)
                if (link.ready)
                    link.send(frame);
        this.stopwatch.leave();
    };
    constructor(links, stopwatch = NO_STOPWATCH) {
        this.links = links;
        this.stopwatch = stopwatch;
    }
    /** Queues an item for every validator that is connected at the end of this turn. */
    broadcast(item) {
        // A microtask runs once whoever is handling a burst of answers has handled all of it.
        if (this.queue.push(item) === 1)
            queueMicrotask(this.flush);
    }
    /** Sends items to one validator at once: its backlog after a reconnect, or a question to it alone. */
    sendTo(link, items) {
        for (const frame of frames(items))
            link.send(frame);
    }
}
//# sourceMappingURL=transmitter.js.map