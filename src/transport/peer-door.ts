/** The other validators: one connection each, whoever dialled it, with a bounded queue. */

import { createFrameDecoder, PEER_FRAME_LIMITS } from '../codec/frame.ts';
import { invariant } from '../core/assert.ts';
import type { RejectionCode } from '../core/errors.ts';
import type { ReplicaId } from '../core/ids.ts';
import type { Stopwatch } from '../core/stopwatch.ts';
import type { HandshakeContext, HandshakeSelf } from '../crypto/handshake.ts';
import type { Session } from '../crypto/session.ts';
import { Channel, type FrameBuilder, type Share, type Traffic } from './channel.ts';
import { Dialler } from './dialler.ts';
import type { Item } from './interface.ts';
import { slowed } from './slowed.ts';
import type { Socket, SocketListener } from './socket.ts';

export interface PeerDoorOptions {
  readonly context: HandshakeContext;
  readonly self: HandshakeSelf;
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
  /** Where frames go whose signatures may be judged by threads. */
  readonly share: Share;
  /** Something waits for the end of the turn. */
  dirty(): void;
  frame(from: ReplicaId, items: readonly unknown[]): void;
  up(peer: ReplicaId): void;
  down(peer: ReplicaId): void;
  rejected(code: RejectionCode, peer: ReplicaId, remote: string): void;
}

interface Peer {
  readonly id: ReplicaId;
  channel: Channel | undefined;
  dialler: Dialler | undefined;
  blocked: boolean;
}

export class PeerDoor {
  /** Items that went to nobody: not connected, or the queue was full. */
  dropped = 0;
  /** Attempts to dial after the first. */
  reconnects = 0;
  private readonly options: PeerDoorOptions;
  private readonly peers: readonly Peer[];
  private readonly decode = createFrameDecoder(PEER_FRAME_LIMITS);
  private stopped = false;

  constructor(options: PeerDoorOptions) {
    this.options = options;
    this.peers = options.context.validators.map((_, id) => ({
      id,
      channel: undefined,
      dialler: undefined,
      blocked: false,
    }));
  }

  /** Dials those with a lower id; the others dial us. */
  start(addresses: readonly { readonly id: ReplicaId; readonly url: string }[]): void {
    for (const { id, url } of addresses) {
      const peer = this.peers[id];
      invariant(peer !== undefined, `peer ${id} is one of the set`);
      if (id >= this.options.self.id) continue;
      peer.dialler = this.dialler(peer, url);
      if (!peer.blocked) peer.dialler.start();
    }
  }

  send(to: ReplicaId, item: Item): void {
    const peer = this.peers[to];
    if (peer !== undefined && to !== this.options.self.id) this.push(peer, item);
  }

  broadcast(item: Item): void {
    for (const peer of this.peers) if (peer.id !== this.options.self.id) this.push(peer, item);
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
    return id > this.options.self.id && this.peers[id]?.blocked === false && !this.stopped;
  }

  /** A peer dialled us and proved who it is. */
  admit(id: ReplicaId, socket: Socket, session: Session): SocketListener | undefined {
    return this.wanted(id) ? this.connected(this.peers[id]!, socket, session) : undefined;
  }

  setBlocked(id: ReplicaId, blocked: boolean): void {
    const peer = this.peers[id];
    if (peer === undefined || peer.blocked === blocked) return;
    peer.blocked = blocked;
    if (!blocked) {
      peer.dialler?.start();
      return;
    }
    const { channel } = peer;
    this.lost(peer, channel);
    peer.dialler?.stop();
    channel?.socket.close();
  }

  /** Bytes that wait, by id; −1 where there is no connection. */
  backlogs(): number[] {
    return this.peers.map((peer) => peer.channel?.backlog() ?? -1);
  }

  stop(): void {
    this.stopped = true;
    for (const peer of this.peers) {
      peer.dialler?.stop();
      peer.channel?.socket.close();
      peer.channel = undefined;
    }
  }

  private push(peer: Peer, item: Item): void {
    if (peer.channel?.push(item, this.options.maxBacklogBytes)) this.options.dirty();
    else this.dropped++;
  }

  private dialler(peer: Peer, url: string): Dialler {
    const { context, self, timeoutMs, maxFrameBytes, rejected } = this.options;
    return new Dialler({
      peer: peer.id,
      url,
      timeoutMs,
      maxFrameBytes,
      context,
      self,
      connected: (socket, session) => this.connected(peer, socket, session),
      rejected: (code) => rejected(code, peer.id, url),
      retried: () => {
        this.reconnects++;
      },
    });
  }

  /** An older connection of the same peer is a leftover, of a restart or of a broken path. */
  private connected(peer: Peer, socket: Socket, session: Session): SocketListener {
    const { maxFrameBytes, traffic, stopwatch, share, delayMs } = this.options;
    const line = slowed(socket, delayMs(peer.id));
    const channel = new Channel(line, session, maxFrameBytes, traffic, stopwatch, share);
    const old = peer.channel;
    this.lost(peer, old);
    old?.socket.close();
    peer.channel = channel;
    this.options.up(peer.id);
    return {
      message: (data) => this.message(peer, channel, data),
      closed: () => this.lost(peer, channel),
    };
  }

  private lost(peer: Peer, channel: Channel | undefined): void {
    if (channel === undefined || peer.channel !== channel) return;
    peer.channel = undefined;
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
    const { stopwatch } = this.options;
    const payload = channel.open(data);
    if (payload === undefined) {
      // The byte stream was tampered with; the two counters never meet again.
      this.options.rejected('frame-mac', peer.id, channel.socket.remote);
      channel.socket.close();
      return;
    }
    stopwatch.enter('codec');
    const items = this.decode(payload);
    stopwatch.leave();
    // A validator that sends garbage is counted, not cut off: its votes may still be good.
    stopwatch.enter('driver');
    if (typeof items === 'string') this.options.rejected(items, peer.id, channel.socket.remote);
    else this.options.frame(peer.id, items);
    stopwatch.leave();
  }
}
