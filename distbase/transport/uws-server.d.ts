/** The server on uWebSockets.js: native, and the faster of the two. */
import { type Routes } from './http.ts';
import { type Accept, type Server, type ServerOptions } from './socket.ts';
export type UwsLibrary = typeof import('uWebSockets.js');
/** Undefined where there is no binary for this platform and this Node; importing the package then throws. */
export declare function loadUws(load?: () => Promise<unknown>): Promise<UwsLibrary | undefined>;
export declare class UwsServer implements Server {
    readonly name = "uWebSockets.js";
    private readonly library;
    private readonly app;
    private readonly options;
    constructor(library: UwsLibrary, options: ServerOptions, accept: Accept, routes: Routes);
    listen(): Promise<number>;
    close(): Promise<void>;
    private door;
}
//# sourceMappingURL=uws-server.d.ts.map