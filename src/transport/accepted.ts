/** A connection that somebody made to us, until its handshake has ended. */

import type { RejectionCode } from '../core/errors.ts';
import type { ReplicaId } from '../core/ids.ts';
import { MAX_HANDSHAKE_FRAME_BYTES } from '../core/limits.ts';
import type { Cookies } from '../crypto/cookies.ts';
import type { EncryptionWish } from '../crypto/encryption.ts';
import {
  claimedInitiator,
  cookieRequest,
  type HandshakeContext,
  type HandshakeSelf,
  hasCookie,
  REFUSED_ENCRYPTION,
  Responder,
} from '../crypto/handshake.ts';
import { createSession, type Session } from '../crypto/session.ts';
import { type Admission, type Guest, type Lane, laneOf } from './admission.ts';
import type { Door, Socket, SocketListener } from './socket.ts';

/** What the handshakes of those who came have cost. */
export interface HandshakeCounts {
  /** Cookies asked for: a hash each. */
  cookies: number;
  /** Hellos that were answered: two key agreements and two signatures each. */
  answered: number;
  completed: number;
}

export interface AcceptedOptions {
  readonly context: HandshakeContext;
  readonly self: HandshakeSelf;
  readonly admission: Admission;
  readonly cookies: Cookies;
  readonly counts: HandshakeCounts;
  /** Whether a validator is known to be where this connection comes from. */
  readonly trusted: boolean;
  /** Whether we ask for encryption. */
  readonly wish: EncryptionWish;
  /** Time for the handshake, ms. */
  readonly timeoutMs: number;
  /** Whether a connection of this peer is of any use now; spares the handshake. */
  wanted(claimed: ReplicaId): boolean;
  /** The handshake holds; undefined refuses the connection all the same. */
  connected(socket: Socket, session: Session, peer: ReplicaId | undefined): SocketListener | undefined;
  rejected(code: RejectionCode, remote: string): void;
}

export class AcceptedConnection implements SocketListener, Guest {
  private readonly options: AcceptedOptions;
  private readonly socket: Socket;
  readonly door: Door;
  readonly lane: Lane;
  private readonly deadline: NodeJS.Timeout;
  private responder: Responder | undefined;
  private askedForCookie = false;
  private state: 'hello' | 'queued' | 'finish' | 'open' | 'closed' = 'hello';
  private open: SocketListener | undefined;

  /** Undefined where there are too many already. */
  static admit(options: AcceptedOptions, socket: Socket, door: Door): AcceptedConnection | undefined {
    const connection = new AcceptedConnection(options, socket, door);
    if (options.admission.enter(connection)) return connection;
    clearTimeout(connection.deadline);
    options.rejected('rate-limited', socket.remote);
    return undefined;
  }

  private constructor(options: AcceptedOptions, socket: Socket, door: Door) {
    this.options = options;
    this.socket = socket;
    this.door = door;
    this.lane = laneOf(door, options.trusted);
    this.deadline = setTimeout(() => this.refuse('handshake-failed'), options.timeoutMs);
  }

  get remote(): string {
    return this.socket.remote;
  }

  message(data: Uint8Array): void {
    if (this.state === 'open') return this.open?.message(data);
    if (this.state === 'closed') return;
    if (data.length > MAX_HANDSHAKE_FRAME_BYTES) return this.refuse('frame-too-large');
    if (this.state === 'hello') return this.hello(data);
    // A second message before our reply went out: no honest side sends one.
    if (this.state === 'queued') return this.refuse('handshake-malformed');
    this.finish(data);
  }

  closed(): void {
    this.end('closed');
    this.open?.closed();
  }

  /** All that is cheap about a hello; only who passes it waits for an answer. */
  private hello(data: Uint8Array): void {
    const { context, self, wish, wanted, admission, cookies, counts } = this.options;
    const claimed = claimedInitiator(data);
    if (typeof claimed === 'number' && !wanted(claimed)) return this.refuse('handshake-failed');
    const responder = new Responder(context, self, this.door === 'peer', wish);
    const refused = responder.refuses(data);
    if (refused === 'encryption-required') {
      this.state = 'queued';
      this.socket.send(REFUSED_ENCRYPTION);
      // What is sent leaves at the end of this turn.
      setImmediate(() => this.refuse(refused));
      return;
    }
    if (refused !== undefined) return this.refuse(refused);
    if (admission.wantsCookie(this.lane) && !hasCookie(cookies, this.remote, data)) {
      // Whoever has been told one and comes without it does not listen.
      if (this.askedForCookie) return this.refuse('handshake-failed');
      this.askedForCookie = true;
      counts.cookies++;
      this.socket.send(cookieRequest(cookies, this.remote, data));
      return;
    }
    this.state = 'queued';
    this.responder = responder;
    const hello = data.slice();
    admission.answer(this, () => this.reply(hello));
  }

  private reply(hello: Uint8Array): void {
    if (this.state !== 'queued' || this.responder === undefined) return;
    this.options.counts.answered++;
    const reply = this.responder.reply(hello);
    if (typeof reply === 'string') return this.refuse(reply);
    this.state = 'finish';
    this.options.admission.answered(this);
    this.socket.send(reply);
  }

  private finish(message: Uint8Array): void {
    const { context } = this.options;
    const result = this.responder?.finish(message) ?? 'handshake-malformed';
    if (typeof result === 'string') return this.refuse(result);
    this.end('open');
    this.options.counts.completed++;
    this.open = this.options.connected(this.socket, createSession(context.mac, result.keys), result.peer);
    if (this.open === undefined) {
      this.state = 'closed';
      this.socket.close();
    }
  }

  evict(): void {
    this.refuse('rate-limited');
  }

  private refuse(code: RejectionCode): void {
    if (this.state === 'closed') return;
    this.options.rejected(code, this.socket.remote);
    this.end('closed');
    this.socket.close();
  }

  /** Leaves the handshake, once. */
  private end(state: 'open' | 'closed'): void {
    if (this.state !== 'open' && this.state !== 'closed') {
      clearTimeout(this.deadline);
      this.responder = undefined;
      this.options.admission.leave(this, state === 'open');
    }
    this.state = state;
  }
}
