/** What the two WebSocket libraries have in common, as far as frames are concerned. */
/** Which door a connection came through: the path it asked for. */
export type Door = 'peer' | 'client';
/** An open connection. Messages arrive whole and in order. */
export interface Socket {
    readonly remote: string;
    /** Whether `send` is done with the frame when it returns, so that its buffer may be written again. */
    readonly copies: boolean;
    /** Whether a message's bytes stay valid after `SocketListener.message` returned. */
    readonly stable: boolean;
    /** Sends a binary message. False where the library dropped it: the connection is then of no use. */
    send(frame: Uint8Array): boolean;
    /** Bytes that the kernel has not taken yet. */
    buffered(): number;
    /** Cuts the connection at once. `closed` of the listener follows, at once or later. */
    close(): void;
}
export interface SocketListener {
    message(data: Uint8Array): void;
    closed(): void;
}
/** Decides on a new connection; undefined refuses it. */
export type Accept = (socket: Socket, door: Door) => SocketListener | undefined;
export interface ServerOptions {
    readonly host: string;
    readonly port: number;
    /** Largest message taken, in bytes, by door. */
    readonly maxMessageBytes: Readonly<Record<Door, number>>;
    /** The most that may be queued for a socket, in bytes, by door. */
    readonly maxBacklogBytes: Readonly<Record<Door, number>>;
}
/** Something that listens on one port for both doors and for HTTP. */
export interface Server {
    /** The library behind it. */
    readonly name: string;
    /** Gives the port. Rejects with `port-taken`, or with `bad-config` where the address is none of ours. */
    listen(): Promise<number>;
    /** Closes the port and every connection. */
    close(): Promise<void>;
}
/** Silence after which a connection counts as dead, ms; both sides ping well before. */
export declare const SILENCE_MS = 32000;
export declare const PING_MS = 10000;
//# sourceMappingURL=socket.d.ts.map