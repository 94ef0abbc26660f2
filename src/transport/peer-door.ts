/** The other validators: one connection each, whoever dialled it, with a bounded queue. */

import { createFrameDecoder, PEER_FRAME_LIMITS } from '../codec/frame.ts';
import type { RejectionCode } from '../core/errors.ts';
import type { ReplicaId } from '../core/ids.ts';
import type { Stopwatch } from '../core/stopwatch.ts';
import type { EncryptionWish } from '../crypto/encryption.ts';
import type { HandshakeContext, HandshakeSelf } from '../crypto/handshake.ts';
import { NOTHING, type Session } from '../crypto/session.ts';
import { Allowance, medianSaid } from './allowance.ts';
import { BUDGET_PERIOD_MS, Budget } from './budget.ts';
import { BEYOND_SHARE } from './bulk.ts';
import { Channel, type FrameBuilder, type Share, type Traffic } from './channel.ts';
import { Dialler } from './dialler.ts';
import type { Item, PeerInfo } from './interface.ts';
import { slowed } from './slowed.ts';
import type { Socket, SocketListener } from './socket.ts';

/** Our own number before we have one: in the handshake's two bytes it is nobody's. */
export const NOBODY_YET = 0xffff;

export interface PeerDoorOptions {
  readonly context: HandshakeContext;
  /** Whether we ask for encryption where we dial. */
  wish(url: string): EncryptionWish;
  /** Asked anew for each handshake: our number may be given to us later. */
  readonly self: () => HandshakeSelf;
  readonly traffic: Traffic;
  /** Time for a handshake, ms. */
  readonly timeoutMs: number;
  /** Largest frame, in bytes, both ways. */
  readonly maxFrameBytes: number;
  /** Most bytes that wait for one peer. */
  readonly maxBacklogBytes: number;
  readonly stopwatch: Stopwatch;
  /** How much later frames leave for this peer than they would, ms; 0: at once. */
  delayMs(to: ReplicaId): number;
  /** Whether we take compressed bulk, and send it to those who do. */
  readonly compression: boolean;
  /** Time between two key agreements with a peer, ms. */
  readonly keyAgreementMs: number;
  /** Where frames go whose signatures may be judged by threads. */
  readonly share: Share;
  /** Something waits for the end of the turn. */
  dirty(): void;
  frame(from: ReplicaId, items: readonly unknown[]): void;
  up(peer: ReplicaId, replaced: boolean): void;
  down(peer: ReplicaId): void;
  /** `peer`: whose session brought it. */
  rejected(code: RejectionCode, peer: ReplicaId | undefined, remote: string): void;
}

interface Peer {
  readonly id: ReplicaId;
  /** Whose connection it is: with another key it is another validator. */
  readonly key: string;
  url: string;
  channel: Channel | undefined;
  dialler: Dialler | undefined;
  readonly budget: Budget;
  readonly allowance: Allowance;
}

/** While messages wait for their sender's allowance: how often some of them are looked at, ms. */
const DRIP_MS = 5;

export class PeerDoor {
  /** Items that went to nobody: not connected, or the queue was full. */
  dropped = 0;
  /** Frames that waited, or of which some did. */
  deferred = 0;
  /** Attempts to dial after the first. */
  reconnects = 0;
  /** Key agreements of sessions that stood. */
  agreements = 0;
  private readonly options: PeerDoorOptions;
  private peers: readonly Peer[] = [];
  private readonly byId = new Map<ReplicaId, Peer>();
  private readonly blocked = new Set<ReplicaId>();
  private number = NOBODY_YET;
  private readonly decode = createFrameDecoder(PEER_FRAME_LIMITS);
  private stopped = false;

  private readonly renewal: NodeJS.Timeout;

  constructor(options: PeerDoorOptions) {
    this.options = options;
    this.renewal = setInterval(() => {
      const median = medianSaid(this.peers.map(({ allowance }) => allowance.said));
      for (const { budget, allowance, channel } of this.peers) {
        budget.renew();
        channel?.renewBulk();
        allowance.renew(median, budget.throttled);
      }
    }, BUDGET_PERIOD_MS);
    this.renewal.unref();
  }

  /** These have no more than the floor from now on; all others what everybody has. */
  setThrottled(ids: readonly ReplicaId[]): void {
    for (const { id, budget, allowance } of this.peers) {
      budget.throttled = ids.includes(id);
      allowance.throttle(budget.throttled);
    }
  }

