/** The server on `ws` and `node:http`, for platforms without a uWebSockets.js binary. */
import { createServer } from 'node:http';
import { WebSocketServer } from 'ws';
import { listenError } from './listen-error.js';
import { WsSocket } from './ws-socket.js';
export class WsServer {
    name = 'ws';
    options;
    http;
    doors;
    constructor(options, accept, routes) {
        this.options = options;
        const door = (name) => {
            const server = new WebSocketServer({
                noServer: true,
                perMessageDeflate: false,
                maxPayload: options.maxMessageBytes[name],
            });
            server.on('connection', (ws, request) => {
                request.socket.setNoDelay(true);
                const socket = new WsSocket(ws, request.socket.remoteAddress ?? '');
                const listener = accept(socket, name);
                if (listener !== undefined)
                    socket.listen(listener);
                else {
                    ws.on('error', () => undefined);
                    socket.close();
                }
            });
            return server;
        };
        this.doors = { peer: door('peer'), client: door('client') };
        this.http = createServer((request, response) => {
            const [path, query] = split(request.url);
            void routes.answer(request.method ?? '', path, query).then((reply) => {
                response.writeHead(reply.status, { 'content-type': reply.contentType }).end(reply.body);
            });
        });
        this.http.on('upgrade', (request, socket, head) => {
            const name = split(request.url)[0].slice(1);
            const server = name === 'peer' || name === 'client' ? this.doors[name] : undefined;
            if (server === undefined)
                socket.destroy();
            else
                server.handleUpgrade(request, socket, head, (ws) => server.emit('connection', ws, request));
        });
    }
    listen() {
        const { host, port } = this.options;
        return new Promise((resolve, reject) => {
            const failed = (error) => reject(listenError(host, port, error.code));
            this.http.once('error', failed);
            this.http.listen({ host, port, exclusive: true }, () => {
                this.http.off('error', failed);
                resolve(this.http.address().port);
            });
        });
    }
    close() {
        return new Promise((resolve) => {
            for (const door of Object.values(this.doors))
                for (const ws of door.clients)
                    ws.terminate();
            this.http.close(() => resolve());
            this.http.closeAllConnections();
        });
    }
}
function split(url = '/') {
    const at = url.indexOf('?');
    return at < 0 ? [url, ''] : [url.slice(0, at), url.slice(at + 1)];
}
//# sourceMappingURL=ws-server.js.map