/** A connection of the `ws` library: those that we dial, and all where uWebSockets.js does not load. */

import type { WebSocket } from 'ws';
import { PING_MS, SILENCE_MS, type Socket, type SocketListener } from './socket.ts';

export class WsSocket implements Socket {
  readonly copies = false;
  readonly stable = true;
  readonly remote: string;
  private readonly ws: WebSocket;
  private readonly pings: NodeJS.Timeout;
  private heardMs = performance.now();

  constructor(ws: WebSocket, remote: string) {
    this.ws = ws;
    this.remote = remote;
    // A peer whose machine is gone says nothing at all; TCP alone would notice after minutes.
    this.pings = setInterval(() => this.beat(), PING_MS);
    this.pings.unref();
  }

  listen(listener: SocketListener): void {
    const { ws } = this;
    ws.on('message', (data: Buffer) => {
      this.heardMs = performance.now();
      listener.message(new Uint8Array(data.buffer, data.byteOffset, data.length));
    });
    const heard = () => {
      this.heardMs = performance.now();
    };
    ws.on('ping', heard);
    ws.on('pong', heard);
    // An error is always followed by close.
    ws.on('error', () => ws.terminate());
    ws.on('close', () => {
      clearInterval(this.pings);
      listener.closed();
    });
  }

  send(frame: Uint8Array): boolean {
    if (this.ws.readyState !== this.ws.OPEN) return false;
    this.ws.send(frame, { binary: true, compress: false });
    return true;
  }

  buffered(): number {
    return this.ws.bufferedAmount;
  }

  close(): void {
    clearInterval(this.pings);
    this.ws.terminate();
  }

  private beat(): void {
    if (performance.now() - this.heardMs > SILENCE_MS) this.ws.terminate();
    else if (this.ws.readyState === this.ws.OPEN) this.ws.ping();
  }
}
