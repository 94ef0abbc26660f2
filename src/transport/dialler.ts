/** Keeps one outgoing connection to a validator: dials, shakes hands, and dials again with jittered back-off. */

import { WebSocket } from 'ws';
import type { RejectionCode } from '../core/errors.ts';
import type { ReplicaId } from '../core/ids.ts';
import type { EncryptionWish } from '../crypto/encryption.ts';
import { type HandshakeContext, type HandshakeSelf, Initiator } from '../crypto/handshake.ts';
import { createSession, type Session } from '../crypto/session.ts';
import type { Socket } from './socket.ts';
import { WsSocket } from './ws-socket.ts';

/**
 * Back-off between attempts, ms: doubles from the first to the second value, each time ± half. The last one is short,
 * since a validator that restarts waits for those with higher ids to dial it, and an attempt costs a packet or two.
 */
const BACKOFF_MIN_MS = 50;
const BACKOFF_MAX_MS = 500;

/** A connection that lasted this long, ms, was a good one: the next failure starts from the shortest back-off. */
const GOOD_MS = 5000;

export interface DiallerOptions {
  readonly peer: ReplicaId;
  readonly url: string;
  /** Time for connecting, and for the handshake, ms. */
  readonly timeoutMs: number;
  /** Largest frame taken, in bytes. */
  readonly maxFrameBytes: number;
  readonly context: HandshakeContext;
  readonly self: HandshakeSelf;
  /** Whether we ask for encryption. */
  readonly wish: EncryptionWish;
  /** The peer proved who it is. The result takes the payload-bearing messages and the end of the connection. */
  connected(socket: Socket, session: Session): { message(frame: Uint8Array): void; closed(): void };
  rejected(code: RejectionCode): void;
  /** Called once per attempt after the first. */
  retried(): void;
}

export class Dialler {
  private readonly options: DiallerOptions;
  private socket: WsSocket | undefined;
  private timer: NodeJS.Timeout | undefined;
  private delayMs = BACKOFF_MIN_MS;
  private wanted = false;

  constructor(options: DiallerOptions) {
    this.options = options;
  }

  /** Dials until `stop`. */
  start(): void {
    if (this.wanted) return;
    this.wanted = true;
    this.delayMs = BACKOFF_MIN_MS;
    this.dial();
  }

  stop(): void {
    this.wanted = false;
    clearTimeout(this.timer);
    this.socket?.close();
    this.socket = undefined;
  }

  private dial(): void {
    const { url } = this.options;
    const ws = new WebSocket(`${url.replace(/\/$/, '')}/peer`, {
      perMessageDeflate: false,
      maxPayload: this.options.maxFrameBytes,
      handshakeTimeout: this.options.timeoutMs,
      followRedirects: false,
      // Masks guard proxies against scripts in browsers (RFC 6455 §10.3); between validators a mask of zeros
      // spares a pass over every byte.
      generateMask: (mask) => mask.fill(0),
    });
    const socket = new WsSocket(ws, url);
    this.socket = socket;
    const attempt = new Attempt(this.options, socket);
    ws.on('upgrade', (response) => response.socket.setNoDelay(true));
    ws.on('open', () => attempt.begin());
    socket.listen({
      message: (data) => attempt.message(data),
      closed: () => {
        attempt.closed();
        // Not after a stop, even where a new start has come before this event.
        if (this.socket === socket) this.again(attempt.upMs);
      },
    });
  }

  private again(upMs: number): void {
    this.socket = undefined;
    if (upMs > GOOD_MS) this.delayMs = BACKOFF_MIN_MS;
    const delayMs = this.delayMs * (0.5 + Math.random());
    this.delayMs = Math.min(this.delayMs * 2, BACKOFF_MAX_MS);
    this.timer = setTimeout(() => {
      this.options.retried();
      this.dial();
    }, delayMs);
  }
}

/** One connection from its first message to its last. */
class Attempt {
  private readonly options: DiallerOptions;
  private readonly socket: WsSocket;
  private initiator: Initiator | undefined;
  private open: ReturnType<DiallerOptions['connected']> | undefined;
  private deadline: NodeJS.Timeout | undefined;
  private openedMs = 0;

  constructor(options: DiallerOptions, socket: WsSocket) {
    this.options = options;
    this.socket = socket;
  }

  /** For how long the session has been up, ms. */
  get upMs(): number {
    return this.openedMs === 0 ? 0 : performance.now() - this.openedMs;
  }

  begin(): void {
    const { context, self, peer, wish } = this.options;
    this.deadline = setTimeout(() => this.refuse('handshake-failed'), this.options.timeoutMs);
    this.initiator = new Initiator(context, self, peer, wish);
    this.socket.send(this.initiator.hello);
  }

  message(data: Uint8Array): void {
    if (this.open !== undefined) return this.open.message(data);
    const again = this.initiator?.again(data);
    if (again !== undefined) return void this.socket.send(again);
    const result = this.initiator?.finish(data) ?? 'handshake-malformed';
    if (typeof result === 'string') return this.refuse(result);
    this.initiator = undefined;
    clearTimeout(this.deadline);
    this.socket.send(result.message);
    this.openedMs = performance.now();
    this.open = this.options.connected(this.socket, createSession(this.options.context.mac, result.keys));
  }

  closed(): void {
    clearTimeout(this.deadline);
    this.open?.closed();
  }

  private refuse(code: RejectionCode): void {
    this.options.rejected(code);
    this.socket.close();
  }
}
