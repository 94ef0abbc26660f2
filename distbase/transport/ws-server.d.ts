/** The server on `ws` and `node:http`, for platforms without a uWebSockets.js binary. */
import type { Routes } from './http.ts';
import type { Accept, Server, ServerOptions } from './socket.ts';
export declare class WsServer implements Server {
    readonly name = "ws";
    private readonly options;
    private readonly http;
    private readonly doors;
    constructor(options: ServerOptions, accept: Accept, routes: Routes);
    listen(): Promise<number>;
    close(): Promise<void>;
}
//# sourceMappingURL=ws-server.d.ts.map