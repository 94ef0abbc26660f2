/** The server on `ws` and `node:http`, for platforms without a uWebSockets.js binary. */

import { createServer, type Server as HttpServer } from 'node:http';
import type { AddressInfo, Socket as TcpSocket } from 'node:net';
import { type WebSocket, WebSocketServer } from 'ws';
import { plainAddress } from '../crypto/encryption.ts';
import type { Routes } from './http.ts';
import { listenError } from './listen-error.ts';
import type { Accept, Door, Server, ServerOptions } from './socket.ts';
import { WsSocket } from './ws-socket.ts';

export class WsServer implements Server {
  readonly name = 'ws';
  private readonly options: ServerOptions;
  private readonly http: HttpServer;
  private readonly doors: Readonly<Record<Door, WebSocketServer>>;

  constructor(options: ServerOptions, accept: Accept, routes: Routes) {
    this.options = options;
    const door = (name: Door): WebSocketServer => {
      const server = new WebSocketServer({
        noServer: true,
        perMessageDeflate: false,
        maxPayload: options.maxMessageBytes[name],
      });
      server.on('connection', (ws: WebSocket, request) => {
        request.socket.setNoDelay(true);
        const socket = new WsSocket(ws, request.socket.remoteAddress ?? '');
        const listener = accept(socket, name);
        if (listener !== undefined) socket.listen(listener);
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
      void routes
        .answer(request.method ?? '', path, query, plainAddress(request.socket.remoteAddress ?? ''))
        .then((reply) => {
          response.writeHead(reply.status, { 'content-type': reply.contentType }).end(reply.body);
        });
    });
    this.http.on('upgrade', (request, socket: TcpSocket, head) => {
      const name = split(request.url)[0].slice(1);
      const server = name === 'peer' || name === 'client' ? this.doors[name] : undefined;
      if (server === undefined) socket.destroy();
      else server.handleUpgrade(request, socket, head, (ws) => server.emit('connection', ws, request));
    });
  }

  listen(): Promise<number> {
    const { host, port } = this.options;
    return new Promise((resolve, reject) => {
      const failed = (error: NodeJS.ErrnoException) => reject(listenError(host, port, error.code));
      this.http.once('error', failed);
      this.http.listen({ host, port, exclusive: true }, () => {
        this.http.off('error', failed);
        resolve((this.http.address() as AddressInfo).port);
      });
    });
  }

  close(): Promise<void> {
    return new Promise((resolve) => {
      for (const door of Object.values(this.doors)) for (const ws of door.clients) ws.terminate();
      this.http.close(() => resolve());
      this.http.closeAllConnections();
    });
  }
}

function split(url = '/'): [path: string, query: string] {
  const at = url.indexOf('?');
  return at < 0 ? [url, ''] : [url.slice(0, at), url.slice(at + 1)];
}
