/** A WebSocket as the client needs it: Node's by `ws`, a browser's own. */
export interface SocketEvents {
    opened(): void;
    /** One binary message. Text is never sent by a validator; it ends the connection. */
    message(bytes: Uint8Array): void;
    /** Once, whether it was open or not. */
    closed(reason: string): void;
}
export interface Socket {
    /** The bytes may be reused once this returns. */
    send(bytes: Uint8Array): void;
    close(): void;
    /** Bytes that were sent and are not on the wire. */
    readonly bufferedBytes: number;
}
export type Dial = (url: string, events: SocketEvents) => Socket;
/** `ws` in Node, since its sockets cost less per message than Node's own; elsewhere the platform's WebSocket. */
export declare function platformDial(): Promise<Dial>;
//# sourceMappingURL=socket.d.ts.map