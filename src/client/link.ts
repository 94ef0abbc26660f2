/**
 * The connection to one validator: dials, proves who answers, authenticates frames, and dials again for as long as
 * the client lives, with a back-off that is doubled and jittered so that clients of a restarted validator do not
 * return in step.
 */

import { createFrameDecoder, type FrameDecoder, VALIDATOR_FRAME_LIMITS } from '../codec/frame.ts';
import type { RejectionCode } from '../core/errors.ts';
import type { ReplicaId } from '../core/ids.ts';
import { HANDSHAKE_TIMEOUT_MS, KEY_LIFETIME_MS, MAX_CLIENT_BACKLOG_BYTES } from '../core/limits.ts';
import type { Stopwatch } from '../core/stopwatch.ts';
import { type EncryptionSetting, type EncryptionWish, hostOf, wishFor } from '../crypto/encryption.ts';
import { type HandshakeContext, Initiator } from '../crypto/handshake.ts';
import { createSession, NOTHING, type Session } from '../crypto/session.ts';
import type { Dial, Socket } from './socket.ts';

const BACKOFF_FIRST_MS = 50;
const BACKOFF_MAX_MS = 2_000;

/** No cipher on one side: a browser's own is asynchronous, so that it has none for frames. */
const ENCRYPTION_HELP =
  'encryption-required: one side asks for encryption, and there is no cipher for it in a browser; connect by wss://, ' +
  "or set `encryption: off` in the validators' config.yaml and for the client";

export interface LinkEvents {
  /** The session stands and the validator's identity is proven. */
  up(link: Link): void;
  down(link: Link): void;
  /** Nobody answered there, or nobody whom we know. */
  refused(link: Link): void;
  /** Items of one frame, not looked at. */
  items(link: Link, items: readonly unknown[]): void;
}

export class Link {
  readonly url: string;
  /** It has been up at least once. */
  known = false;
  /** Who answered the last handshake; undefined before the first. */
  validator: ReplicaId | undefined;
  /** Why the last connection ended, for error messages. */
  lastError = 'not tried yet';
  private readonly dial: Dial;
  private readonly context: HandshakeContext;
  private readonly events: LinkEvents;
  private readonly wish: EncryptionWish;
  private readonly stopwatch: Stopwatch;
  private readonly decode: FrameDecoder = createFrameDecoder(VALIDATOR_FRAME_LIMITS);
  private socket: Socket | undefined;
  private session: Session | undefined;
  private handshake: Initiator | undefined;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private failures = 0;
  private upSinceMs = 0;
  private keyFromMs = 0;
  private closed = false;

  constructor(
    url: string,
    dial: Dial,
    context: HandshakeContext,
    events: LinkEvents,
    stopwatch: Stopwatch,
    encryption: EncryptionSetting = 'auto',
  ) {
    this.url = url;
    this.wish = wishFor(encryption, [], hostOf(url));
    this.dial = dial;
    this.context = context;
    this.events = events;
    this.stopwatch = stopwatch;
  }

  get ready(): boolean {
    return this.session !== undefined;
  }

  open(): void {
    if (this.closed) return;
    let current = true;
    const end = (reason: string): void => {
      if (!current) return;
      current = false;
      clearTimeout(this.timer);
      this.lost(reason);
    };
    this.timer = setTimeout(() => this.socket?.close(), HANDSHAKE_TIMEOUT_MS);
    try {
      this.socket = this.dial(`${this.url.replace(/\/$/, '')}/client`, {
        opened: () => {
          if (!current) return;
          this.handshake = new Initiator(this.context, undefined, undefined, this.wish);
          this.socket?.send(this.handshake.hello);
        },
        message: (bytes) => {
          if (!current) return;
          this.stopwatch.begin('socket', this.validator);
          const refused = this.session === undefined ? this.answer(bytes) : this.frame(this.session, bytes);
          this.stopwatch.leave();
          if (refused === undefined) return;
          this.socket?.close();
          end(
            refused === 'encryption-required'
              ? ENCRYPTION_HELP
              : `the validator sent what was refused: ${refused}`,
          );
        },
        closed: end,
      });
    } catch (error) {
      end((error as Error).message);
    }
  }

  /**
   * Sends a frame whose first `MAC_BYTES` are room for the MAC; the bytes may be reused afterwards. A validator that
   * does not read is cut off: what it missed is sent again when it is back.
   */
  send(frame: Uint8Array): void {
    const { session, socket, stopwatch } = this;
    if (session === undefined || socket === undefined) return;
    if (socket.bufferedBytes > MAX_CLIENT_BACKLOG_BYTES) {
      socket.close();
      return;
    }
    stopwatch.enter('socket');
    socket.send(session.seal(frame));
    const nowMs = performance.now();
    if (session.due || nowMs - this.keyFromMs > KEY_LIFETIME_MS) {
      socket.send(session.update());
      this.keyFromMs = nowMs;
    }
    stopwatch.leave();
    stopwatch.sent(this.validator!);
  }

  close(): void {
    this.closed = true;
    clearTimeout(this.timer);
    this.socket?.close();
  }

  private answer(bytes: Uint8Array): RejectionCode | undefined {
    if (this.handshake === undefined) return 'handshake-malformed';
    const again = this.handshake.again(bytes);
    if (again !== undefined) {
      this.socket!.send(again);
      return undefined;
    }
    const outcome = this.handshake.finish(bytes);
    this.handshake = undefined;
    if (typeof outcome === 'string') return outcome;
    this.socket!.send(outcome.message);
    clearTimeout(this.timer);
    this.upSinceMs = performance.now();
    this.keyFromMs = this.upSinceMs;
    this.validator = outcome.responder;
    this.session = createSession(this.context.mac, outcome.keys);
    this.known = true;
    this.events.up(this);
    return undefined;
  }

  private frame(session: Session, bytes: Uint8Array): RejectionCode | undefined {
    const payload = session.open(bytes);
    if (payload === undefined) return 'frame-mac';
    if (payload === NOTHING) return undefined;
    this.stopwatch.enter('codec');
    const items = this.decode(payload);
    this.stopwatch.leave();
    if (typeof items === 'string') return items;
    this.stopwatch.enter('client');
    this.events.items(this, items);
    this.stopwatch.leave();
    return undefined;
  }

  private lost(reason: string): void {
    const wasReady = this.session !== undefined;
    this.lastError = reason;
    this.session?.end();
    this.session = undefined;
    this.socket = undefined;
    this.handshake = undefined;
    if (wasReady) this.events.down(this);
    else this.events.refused(this);
    if (this.closed) return;
    // A validator that takes the handshake and then hangs up is not to be dialled in a tight loop.
    if (wasReady && performance.now() - this.upSinceMs > BACKOFF_MAX_MS) this.failures = 0;
    const delayMs = Math.min(BACKOFF_FIRST_MS * 2 ** this.failures++, BACKOFF_MAX_MS);
    this.timer = setTimeout(() => this.open(), delayMs * (0.5 + Math.random() / 2));
  }
}
