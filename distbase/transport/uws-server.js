/** The server on uWebSockets.js: native, and the faster of the two. */
import { statusLine } from './http.js';
import { diagnose } from './listen-error.js';
import { SILENCE_MS, } from './socket.js';
/** Undefined where there is no binary for this platform and this Node; importing the package then throws. */
export async function loadUws(load = () => import('uWebSockets.js')) {
    try {
        const module = (await load());
        const library = module.default ?? module;
        return typeof library.App === 'function' ? library : undefined;
    }
    catch {
        return undefined;
    }
}
/** LIBUS_LISTEN_EXCLUSIVE_PORT */
const EXCLUSIVE_PORT = 1;
class UwsSocket {
    copies = true;
    stable = false;
    remote;
    listener = undefined;
    ws;
    constructor(ws) {
        this.ws = ws;
        this.remote = Buffer.from(ws.getRemoteAddressAsText()).toString('latin1');
    }
    send(frame) {
        // 2: above maxBackpressure and dropped; 0: queued; 1: with the kernel.
        return this.ws !== undefined && this.ws.send(frame, true, false) !== 2;
    }
    buffered() {
        return this.ws?.getBufferedAmount() ?? 0;
    }
    close() {
        this.ws?.close();
    }
    /** The native object must not be touched after its close event. */
    gone() {
        this.ws = undefined;
        this.listener?.closed();
    }
}
export class UwsServer {
    name = 'uWebSockets.js';
    library;
    app;
    options;
    constructor(library, options, accept, routes) {
        this.library = library;
        this.options = options;
        this.app = library.App();
        this.door('peer', accept);
        this.door('client', accept);
        this.app.any('/*', (res, req) => {
            answer(res, routes.answer(req.getMethod().toUpperCase(), req.getUrl(), req.getQuery()));
        });
    }
    async listen() {
        const { host, port } = this.options;
        const token = await new Promise((resolve) => {
            // Without the option two processes may share a port unawares. The library takes it after host and port, too,
            // which its types leave out.
            const app = this.app;
            app.listen(host, port, EXCLUSIVE_PORT, resolve);
        });
        if (!token)
            throw await diagnose(host, port);
        return this.library.us_socket_local_port(token);
    }
    async close() {
        this.app.close();
    }
    door(door, accept) {
        this.app.ws(`/${door}`, {
            compression: this.library.DISABLED,
            maxPayloadLength: this.options.maxMessageBytes[door],
            maxBackpressure: this.options.maxBacklogBytes[door],
            idleTimeout: SILENCE_MS / 1000,
            sendPingsAutomatically: true,
            upgrade: (res, req, context) => {
                res.upgrade({ socket: undefined }, req.getHeader('sec-websocket-key'), req.getHeader('sec-websocket-protocol'), '', context);
            },
            open: (ws) => {
                const socket = new UwsSocket(ws);
                const listener = accept(socket, door);
                ws.getUserData().socket = socket;
                if (listener === undefined)
                    ws.close();
                else
                    socket.listener = listener;
            },
            message: (ws, data) => ws.getUserData().socket?.listener?.message(new Uint8Array(data)),
            close: (ws) => ws.getUserData().socket?.gone(),
        });
    }
}
function answer(res, pending) {
    let aborted = false;
    res.onAborted(() => {
        aborted = true;
    });
    void pending.then((reply) => {
        if (aborted)
            return;
        res.cork(() => {
            res
                .writeStatus(statusLine(reply.status))
                .writeHeader('content-type', reply.contentType)
                .end(reply.body);
        });
    });
}
//# sourceMappingURL=uws-server.js.map