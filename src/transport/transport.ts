/**
 * The transport over real sockets: one port for validators, clients and HTTP. The validator with the higher id dials
 * the one with the lower, and both use that one connection both ways.
 */

import { invariant } from '../core/assert.ts';
import { fromHex } from '../core/bytes.ts';
import type { RejectionCode } from '../core/errors.ts';
import type { Chain } from '../core/genesis.ts';
import type { ReplicaId } from '../core/ids.ts';
import {
  HANDSHAKE_TIMEOUT_MS,
  KEY_AGREEMENT_MS,
  KEY_LIFETIME_MS,
  MAX_CLIENT_BACKLOG_BYTES,
  MAX_CLIENT_CONNECTIONS,
  MAX_CLIENT_FRAME_BYTES,
  MAX_PEER_BACKLOG_BYTES,
} from '../core/limits.ts';
import type { MemberId } from '../core/membership.ts';
import { NO_STOPWATCH, type Stopwatch } from '../core/stopwatch.ts';
import { Cookies } from '../crypto/cookies.ts';
import { type EncryptionSetting, hostOf, wishFor } from '../crypto/encryption.ts';
import type { HandshakeContext, HandshakeIdentity, HandshakeSelf } from '../crypto/handshake.ts';
import { handshakeSelf } from '../crypto/handshake-self.ts';
import type { Verifier } from '../crypto/interface.ts';
import type { Identity } from '../crypto/keys.ts';
import { loadMac, type Session } from '../crypto/session.ts';
import { AcceptedConnection, type HandshakeCounts } from './accepted.ts';
import { Admission } from './admission.ts';
import { type Ban, Bans } from './bans.ts';
import { FrameBuilder, type Traffic } from './channel.ts';
import { ClientDoor } from './client-door.ts';
import { Routes } from './http.ts';
import type { HttpRoute, Item, PeerInfo, Transport, TransportHandlers, TransportStats } from './interface.ts';
import { NOBODY_YET, PeerDoor } from './peer-door.ts';
import type { Door, Server, Socket, SocketListener } from './socket.ts';
import { loadUws, type UwsLibrary, UwsServer } from './uws-server.ts';
import { WsServer } from './ws-server.ts';

export interface TransportOptions {
  /** Our number: our place in the genesis, until `setPeers` says otherwise. Undefined: nobody yet. */
  readonly self: MemberId | undefined;
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
  readonly verifier: Pick<Verifier, 'verifySync' | 'share'>;
  /** Default `auto`, by these hosts of ours beside the one that we listen on. */
  readonly encryption?: EncryptionSetting;
  readonly hosts?: readonly string[];
  /** Whether bulk is compressed between us and those who say so too. Default false. */
  readonly compression?: boolean;
  /** Default `auto`: uWebSockets.js where it loads, `ws` elsewhere. */
  readonly server?: 'auto' | 'uWebSockets.js' | 'ws';
  /** Told once, at the start, where the slower server had to be taken. */
  readonly warn?: (message: string) => void;
  /** Most bytes that wait for one peer. Default and most: `MAX_PEER_BACKLOG_BYTES`. */
  readonly maxPeerBacklogBytes?: number;
  /** Time for a handshake, ms. Default `HANDSHAKE_TIMEOUT_MS`. */
  readonly handshakeTimeoutMs?: number;
  /** Most clients at once. Default `MAX_CLIENT_CONNECTIONS`. */
  readonly maxClients?: number;
  /** Test switch: frames for these peers leave so much later, ms by id; what is not there leaves at once. */
  readonly sendDelaysMs?: readonly (number | undefined)[];
  /** How long a key for what we send is in use, ms. Default `KEY_LIFETIME_MS`. */
  readonly keyLifetimeMs?: number;
  /** Time between two key agreements with a peer, ms. Default `KEY_AGREEMENT_MS`. */
  readonly keyAgreementMs?: number;
  /** Told what sending and receiving take. Default: nobody is. */
  readonly stopwatch?: Stopwatch;
}

export interface SocketTransport extends Transport {
  /** The port that it listens on; 0 before `start` has resolved. */
  readonly port: number;
  /** Addresses of strangers that are refused at accept. */
  bans(): readonly Ban[];
  /** Validators that have no more than the floor of bandwidth from now on. */
  setThrottled(ids: readonly ReplicaId[]): void;
}

/** Sessions change their keys in so many turns, so that those of thousands of clients do not at once. */
const RENEWAL_TURNS = 64;

