/** A connection to a validator's port by hand: what is said on it is up to whoever attacks. */

import { connect, type Socket as TcpSocket } from 'node:net';
import { WebSocket } from 'ws';
import { encodeFrame } from '../../codec/frame.ts';
import type { EncryptionWish } from '../../crypto/encryption.ts';
import { type HandshakeContext, type HandshakeSelf, Initiator } from '../../crypto/handshake.ts';
import { createSession, MAC_BYTES, type Session, type SessionKeys } from '../../crypto/session.ts';
import type { Door } from '../../transport/socket.ts';

/** How long anything may take that the other side does, ms. */
const PATIENCE_MS = 15_000;

export const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

export interface Origin {
  /** An address of this machine to come from. Default: the system's choice. */
  readonly localAddress?: string;
}

export class Line {
  readonly ws: WebSocket;
  session: Session | undefined;
  keys: SessionKeys | undefined;
  closed = false;
  /** Whether frames that come are kept for `next`. */
  keeps = true;
  private readonly received: Uint8Array[] = [];
  private wake: (() => void) | undefined;

  private constructor(ws: WebSocket) {
    this.ws = ws;
    ws.on('message', (data: Buffer) => {
      if (this.keeps) this.received.push(Uint8Array.from(data));
      this.wake?.();
    });
    ws.on('error', () => undefined);
    ws.on('close', () => {
      this.closed = true;
      this.wake?.();
    });
  }

  /** Resolves when the WebSocket is open, or was refused. */
  static async open(url: string, door: Door, origin: Origin = {}): Promise<Line> {
    const ws = new WebSocket(`${url}/${door}`, {
      perMessageDeflate: false,
      ...origin,
      generateMask: (mask) => mask.fill(0),
    });
    const line = new Line(ws);
    const opened = new Promise<void>((resolve) => {
      ws.once('open', resolve);
      ws.once('close', () => resolve());
    });
    await within(opened);
    return line;
  }

  send(bytes: Uint8Array | string): void {
    if (this.ws.readyState === WebSocket.OPEN) this.ws.send(bytes);
  }

  /** Bytes that the kernel has not taken yet. */
  get backlog(): number {
    return this.ws.bufferedAmount;
  }

  /** The next message, or undefined where the other side ended it or takes too long. */
  async next(): Promise<Uint8Array | undefined> {
    const end = performance.now() + PATIENCE_MS;
    while (this.received.length === 0 && !this.closed && performance.now() < end) {
      await within(
        new Promise<void>((resolve) => {
          this.wake = resolve;
        }),
        100,
      );
    }
    return this.received.shift();
  }

  /** The initiator's half. Undefined where the other side refused. */
  async handshake(
    context: HandshakeContext,
    self: HandshakeSelf | undefined,
    to: number | undefined,
    wish: EncryptionWish = 'unasked',
  ): Promise<Session | undefined> {
    const initiator = new Initiator(context, self, to, wish);
    this.send(initiator.hello);
    const reply = await this.reply(initiator);
    const result = reply === undefined ? 'handshake-failed' : initiator.finish(reply);
    if (typeof result === 'string') return undefined;
    this.send(result.message);
    this.keys = result.keys;
    this.session = createSession(context.mac, result.keys);
    return this.session;
  }

  /** The reply to a hello that was sent, once a cookie was given where one is asked for. */
  async reply(initiator: Initiator): Promise<Uint8Array | undefined> {
    const first = await this.next();
    const again = first && initiator.again(first);
    if (again === undefined) return first;
    this.send(again);
    return this.next();
  }

  /** A frame under the session's MAC, not sent. The counter moves on. */
  seal(payload: Uint8Array): Uint8Array {
    const frame = new Uint8Array(MAC_BYTES + payload.length);
    frame.set(payload, MAC_BYTES);
    return this.session?.seal(frame) ?? frame;
  }

  /** Items in a frame as an honest validator sends them. */
  items(items: readonly Uint8Array[]): void {
    this.send(this.seal(encodeFrame(items)));
  }

  /** Whether the other side ended it, waiting for that. */
  async ended(waitMs = PATIENCE_MS): Promise<boolean> {
    const end = performance.now() + waitMs;
    while (!this.closed && performance.now() < end) await pause(5);
    return this.closed;
  }

  close(): void {
    this.ws.terminate();
  }
}

/** Resolves with the promise or after a time, whichever comes first. */
function within(work: Promise<void>, ms = PATIENCE_MS): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, ms);
  });
  return Promise.race([work, late]).finally(() => clearTimeout(timer));
}

/** Bytes over TCP. */
export class Tcp {
  readonly socket: TcpSocket;
  closed = false;
  received = '';

  constructor(url: string, origin: Origin = {}) {
    const { hostname, port } = new URL(url.replace('ws', 'http'));
    this.socket = connect({ host: hostname, port: Number(port), ...origin });
    this.socket.on('error', () => undefined);
    this.socket.on('close', () => {
      this.closed = true;
    });
    this.socket.on('data', (data) => {
      if (this.received.length < 4096) this.received += data.toString('latin1');
    });
  }

  write(bytes: Uint8Array | string): void {
    if (!this.socket.destroyed) this.socket.write(bytes);
  }

  /** Asks for a WebSocket and waits for the answer. */
  async upgrade(door: Door): Promise<void> {
    this.write(upgradeRequest(door));
    const end = performance.now() + PATIENCE_MS;
    while (!this.received.includes('\r\n\r\n') && !this.closed && performance.now() < end) await pause(2);
  }

  async ended(waitMs = PATIENCE_MS): Promise<boolean> {
    const end = performance.now() + waitMs;
    while (!this.closed && performance.now() < end) await pause(5);
    return this.closed;
  }

  close(): void {
    this.socket.destroy();
  }
}

export function upgradeRequest(door: Door): string {
  return (
    `GET /${door} HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n` +
    'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n'
  );
}

/** The head of a masked binary WebSocket message that announces so many bytes (RFC 6455 §5.2). */
export function announced(bytes: number): Uint8Array {
  const head = Buffer.alloc(14);
  head[0] = 0x82;
  head[1] = 0x80 | 127;
  head.writeBigUInt64BE(BigInt(bytes), 2);
  return head;
}
