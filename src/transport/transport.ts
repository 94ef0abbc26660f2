/**
 * The transport over real sockets: one port for validators, clients and HTTP. The validator with the higher id dials
 * the one with the lower, and both use that one connection both ways.
 */

import { createFrameDecoder, PEER_FRAME_LIMITS } from '../codec/frame.ts';
import { invariant } from '../core/assert.ts';
import { fromHex } from '../core/bytes.ts';
import type { RejectionCode } from '../core/errors.ts';
import type { Chain } from '../core/genesis.ts';
import type { ReplicaId } from '../core/ids.ts';
import { MAX_CLIENT_BACKLOG_BYTES, MAX_CLIENT_FRAME_BYTES, MAX_PEER_BACKLOG_BYTES } from '../core/limits.ts';
import type { HandshakeContext, HandshakeSelf } from '../crypto/handshake.ts';
import type { Verifier } from '../crypto/interface.ts';
import type { Identity } from '../crypto/keys.ts';
import { loadMac, type Session } from '../crypto/session.ts';
import { createSigner } from '../crypto/signing.ts';
import { AcceptedConnection } from './accepted.ts';
import { Admission } from './admission.ts';
import { Channel, FrameBuilder, type Traffic } from './channel.ts';
import { ClientDoor } from './client-door.ts';
import { Dialler } from './dialler.ts';
import { Routes } from './http.ts';
import type { HttpRoute, Item, Transport, TransportHandlers, TransportStats } from './interface.ts';
import type { Door, Server, Socket, SocketListener } from './socket.ts';
import { loadUws, UwsServer } from './uws-server.ts';
import { WsServer } from './ws-server.ts';

export interface TransportOptions {
  readonly self: ReplicaId;
  readonly listen: {
    readonly host: string /** 0: any free one; see `SocketTransport.port`. */;
    readonly port: number;
  };
  /** Where the others listen: `ws://host:port`. Only those with a lower id than ours are dialled. */
  readonly peers: readonly { readonly id: ReplicaId; readonly url: string }[];
  readonly chain: Chain;
  /** Our keys: those that the genesis gives for `self`. */
  readonly identity: Identity;
  /** Judges the handshakes' signatures; the validators' keys should be prepared in it. */
  readonly verifier: Pick<Verifier, 'verifySync'>;
  /** Default `auto`: uWebSockets.js where it loads, `ws` elsewhere. */
  readonly server?: 'auto' | 'uWebSockets.js' | 'ws';
  /** Told once, at the start, where the slower server had to be taken. */
  readonly warn?: (message: string) => void;
  /** Most bytes that wait for one peer. Default `MAX_PEER_BACKLOG_BYTES`. */
  readonly maxPeerBacklogBytes?: number;
}

export interface SocketTransport extends Transport {
  /** The port that it listens on; 0 before `start` has resolved. */
  readonly port: number;
}

/** Loads keys and libraries; nothing listens before `start`. Throws `bad-key`, `bad-genesis`. */
export async function createTransport(options: TransportOptions): Promise<SocketTransport> {
  const { chain, identity, self, verifier } = options;
  const context: HandshakeContext = {
    chainId: chain.id,
    validators: chain.genesis.validators.map((validator) => {
      const ed25519 = fromHex(validator.ed25519);
      const mlDsa87 = fromHex(validator.mlDsa87);
      invariant(ed25519 !== undefined && mlDsa87 !== undefined, 'a checked genesis has keys in hex');
      return { ed25519, mlDsa87 };
    }),
    verify: (item) => verifier.verifySync(item),
    mac: await loadMac(),
  };
  const me: HandshakeSelf = {
    id: self,
    ed25519: await createSigner('ed25519', identity.ed25519.secretKey),
    mlDsa87: await createSigner('ml-dsa-87', identity.mlDsa87.secretKey),
  };
  const library = options.server === 'ws' ? undefined : await loadUws();
  if (library === undefined && options.server !== 'ws')
    options.warn?.(
      'uWebSockets.js has no binary for this platform and Node version; the slower ws library serves',
    );
  return new NetTransport(options, context, me, library);
}