/** Loads keys and libraries; nothing listens before `start`. Throws `bad-key`, `bad-genesis`. */
export async function createTransport(options: TransportOptions): Promise<SocketTransport> {
  const { chain, identity, self, verifier } = options;
  const context: MutableContext = {
    chainId: chain.id,
    validators: chain.genesis.validators.map(identityOf),
    verify: (item) => verifier.verifySync(item),
    mac: await loadMac(),
  };
  const me = await handshakeSelf(self ?? NOBODY_YET, identity);
  const library = options.server === 'ws' ? undefined : await loadUws();
  if (library === undefined && options.server !== 'ws')
    options.warn?.(
      'uWebSockets.js has no binary for this platform and Node version; the slower ws library serves',
    );
  return new NetTransport(options, context, me, library);
}

/** The handshakes' view of who is who, which changes with the validator set. */
interface MutableContext extends HandshakeContext {
  validators: (HandshakeIdentity | undefined)[];
}

function identityOf(validator: { readonly ed25519: string; readonly mlDsa87: string }): HandshakeIdentity {
  const ed25519 = fromHex(validator.ed25519);
  const mlDsa87 = fromHex(validator.mlDsa87);
  invariant(ed25519 !== undefined && mlDsa87 !== undefined, 'a checked set has keys in hex');
  return { ed25519, mlDsa87 };
}

class NetTransport implements SocketTransport {
  port = 0;
  private readonly options: TransportOptions;
  private readonly context: MutableContext;
  private me: HandshakeSelf;
  private started = false;
  private known: readonly PeerInfo[] | undefined;
  private readonly routes = new Routes();
  private readonly admission: Admission;
  private readonly cookies: Cookies;
  private readonly banned = new Bans();
  private refusedAtDoor = 0;
  private readonly handshakes: HandshakeCounts = { cookies: 0, answered: 0, completed: 0 };
  private readonly server: Server;
  private readonly traffic: Traffic = { framesIn: 0, framesOut: 0, bytesIn: 0, bytesOut: 0 };
  private readonly builder = new FrameBuilder();
  private readonly peers: PeerDoor;
  private readonly clients: ClientDoor;
  private readonly timeoutMs: number;
  private readonly stopwatch: Stopwatch;
  private handlers: TransportHandlers | undefined;
  private renewal: NodeJS.Timeout | undefined;
  private scheduled: NodeJS.Immediate | undefined;
  private stopped = false;
  private readonly endOfTurn = () => {
    this.scheduled = undefined;
    if (!this.stopped) this.flush();
  };

