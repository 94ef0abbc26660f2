/**
 * An authenticated connection: items go out in sealed frames, one per turn, and sealed frames come in. A queue that
 * its socket does not drain is bounded; what does not fit is the caller's to count.
 */

import { encodeFrame, FRAME_HEADER_BYTES } from '../codec/frame.ts';
import { Slab } from '../codec/slab.ts';
import { MAX_MESSAGES_PER_FRAME } from '../core/limits.ts';
import { NO_STOPWATCH, type Stopwatch } from '../core/stopwatch.ts';
import { CONTROL, MAC_BYTES, NOTHING, type Session } from '../crypto/session.ts';
import { BULK, packed, TAKES_BULK, Unpacker } from './bulk.ts';
import type { Item } from './interface.ts';
import { Renewal } from './renewal.ts';
import type { Socket } from './socket.ts';

const OVERHEAD_BYTES = MAC_BYTES + FRAME_HEADER_BYTES;

const EMPTY: Uint8Array = new Uint8Array(0);
const NO_ITEMS: readonly Item[] = [];

/** Where small payloads are kept. One for all channels: thousands of clients would each hold a slab otherwise. */
const inbound = new Slab();

/** A copy where the verifier's threads can read it, or undefined; see `Verifier.share`. */
export type Share = (bytes: Uint8Array) => Uint8Array | undefined;

const nowhere: Share = () => undefined;

/** Counters that all channels of a transport share. */
export interface Traffic {
  framesIn: number;
  framesOut: number;
  bytesIn: number;
  bytesOut: number;
}

/**
 * Builds frames for one flush. Most of what a replica says it says to all, so that consecutive channels mostly hold
 * the same items: their payload is laid out once, and only the MAC in front of it differs.
 */
export class FrameBuilder {
  private items = NO_ITEMS;
  private frame = EMPTY;
  private readonly slab = new Slab();
  /** A socket still reads from the frame, so it must not be written to. */
  private lent = false;

  /** A frame with room for the MAC. `items` must not change afterwards. */
  build(items: readonly Item[], copies: boolean): Uint8Array {
    if (!sameItems(items, this.items)) {
      this.frame = encodeFrame(items, MAC_BYTES, this.slab);
      this.items = items;
    } else if (this.lent) this.frame = this.slab.copy(this.frame);
    this.lent = !copies;
    return this.frame;
  }

  /** Lets go of the last frame. */
  clear(): void {
    this.items = NO_ITEMS;
    this.frame = EMPTY;
    this.lent = false;
  }
}

export class Channel {
  readonly socket: Socket;
  private readonly session: Session;
  private readonly maxFrameBytes: number;
  private readonly traffic: Traffic;
  private readonly stopwatch: Stopwatch;
  private readonly share: Share;
  private renewal: Renewal | undefined;
  /** Undefined: we take no compressed bulk. */
  private unpacker: Unpacker | undefined;
  private theyTakeBulk = false;
  private queue: Item[] = [];
  private queuedBytes = 0;
  /** What the socket held back when it was last asked: asking costs a native call. */
  private heldBytes = 0;

  constructor(
    socket: Socket,
    session: Session,
    maxFrameBytes: number,
    traffic: Traffic,
    stopwatch: Stopwatch = NO_STOPWATCH,
    share: Share = nowhere,
  ) {
    this.socket = socket;
    this.session = session;
    this.maxFrameBytes = maxFrameBytes;
    this.traffic = traffic;
    this.stopwatch = stopwatch;
    this.share = share;
  }

  /** Bytes that wait here and in the socket. */
  backlog(): number {
    this.heldBytes = this.socket.buffered();
    return this.queuedBytes + this.heldBytes;
  }

  /** Queues an item for the next flush, unless more than `maxBacklogBytes` would wait, or it fits no frame. */
  push(item: Item, maxBacklogBytes: number): boolean {
    if (this.heldBytes > 0) this.heldBytes = this.socket.buffered();
    if (this.queuedBytes + this.heldBytes + item.length > maxBacklogBytes) return false;
    if (item.length + OVERHEAD_BYTES > this.maxFrameBytes) return false;
    this.queue.push(item);
    this.queuedBytes += item.length;
    return true;
  }

  /** Tells the other side that it may send compressed bulk. */
  takeBulk(): void {
    this.unpacker = new Unpacker();
    const frame = new Uint8Array(MAC_BYTES + 2);
    frame[MAC_BYTES] = CONTROL;
    frame[MAC_BYTES + 1] = TAKES_BULK;
    this.transmit(this.session.seal(frame));
  }

