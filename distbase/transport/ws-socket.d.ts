/** A connection of the `ws` library: those that we dial, and all where uWebSockets.js does not load. */
import type { WebSocket } from 'ws';
import { type Socket, type SocketListener } from './socket.ts';
export declare class WsSocket implements Socket {
    readonly copies = false;
    readonly stable = true;
    readonly remote: string;
    private readonly ws;
    private readonly pings;
    private heardMs;
    constructor(ws: WebSocket, remote: string);
    listen(listener: SocketListener): void;
    send(frame: Uint8Array): boolean;
    buffered(): number;
    close(): void;
    private beat;
}
//# sourceMappingURL=ws-socket.d.ts.map