  constructor(
    options: TransportOptions,
    context: MutableContext,
    me: HandshakeSelf,
    library: UwsLibrary | undefined,
  ) {
    this.options = options;
    this.context = context;
    this.me = me;
    this.admission = new Admission(context.validators.length);
    this.cookies = new Cookies(context.mac);
    for (const { id, url } of options.peers) this.banned.trust(id, hostOf(url));
    this.timeoutMs = options.handshakeTimeoutMs ?? HANDSHAKE_TIMEOUT_MS;
    this.stopwatch = options.stopwatch ?? NO_STOPWATCH;
    const { traffic, stopwatch } = this;
    const dirty = () => this.dirty();
    const maxFrameBytes = options.chain.genesis.parameters.maxMessageBytes;
    this.peers = new PeerDoor({
      context,
      wish: (url) => this.wish(hostOf(url)),
      self: () => this.me,
      traffic,
      timeoutMs: this.timeoutMs,
      maxFrameBytes,
      maxBacklogBytes: options.maxPeerBacklogBytes ?? MAX_PEER_BACKLOG_BYTES,
      stopwatch,
      compression: options.compression ?? false,
      keyAgreementMs: options.keyAgreementMs ?? KEY_AGREEMENT_MS,
      delayMs: (to) => options.sendDelaysMs?.[to] ?? 0,
      share: (bytes) => options.verifier.share?.(bytes),
      dirty,
      frame: (from, items) => this.handlers?.peerFrame(from, items),
      up: (peer, replaced) => this.handlers?.peerUp(peer, replaced),
      down: (peer) => this.handlers?.peerDown(peer),
      rejected: (code, peer, remote) => this.reject(code, peer, remote),
    });
    this.clients = new ClientDoor({
      traffic,
      maxClients: options.maxClients ?? MAX_CLIENT_CONNECTIONS,
      stopwatch,
      dirty,
      frame: (session, items) => this.handlers?.clientFrame(session, items),
      down: (session) => this.handlers?.clientDown(session),
      rejected: (code, remote) => this.reject(code, undefined, remote),
    });
    const serverOptions = {
      ...options.listen,
      maxMessageBytes: { peer: maxFrameBytes, client: MAX_CLIENT_FRAME_BYTES },
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
    this.started = true;
    let turn = 0;
    this.renewal = setInterval(
      () => {
        turn = (turn + 1) % RENEWAL_TURNS;
        this.peers.renewKeys(turn, RENEWAL_TURNS);
        this.clients.renewKeys(turn, RENEWAL_TURNS);
      },
      (this.options.keyLifetimeMs ?? KEY_LIFETIME_MS) / RENEWAL_TURNS,
    );
    this.renewal.unref();
    this.peers.setPeers(this.known ?? this.genesisPeers());
  }

  setPeers(self: MemberId | undefined, peers: readonly PeerInfo[]): void {
    this.known = peers;
    if ((self ?? NOBODY_YET) !== this.me.id) this.me = { ...this.me, id: self ?? NOBODY_YET };
    const validators: (HandshakeIdentity | undefined)[] = [];
    this.banned.only(peers.map(({ id }) => id));
    if (peers.some(({ id }) => this.context.validators[id] === undefined)) this.banned.lift();
    for (const peer of peers) {
      validators[peer.id] = identityOf(peer);
      if (peer.url !== '') this.banned.trust(peer.id, hostOf(peer.url));
    }
    this.context.validators = validators;
    if (this.started && !this.stopped) this.peers.setPeers(peers);
  }

  /** All of the genesis are let in; those whose address we are given are dialled. */
  private genesisPeers(): PeerInfo[] {
    const urls = new Map(this.options.peers.map(({ id, url }) => [id, url]));
    return this.options.chain.genesis.validators.map(({ ed25519, mlDsa87 }, id) => ({
      id,
      ed25519,
      mlDsa87,
      url: urls.get(id) ?? '',
    }));
  }

  send(to: ReplicaId, item: Item): void {
    this.peers.send(to, item);
  }

  sendBulk(to: ReplicaId, item: Item): void {
    this.peers.sendBulk(to, item);
  }

  broadcast(item: Item): void {
    this.peers.broadcast(item);
  }

  flush(): void {
    // One that is left over would have the event loop poll once more for nothing.
    if (this.scheduled !== undefined) clearImmediate(this.scheduled);
    this.scheduled = undefined;
    this.stopwatch.enter('socket');
    this.peers.flush(this.builder);
    this.clients.flush(this.builder);
    this.builder.clear();
    this.stopwatch.leave();
  }

  route(path: string, handler: HttpRoute): void {
    this.routes.add(path, handler);
  }

  setBlocked(peer: ReplicaId, blocked: boolean): void {
    this.peers.setBlocked(peer, blocked);
  }

  stats(): TransportStats {
    return {
      ...this.traffic,
      dropped: this.peers.dropped,
      reconnects: this.peers.reconnects,
      clients: this.clients.sessions.size,
      peers: this.peers.backlogs(),
      encrypted: this.peers.encrypted(),
      handshakes: { ...this.handshakes },
      keyAgreements: this.peers.agreements,
      server: this.server.name,
      deferred: this.peers.deferred,
      refusedAtDoor: this.refusedAtDoor,
    };
  }

  async stop(): Promise<void> {
    if (this.stopped) return;
    // What was said in this turn still leaves: a reply, or a last vote.
    this.flush();
    this.stopped = true;
    clearInterval(this.renewal);
    this.admission.stop();
    this.peers.stop();
    this.clients.closeAll();
    await this.server.close();
  }

  /** One flush at the end of the turn, unless somebody flushes before. */
  private dirty(): void {
    this.scheduled ??= setImmediate(this.endOfTurn);
  }

  private reject(code: RejectionCode, peer: ReplicaId | undefined, remote: string): void {
    if (!this.stopped) this.handlers?.rejected(code, peer, remote);
  }

  /** Whoever proves to be a validator lends its address some trust. */
  private validator(id: ReplicaId, socket: Socket, session: Session): SocketListener | undefined {
    this.banned.trust(id, socket.remote);
    return this.peers.admit(id, socket, session);
  }

  private wish(host: string) {
    const { encryption = 'auto', hosts = [], listen } = this.options;
    return wishFor(encryption, [listen.host, ...hosts], host);
  }

  bans(): Ban[] {
    return this.banned.list();
  }

  setThrottled(ids: readonly ReplicaId[]): void {
    this.peers.setThrottled(ids);
  }

  private accept(socket: Socket, door: Door): SocketListener | undefined {
    if (this.stopped) return undefined;
    if (this.banned.banned(socket.remote)) {
      this.refusedAtDoor++;
      return undefined;
    }
    const options = {
      context: this.context,
      self: this.me,
      admission: this.admission,
      cookies: this.cookies,
      counts: this.handshakes,
      trusted: this.banned.trusts(socket.remote),
      wish: this.wish(socket.remote),
      timeoutMs: this.timeoutMs,
      wanted: (id: ReplicaId) => this.peers.wanted(id),
      connected: (s: Socket, session: Session, id: ReplicaId | undefined) =>
        id === undefined ? this.clients.admit(s, session) : this.validator(id, s, session),
      rejected: (code: RejectionCode, remote: string) => {
        this.banned.strike(remote, code);
        this.reject(code, undefined, remote);
      },
    };
    return AcceptedConnection.admit(options, socket, door);
  }
}