  /** Whom we are connected with from now on. Those with a lower number than ours are dialled, the others dial us. */
  setPeers(peers: readonly PeerInfo[]): void {
    const self = this.options.self().id;
    const renumbered = self !== this.number;
    this.number = self;
    const wanted = new Map(peers.filter(({ id }) => id !== self).map((peer) => [peer.id, peer]));
    for (const peer of this.peers) {
      const info = wanted.get(peer.id);
      // Under another number of ours, no connection is what it was.
      if (info?.ed25519 === peer.key && !renumbered) continue;
      peer.dialler?.stop();
      const { channel } = peer;
      this.byId.delete(peer.id);
      this.lost(peer, channel);
      channel?.socket.close();
    }
    for (const { id, ed25519, url } of wanted.values()) {
      const peer = this.byId.get(id) ?? {
        id,
        key: ed25519,
        url,
        channel: undefined,
        dialler: undefined,
        budget: new Budget(),
        allowance: new Allowance(),
      };
      this.byId.set(id, peer);
      if (peer.dialler !== undefined && peer.url !== url) {
        peer.dialler.stop();
        peer.dialler = undefined;
      }
      peer.url = url;
      if (self === NOBODY_YET || id >= self || url === '' || peer.dialler !== undefined) continue;
      peer.dialler = this.dialler(peer, url);
      if (!this.blocked.has(id)) peer.dialler.start();
    }
    this.peers = [...this.byId.values()].sort((a, b) => a.id - b.id);
  }

  send(to: ReplicaId, item: Item): void {
    const peer = this.byId.get(to);
    if (peer !== undefined) this.push(peer, item);
  }

  sendBulk(to: ReplicaId, item: Item): void {
    const peer = this.byId.get(to);
    if (peer === undefined) return;
    if (peer.channel?.pushBulk(item, this.options.maxBacklogBytes)) this.options.dirty();
    else this.dropped++;
  }

  broadcast(item: Item): void {
    for (const peer of this.peers) this.push(peer, item);
  }

  flush(builder: FrameBuilder): void {
    const { stopwatch } = this.options;
    for (const { id, channel } of this.peers) {
      if (!channel?.waiting) continue;
      if (!channel.flush(builder)) channel.socket.close();
      stopwatch.sent(id);
    }
  }

  /** Whether an incoming connection of this peer is of any use. */
  wanted(id: ReplicaId): boolean {
    return id > this.options.self().id && this.byId.has(id) && !this.blocked.has(id) && !this.stopped;
  }

  /** A peer dialled us and proved who it is. */
  admit(id: ReplicaId, socket: Socket, session: Session): SocketListener | undefined {
    return this.wanted(id) ? this.connected(this.byId.get(id)!, socket, session) : undefined;
  }

  setBlocked(id: ReplicaId, blocked: boolean): void {
    if (this.blocked.has(id) === blocked) return;
    if (blocked) this.blocked.add(id);
    else this.blocked.delete(id);
    const peer = this.byId.get(id);
    if (peer === undefined) return;
    if (!blocked) {
      peer.dialler?.start();
      return;
    }
    const { channel } = peer;
    this.lost(peer, channel);
    peer.dialler?.stop();
    channel?.socket.close();
  }

  /** Bytes that wait, by number; −1 where there is no connection, or nobody. */
  backlogs(): number[] {
    const self = this.options.self().id;
    const most = Math.max(self === NOBODY_YET ? -1 : self, this.peers.at(-1)?.id ?? -1);
    const out: number[] = new Array(most + 1).fill(-1);
    for (const peer of this.peers) out[peer.id] = peer.channel?.backlog() ?? -1;
    return out;
  }

  /** Whether the connection with each is encrypted, by number; false where there is none. */
  encrypted(): boolean[] {
    return this.backlogs().map((_, id) => this.byId.get(id)?.channel?.encrypted ?? false);
  }

  /** Changes the keys of the sessions whose turn it is. */
  renewKeys(turn: number, turns: number): void {
    for (const { id, channel } of this.peers)
      if (id % turns === turn && channel?.renew() === false) channel.socket.close();
  }

  stop(): void {
    this.stopped = true;
    clearInterval(this.renewal);
    clearTimeout(this.dripping);
    for (const peer of this.peers) {
      peer.dialler?.stop();
      peer.channel?.socket.close();
      peer.channel?.end();
      peer.channel = undefined;
    }
  }

  private push(peer: Peer, item: Item): void {
    if (peer.channel?.push(item, this.options.maxBacklogBytes)) this.options.dirty();
    else this.dropped++;
  }

  private dialler(peer: Peer, url: string): Dialler {
    const { context, timeoutMs, maxFrameBytes, rejected } = this.options;
    return new Dialler({
      peer: peer.id,
      url,
      timeoutMs,
      maxFrameBytes,
      context,
      self: this.options.self(),
      wish: this.options.wish(url),
      connected: (socket, session) => this.connected(peer, socket, session),
      // Whoever answered there has not proven to be this peer: it may be anybody who has its address now, or stands on the line.
      rejected: (code) => rejected(code, undefined, url),
      retried: () => {
        this.reconnects++;
      },
    });
  }

