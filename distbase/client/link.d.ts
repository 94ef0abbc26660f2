/**
 * The connection to one validator: dials, proves who answers, authenticates frames, and dials again for as long as
 * the client lives, with a back-off that is doubled and jittered so that clients of a restarted validator do not
 * return in step.
 */
import type { ReplicaId } from '../core/ids.ts';
import type { Stopwatch } from '../core/stopwatch.ts';
import { type HandshakeContext } from '../crypto/handshake.ts';
import type { Dial } from './socket.ts';
export interface LinkEvents {
    /** The session stands and the validator's identity is proven. */
    up(link: Link): void;
    down(link: Link): void;
    /** Nobody answered there, or nobody whom we know. */
    refused(link: Link): void;
    /** Items of one frame, not looked at. */
    items(link: Link, items: readonly unknown[]): void;
}
export declare class Link {
    readonly url: string;
    /** It has been up at least once. */
    known: boolean;
    /** Who answered the last handshake; undefined before the first. */
    validator: ReplicaId | undefined;
    /** Why the last connection ended, for error messages. */
    lastError: string;
    private readonly dial;
    private readonly context;
    private readonly events;
    private readonly stopwatch;
    private readonly decode;
    private socket;
    private session;
    private handshake;
    private timer;
    private failures;
    private upSinceMs;
    private closed;
    constructor(url: string, dial: Dial, context: HandshakeContext, events: LinkEvents, stopwatch: Stopwatch);
    get ready(): boolean;
    open(): void;
    /**
     * Sends a frame whose first `MAC_BYTES` are room for the MAC; the bytes may be reused afterwards. A validator that
     * does not read is cut off: what it missed is sent again when it is back.
     */
    send(frame: Uint8Array): void;
    close(): void;
    private answer;
    private frame;
    private lost;
}
//# sourceMappingURL=link.d.ts.map