/** The server on uWebSockets.js: native, and the faster of the two. */

import type { HttpResponse, TemplatedApp, us_listen_socket, WebSocket } from 'uWebSockets.js';
import { plainAddress } from '../crypto/encryption.ts';
import { type Routes, statusLine } from './http.ts';
import { diagnose } from './listen-error.ts';
import {
  type Accept,
  type Door,
  type Server,
  type ServerOptions,
  SILENCE_MS,
  type Socket,
  type SocketListener,
} from './socket.ts';

export type UwsLibrary = typeof import('uWebSockets.js');

/** Undefined where there is no binary for this platform and this Node; importing the package then throws. */
export async function loadUws(
  load: () => Promise<unknown> = () => import('uWebSockets.js'),
): Promise<UwsLibrary | undefined> {
  try {
    const module = (await load()) as UwsLibrary & { default?: UwsLibrary };
    const library = module.default ?? module;
    return typeof library.App === 'function' ? library : undefined;
  } catch {
    return undefined;
  }
}

/** LIBUS_LISTEN_EXCLUSIVE_PORT */
const EXCLUSIVE_PORT = 1;

interface ListensExclusively {
  listen(host: string, port: number, options: number, done: (token: us_listen_socket | false) => void): void;
}

interface UserData {
  socket: UwsSocket | undefined;
}

class UwsSocket implements Socket {
  readonly copies = true;
  readonly stable = false;
  readonly remote: string;
  listener: SocketListener | undefined = undefined;
  private ws: WebSocket<UserData> | undefined;

  constructor(ws: WebSocket<UserData>) {
    this.ws = ws;
    this.remote = Buffer.from(ws.getRemoteAddressAsText()).toString('latin1');
  }

  send(frame: Uint8Array): boolean {
    // 2: above maxBackpressure and dropped; 0: queued; 1: with the kernel.
    return this.ws !== undefined && this.ws.send(frame, true, false) !== 2;
  }

  buffered(): number {
    return this.ws?.getBufferedAmount() ?? 0;
  }

  close(): void {
    this.ws?.close();
  }

  /** The native object must not be touched after its close event. */
  gone(): void {
    this.ws = undefined;
    this.listener?.closed();
  }
}

export class UwsServer implements Server {
  readonly name = 'uWebSockets.js';
  private readonly library: UwsLibrary;
  private readonly app: TemplatedApp;
  private readonly options: ServerOptions;

  constructor(library: UwsLibrary, options: ServerOptions, accept: Accept, routes: Routes) {
    this.library = library;
    this.options = options;
    this.app = library.App();
    this.door('peer', accept);
    this.door('client', accept);
    this.app.any('/*', (res, req) => {
      answer(res, routes.answer(req.getMethod().toUpperCase(), req.getUrl(), req.getQuery(), addressOf(res)));
    });
  }

  async listen(): Promise<number> {
    const { host, port } = this.options;
    const token = await new Promise<us_listen_socket | false>((resolve) => {
      // Without the option two processes may share a port unawares. The library takes it after host and port, too,
      // which its types leave out.
      const app = this.app as unknown as ListensExclusively;
      app.listen(host, port, EXCLUSIVE_PORT, resolve);
    });
    if (!token) throw await diagnose(host, port);
    return this.library.us_socket_local_port(token as never);
  }

  async close(): Promise<void> {
    this.app.close();
  }

  private door(door: Door, accept: Accept): void {
    this.app.ws<UserData>(`/${door}`, {
      compression: this.library.DISABLED,
      maxPayloadLength: this.options.maxMessageBytes[door],
      maxBackpressure: this.options.maxBacklogBytes[door],
      idleTimeout: SILENCE_MS / 1000,
      sendPingsAutomatically: true,
      upgrade: (res, req, context) => {
        res.upgrade<UserData>(
          { socket: undefined },
          req.getHeader('sec-websocket-key'),
          req.getHeader('sec-websocket-protocol'),
          '',
          context,
        );
      },
      open: (ws) => {
        const socket = new UwsSocket(ws);
        const listener = accept(socket, door);
        ws.getUserData().socket = socket;
        if (listener === undefined) ws.close();
        else socket.listener = listener;
      },
      message: (ws, data) => ws.getUserData().socket?.listener?.message(new Uint8Array(data)),
      close: (ws) => ws.getUserData().socket?.gone(),
    });
  }
}

function addressOf(res: HttpResponse): string {
  return plainAddress(Buffer.from(res.getRemoteAddressAsText()).toString('latin1'));
}

function answer(res: HttpResponse, pending: ReturnType<Routes['answer']>): void {
  let aborted = false;
  res.onAborted(() => {
    aborted = true;
  });
  void pending.then((reply) => {
    if (aborted) return;
    res.cork(() => {
      res
        .writeStatus(statusLine(reply.status))
        .writeHeader('content-type', reply.contentType)
        .end(reply.body);
    });
  });
}