  /** An older connection of the same peer is a leftover, of a restart or of a broken path. */
  private connected(peer: Peer, socket: Socket, session: Session): SocketListener {
    const { maxFrameBytes, traffic, stopwatch, share, delayMs, keyAgreementMs } = this.options;
    const line = slowed(socket, delayMs(peer.id));
    const channel = new Channel(line, session, maxFrameBytes, traffic, stopwatch, share);
    channel.agree(peer.id < this.options.self().id, keyAgreementMs, () => {
      this.agreements++;
    });
    const old = peer.channel;
    this.lost(peer, old);
    old?.socket.close();
    peer.channel = channel;
    if (this.options.compression) channel.takeBulk();
    this.options.up(peer.id, old !== undefined);
    return {
      message: (data) => this.message(peer, channel, data),
      closed: () => this.lost(peer, channel),
    };
  }

  private lost(peer: Peer, channel: Channel | undefined): void {
    if (channel === undefined || peer.channel !== channel) return;
    channel.end();
    peer.channel = undefined;
    peer.allowance.clear();
    if (!this.stopped) this.options.down(peer.id);
  }

  private message(peer: Peer, channel: Channel, data: Uint8Array): void {
    if (peer.channel !== channel) return;
    const { stopwatch } = this.options;
    stopwatch.begin('socket', peer.id);
    this.open(peer, channel, data);
    stopwatch.leave();
  }

  private open(peer: Peer, channel: Channel, data: Uint8Array): void {
    const payload = channel.open(data);
    if (payload === undefined) {
      // The byte stream was tampered with; the two counters never meet again.
      this.options.rejected('frame-mac', peer.id, channel.socket.remote);
      channel.socket.close();
      return;
    }
    // Nothing is spent on what is beyond its budget; the session's counter has moved on with it.
    if (!peer.budget.take(data.length)) {
      this.options.rejected('rate-limited', peer.id, channel.socket.remote);
      return;
    }
    if (payload === NOTHING) return;
    if (payload === BEYOND_SHARE) {
      // Lost, as on a bad line: whoever wants it asks again.
      this.options.rejected('rate-limited', peer.id, channel.socket.remote);
      return;
    }
    if (peer.allowance.free) this.read(peer, payload);
    else if (peer.allowance.defer(payload)) {
      this.deferred++;
      this.later();
    } else this.options.rejected('rate-limited', peer.id, channel.socket.remote);
  }

  private read(peer: Peer, payload: Uint8Array): void {
    const { stopwatch } = this.options;
    const { allowance } = peer;
    stopwatch.enter('codec');
    const items = this.decode(payload);
    stopwatch.leave();
    // A validator that sends garbage is counted, not cut off: its votes may still be good.
    stopwatch.enter('driver');
    if (typeof items === 'string') {
      allowance.count(1, payload.length);
      allowance.spend(1);
      peer.budget.spoilt();
      this.options.rejected(items, peer.id, peer.channel?.socket.remote ?? '');
    } else {
      allowance.count(items.length, payload.length);
      if (items.length <= allowance.slice) {
        allowance.spend(items.length);
        this.options.frame(peer.id, items);
      } else this.slice(peer, items, 0);
    }
    stopwatch.leave();
  }

  /** The next few messages of a frame; the rest waits for its turn. */
  private slice(peer: Peer, items: readonly unknown[], at: number): void {
    const end = Math.min(items.length, at + peer.allowance.slice);
    peer.allowance.spend(end - at);
    if (end < items.length) {
      peer.allowance.keepRest(items, end);
      this.later();
    }
    this.options.frame(peer.id, items.slice(at, end));
  }

  private dripping: NodeJS.Timeout | undefined;
  private soon = false;

  /** Goes on with what waits: in the next turn where its sender may still say something, else when it may. */
  private later(): void {
    if (this.stopped) return;
    if (!this.soon && this.peers.some(({ allowance }) => allowance.waiting && !allowance.spent)) {
      this.soon = true;
      setImmediate(this.goOn);
    }
    this.dripping ??= setTimeout(() => {
      this.dripping = undefined;
      for (const { allowance } of this.peers) if (allowance.waiting) allowance.drip(DRIP_MS);
      if (this.peers.some(({ allowance }) => allowance.waiting)) this.later();
    }, DRIP_MS);
  }

  private readonly goOn = (): void => {
    this.soon = false;
    if (this.stopped) return;
    const { stopwatch } = this.options;
    for (const peer of this.peers) {
      if (peer.allowance.spent) continue;
      const waiting = peer.allowance.next();
      if (waiting === undefined) continue;
      stopwatch.begin('socket', peer.id);
      if ('payload' in waiting) this.read(peer, waiting.payload);
      else this.slice(peer, waiting.items, waiting.at);
      stopwatch.leave();
    }
    if (this.peers.some(({ allowance }) => allowance.waiting)) this.later();
  };
}