interface Peer {
  readonly id: ReplicaId;
  channel: Channel | undefined;
  dialler: Dialler | undefined;
  blocked: boolean;
}

class NetTransport implements SocketTransport {
  port = 0;
  private readonly options: TransportOptions;
  private readonly context: HandshakeContext;
  private readonly me: HandshakeSelf;
  private readonly routes = new Routes();
  private readonly admission = new Admission();
  private readonly server: Server;
  private readonly peers: Peer[];
  private readonly traffic: Traffic = { framesIn: 0, framesOut: 0, bytesIn: 0, bytesOut: 0 };
  private readonly builder = new FrameBuilder();
  private readonly decode = createFrameDecoder(PEER_FRAME_LIMITS);
  private readonly clients: ClientDoor;
  private readonly maxBacklogBytes: number;
  private handlers: TransportHandlers | undefined;
  private scheduled = false;
  private stopped = false;
  private dropped = 0;
  private reconnects = 0;

  constructor(
    options: TransportOptions,
    context: HandshakeContext,
    me: HandshakeSelf,
    library: Awaited<ReturnType<typeof loadUws>>,
  ) {
    this.options = options;
    this.context = context;
    this.me = me;
    this.maxBacklogBytes = options.maxPeerBacklogBytes ?? MAX_PEER_BACKLOG_BYTES;
    this.peers = context.validators.map((_, id) => ({
      id,
      channel: undefined,
      dialler: undefined,
      blocked: false,
    }));
    this.clients = new ClientDoor({
      traffic: this.traffic,
      dirty: () => this.dirty(),
      frame: (session, items) => this.handlers?.clientFrame(session, items),
      down: (session) => this.handlers?.clientDown(session),
      rejected: (code, remote) => this.reject(code, undefined, remote),
    });
    const serverOptions = {
      ...options.listen,
      maxMessageBytes: {
        peer: options.chain.genesis.parameters.maxMessageBytes,
        client: MAX_CLIENT_FRAME_BYTES,
      },
      maxBacklogBytes: { peer: 2 * MAX_PEER_BACKLOG_BYTES, client: 2 * MAX_CLIENT_BACKLOG_BYTES },
    };
    const accept = (socket: Socket, door: Door) => this.accept(socket, door);
    this.server =
      library === undefined
        ? new WsServer(serverOptions, accept, this.routes)
        : new UwsServer(library, serverOptions, accept, this.routes);
  }

  async start(handlers: TransportHandlers): Promise<void> {
    this.handlers = handlers;
    this.port = await this.server.listen();
    for (const { id, url } of this.options.peers) {
      const peer = this.peers[id];
      invariant(peer !== undefined, `peer ${id} is one of the set`);
      if (id < this.options.self) peer.dialler = this.dialler(peer, url);
    }
    for (const peer of this.peers) if (!peer.blocked) peer.dialler?.start();
  }

  send(to: ReplicaId, item: Item): void {
    const peer = this.peers[to];
    if (peer === undefined || to === this.options.self) return;
    this.push(peer, item);
  }

  broadcast(item: Item): void {
    for (const peer of this.peers) if (peer.id !== this.options.self) this.push(peer, item);
  }

  flush(): void {
    for (const { channel } of this.peers) {
      if (channel !== undefined && !channel.flush(this.builder)) channel.socket.close();
    }
    this.clients.flush(this.builder);
    this.builder.clear();
  }

  route(path: string, handler: HttpRoute): void {
    this.routes.add(path, handler);
  }

  setBlocked(id: ReplicaId, blocked: boolean): void {
    const peer = this.peers[id];
    if (peer === undefined || peer.blocked === blocked) return;
    peer.blocked = blocked;
    if (!blocked) peer.dialler?.start();
    else {
      const { channel } = peer;
      this.lost(peer, channel);
      peer.dialler?.stop();
      channel?.socket.close();
    }
  }

