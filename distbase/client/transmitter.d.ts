/**
 * Gathers what is sent within one turn of the event loop, and sends it as one frame per validator. Most of what a
 * client sends goes to all validators, so that the frame is encoded once and only its MAC differs.
 */
import { type Stopwatch } from '../core/stopwatch.ts';
import type { Link } from './link.ts';
/** Splits items into frames that a validator takes; each has room for the MAC at its front. */
export declare function frames(items: readonly Uint8Array[]): Iterable<Uint8Array>;
export declare class Transmitter {
    private readonly links;
    private readonly stopwatch;
    private queue;
    private readonly flush;
    constructor(links: readonly Link[], stopwatch?: Stopwatch);
    /** Queues an item for every validator that is connected at the end of this turn. */
    broadcast(item: Uint8Array): void;
    /** Sends items to one validator at once: its backlog after a reconnect, or a question to it alone. */
    sendTo(link: Link, items: readonly Uint8Array[]): void;
}
//# sourceMappingURL=transmitter.d.ts.map