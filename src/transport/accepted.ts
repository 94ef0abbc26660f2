/** A connection that somebody made to us, until its handshake has ended. */

import type { RejectionCode } from '../core/errors.ts';
import type { ReplicaId } from '../core/ids.ts';
import { MAX_HANDSHAKE_FRAME_BYTES } from '../core/limits.ts';
import type { EncryptionWish } from '../crypto/encryption.ts';
import {
  claimedInitiator,
  type HandshakeContext,
  type HandshakeSelf,
  REFUSED_ENCRYPTION,
  Responder,
} from '../crypto/handshake.ts';
import { createSession, type Session } from '../crypto/session.ts';
import { type Admission, type Guest, type Lane, laneOf } from './admission.ts';
import type { Door, Socket, SocketListener } from './socket.ts';

export interface AcceptedOptions {
  readonly context: HandshakeContext;
  readonly self: HandshakeSelf;
  readonly admission: Admission;
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
    if (this.state === 'hello') {
      this.state = 'queued';
      const hello = data.slice();
      const claimed = claimedInitiator(hello);
      if (typeof claimed === 'number' && !this.options.wanted(claimed))
        return this.refuse('handshake-failed');
      return this.options.admission.answer(this, () => this.reply(hello));
    }
    // A second message before our reply went out: no honest side sends one.
    if (this.state === 'queued') return this.refuse('handshake-malformed');
    this.finish(data);
  }

  closed(): void {
    this.end('closed');
    this.open?.closed();
  }

  private reply(hello: Uint8Array): void {
    if (this.state !== 'queued') return;
    const { context, self, wish } = this.options;
    this.responder = new Responder(context, self, this.door === 'peer', wish);
    const reply = this.responder.reply(hello);
    if (reply === 'encryption-required') this.socket.send(REFUSED_ENCRYPTION);
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
