/** A connection to a validator's port by hand: what is said on it is up to whoever attacks. */
import { type Socket as TcpSocket } from 'node:net';
import { WebSocket } from 'ws';
import { type HandshakeContext, type HandshakeSelf } from '../../crypto/handshake.ts';
import { Session, type SessionKeys } from '../../crypto/session.ts';
import type { Door } from '../../transport/socket.ts';
export declare const pause: (ms: number) => Promise<void>;
export interface Origin {
    /** An address of this machine to come from. Default: the system's choice. */
    readonly localAddress?: string;
}
export declare class Line {
    readonly ws: WebSocket;
    session: Session | undefined;
    keys: SessionKeys | undefined;
    closed: boolean;
    /** Whether frames that come are kept for `next`. */
    keeps: boolean;
    private readonly received;
    private wake;
    private constructor();
    /** Resolves when the WebSocket is open, or was refused. */
    static open(url: string, door: Door, origin?: Origin): Promise<Line>;
    send(bytes: Uint8Array | string): void;
    /** Bytes that the kernel has not taken yet. */
    get backlog(): number;
    /** The next message, or undefined where the other side ended it or takes too long. */
    next(): Promise<Uint8Array | undefined>;
    /** The initiator's half. Undefined where the other side refused. */
    handshake(context: HandshakeContext, self: HandshakeSelf | undefined, to: number | undefined): Promise<Session | undefined>;
    /** A frame under the session's MAC, not sent. The counter moves on. */
    seal(payload: Uint8Array): Uint8Array;
    /** Items in a frame as an honest validator sends them. */
    items(items: readonly Uint8Array[]): void;
    /** Whether the other side ended it, waiting for that. */
    ended(waitMs?: number): Promise<boolean>;
    close(): void;
}
/** Bytes over TCP. */
export declare class Tcp {
    readonly socket: TcpSocket;
    closed: boolean;
    received: string;
    constructor(url: string, origin?: Origin);
    write(bytes: Uint8Array | string): void;
    /** Asks for a WebSocket and waits for the answer. */
    upgrade(door: Door): Promise<void>;
    ended(waitMs?: number): Promise<boolean>;
    close(): void;
}
export declare function upgradeRequest(door: Door): string;
/** The head of a masked binary WebSocket message that announces so many bytes (RFC 6455 §5.2). */
export declare function announced(bytes: number): Uint8Array;
//# sourceMappingURL=line.d.ts.map