  stats(): TransportStats {
    return {
      ...this.traffic,
      dropped: this.dropped,
      reconnects: this.reconnects,
      clients: this.clients.sessions.size,
      peers: this.peers.map((peer) => peer.channel?.backlog() ?? -1),
      server: this.server.name,
    };
  }

  async stop(): Promise<void> {
    if (this.stopped) return;
    this.stopped = true;
    this.admission.stop();
    for (const peer of this.peers) {
      peer.dialler?.stop();
      peer.channel?.socket.close();
      peer.channel = undefined;
    }
    this.clients.closeAll();
    await this.server.close();
  }

  private push(peer: Peer, item: Item): void {
    if (peer.channel?.push(item, this.maxBacklogBytes)) this.dirty();
    else this.dropped++;
  }

  /** One flush at the end of the turn, unless somebody flushes before. */
  private dirty(): void {
    if (this.scheduled) return;
    this.scheduled = true;
    setImmediate(() => {
      this.scheduled = false;
      if (!this.stopped) this.flush();
    });
  }

  private reject(code: RejectionCode, peer: ReplicaId | undefined, remote: string): void {
    if (!this.stopped) this.handlers?.rejected(code, peer, remote);
  }

  private accept(socket: Socket, door: Door): SocketListener | undefined {
    if (this.stopped) return undefined;
    const options = {
      context: this.context,
      self: this.me,
      admission: this.admission,
      wanted: (id: ReplicaId) => this.wanted(id),
      connected: (s: Socket, session: Session, id: ReplicaId | undefined) =>
        id === undefined ? this.clients.admit(s, session) : this.accepted(id, s, session),
      rejected: (code: RejectionCode, remote: string) => this.reject(code, undefined, remote),
    };
    return AcceptedConnection.admit(options, socket, door);
  }

  /** Only those with a higher id dial us. */
  private wanted(id: ReplicaId): boolean {
    return id > this.options.self && this.peers[id]?.blocked === false && !this.stopped;
  }

  private accepted(id: ReplicaId, socket: Socket, session: Session): SocketListener | undefined {
    return this.wanted(id) ? this.connected(this.peers[id]!, socket, session) : undefined;
  }

  private dialler(peer: Peer, url: string): Dialler {
    return new Dialler({
      peer: peer.id,
      url,
      maxFrameBytes: this.options.chain.genesis.parameters.maxMessageBytes,
      context: this.context,
      self: this.me,
      connected: (socket, session) => this.connected(peer, socket, session),
      rejected: (code) => this.reject(code, peer.id, url),
      retried: () => {
        this.reconnects++;
      },
    });
  }

  /** A peer proved who it is. An older connection of its is a leftover, of a restart or of a broken path. */
  private connected(peer: Peer, socket: Socket, session: Session): SocketListener {
    const channel = new Channel(
      socket,
      session,
      this.options.chain.genesis.parameters.maxMessageBytes,
      this.traffic,
    );
    const old = peer.channel;
    this.lost(peer, old);
    old?.socket.close();
    peer.channel = channel;
    this.handlers?.peerUp(peer.id);
    return {
      message: (data) => this.message(peer, channel, data),
      closed: () => this.lost(peer, channel),
    };
  }

  private lost(peer: Peer, channel: Channel | undefined): void {
    if (channel === undefined || peer.channel !== channel) return;
    peer.channel = undefined;
    if (!this.stopped) this.handlers?.peerDown(peer.id);
  }

  private message(peer: Peer, channel: Channel, data: Uint8Array): void {
    if (peer.channel !== channel) return;
    const payload = channel.open(data);
    if (payload === undefined) {
      // The byte stream was tampered with; the two counters never meet again.
      this.reject('frame-mac', peer.id, channel.socket.remote);
      channel.socket.close();
      return;
    }
    const items = this.decode(payload);
    // A validator that sends garbage is counted, not cut off: its votes may still be good.
    if (typeof items === 'string') this.reject(items, peer.id, channel.socket.remote);
    else this.handlers?.peerFrame(peer.id, items);
  }
}