  /** A new period: the other side may have us expand as much again. */
  renewBulk(): void {
    this.unpacker?.renew();
  }

  /** An item in a frame of its own, compressed where both sides want that; else it is queued as others are. */
  pushBulk(item: Item, maxBacklogBytes: number): boolean {
    const body = this.theyTakeBulk && this.unpacker !== undefined ? packed(item) : undefined;
    if (body === undefined) return this.push(item, maxBacklogBytes);
    if (this.backlog() + body.length > maxBacklogBytes) return false;
    const frame = new Uint8Array(MAC_BYTES + body.length);
    frame.set(body, MAC_BYTES);
    if (this.transmit(this.session.seal(frame))) return true;
    this.socket.close();
    return false;
  }

  /** A frame that is the channel's own. */
  private control(payload: Uint8Array): Uint8Array | undefined {
    if (payload[1] === TAKES_BULK && payload.length === 2) {
      this.theyTakeBulk = true;
      return NOTHING;
    }
    if (payload[1] !== BULK) return this.renewal?.take(payload) ? NOTHING : undefined;
    return this.unpacker?.unpack(payload);
  }

  get waiting(): boolean {
    return this.queue.length > 0;
  }

  /** Sends all that is queued, mostly in one frame. False: the socket lost a frame, and the session with it. */
  flush(builder: FrameBuilder): boolean {
    if (this.queue.length === 0) return true;
    const items = this.queue;
    const bytes = this.queuedBytes;
    this.queue = [];
    this.queuedBytes = 0;
    let sent: boolean;
    if (items.length <= MAX_MESSAGES_PER_FRAME && bytes + OVERHEAD_BYTES <= this.maxFrameBytes)
      sent = this.sendFrame(items, builder);
    else sent = this.sendFrames(items, builder);
    if (this.session.due) sent = this.renew() && sent;
    this.heldBytes = this.socket.buffered();
    return sent;
  }

  /**
   * Changes the key for what we send, where it was used, and offers a key agreement where it is time for one. False: the
   * socket lost the frame that says so, and the session with it.
   */
  renew(): boolean {
    return (!this.session.used || this.transmit(this.session.update())) && (this.renewal?.start() ?? true);
  }

  /** From now on this session has a fresh key agreement now and then. */
  agree(dialled: boolean, everyMs: number, renewed: () => void): void {
    const { session } = this;
    this.renewal = new Renewal({ session, dialled, everyMs, send: (frame) => this.transmit(frame), renewed });
  }

  /** The connection is over. */
  end(): void {
    this.session.end();
  }

  get encrypted(): boolean {
    return this.session.encrypted;
  }

  /** The payload of a frame that arrived, in bytes that stay; `NOTHING`, or undefined where it is not the next one. */
  open(frame: Uint8Array): Uint8Array | undefined {
    const payload = this.session.open(frame);
    if (payload === undefined) return undefined;
    this.traffic.framesIn++;
    this.traffic.bytesIn += frame.length;
    if (payload === NOTHING) return NOTHING;
    if (payload[0] === CONTROL && this.renewal !== undefined) return this.control(payload);
    const stays = this.socket.stable || this.session.encrypted;
    return this.share(payload) ?? (stays ? payload : inbound.copy(payload));
  }

  private sendFrames(items: readonly Item[], builder: FrameBuilder): boolean {
    let first = 0;
    let bytes = OVERHEAD_BYTES;
    for (let i = 0; i < items.length; i++) {
      const length = items[i]!.length;
      if (bytes + length > this.maxFrameBytes || i - first === MAX_MESSAGES_PER_FRAME) {
        if (!this.sendFrame(items.slice(first, i), builder)) return false;
        first = i;
        bytes = OVERHEAD_BYTES;
      }
      bytes += length;
    }
    return this.sendFrame(items.slice(first), builder);
  }

  private sendFrame(items: readonly Item[], builder: FrameBuilder): boolean {
    this.stopwatch.enter('codec');
    const frame = builder.build(items, this.socket.copies);
    this.stopwatch.leave();
    return this.transmit(this.session.seal(frame));
  }

  private transmit(frame: Uint8Array): boolean {
    this.traffic.framesOut++;
    this.traffic.bytesOut += frame.length;
    return this.socket.send(frame);
  }
}

function sameItems(a: readonly Item[], b: readonly Item[]): boolean {
  if (a.length !== b.length || a.length === 0) return false;
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false;
  return true;
}
