/** What the driver needs of the network. Sockets in production; a seeded twin in the simulator. */

import type { RejectionCode } from '../core/errors.ts';
import type { ReplicaId } from '../core/ids.ts';
import type { MemberId } from '../core/membership.ts';

/**
 * An item is one msgpack value: an encoded message. A frame is `[version, item, item, …]` under the session's
 * MAC; the transport makes one frame per peer per turn of the event loop from whatever was queued.
 */
export type Item = Uint8Array;

/** One client's connection. Everything sent on it is authenticated by the session's key. */
export interface ClientSession {
  /** Unique while the process lives. */
  readonly id: number;
  readonly remote: string;
  /** Queues an item for this turn's frame. Returns false where the client does not read and was cut off. */
  send(item: Item): boolean;
  close(): void;
  /** False once the connection is gone. */
  readonly open: boolean;
}

export interface TransportHandlers {
  /** Decoded items of one frame of a peer whose identity the handshake proved. Called once per frame. */
  peerFrame(from: ReplicaId, items: readonly unknown[]): void;
  /** `replaced`: an older connection of the same peer stood until now, and had to give way. */
  peerUp(peer: ReplicaId, replaced?: boolean): void;
  peerDown(peer: ReplicaId): void;
  clientFrame(session: ClientSession, items: readonly unknown[]): void;
  clientDown(session: ClientSession): void;
  /** Something arrived that was not taken; `peer` where the handshake told who it is. */
  rejected(code: RejectionCode, peer: ReplicaId | undefined, remote: string): void;
}

/** What an HTTP route of the same server answers. */
export interface HttpReply {
  readonly status: number;
  readonly contentType: string;
  readonly body: string;
}

export type HttpRoute = (query: URLSearchParams) => HttpReply | Promise<HttpReply>;

export interface TransportStats {
  framesIn: number;
  framesOut: number;
  bytesIn: number;
  bytesOut: number;
  /** Items dropped because a peer's queue was full or it was not connected. */
  dropped: number;
  reconnects: number;
  clients: number;
  /** Bytes queued per peer, by id; −1 where it is not connected. */
  peers: number[];
  /** Whether what is said to each is encrypted, by id. */
  encrypted?: boolean[];
  /** Fresh key agreements with peers, in sessions that stood. */
  keyAgreements?: number;
  /** Of those who came: how often a cookie was asked for, hellos that were answered at a cost, and how many were completed. */
  handshakes?: { readonly cookies: number; readonly answered: number; readonly completed: number };
  /** Which library accepts: `uWebSockets.js` or `ws`. */
  server: string;
  /** Frames of validators that waited, since they said more than their allowance. */
  deferred?: number;
  /** Connections of banned addresses that were refused at accept. */
  refusedAtDoor?: number;
}

/** A validator as the transport knows it: by the number that never changes hands. */
export interface PeerInfo {
  readonly id: MemberId;
  /** Public keys in hex. */
  readonly ed25519: string;
  readonly mlDsa87: string;
  /** Where it listens; empty: not known to us, so that only it can dial. */
  readonly url: string;
}

export interface Transport {
  /** Listens, then dials. Rejects with code `port-taken` where the port is in use. */
  start(handlers: TransportHandlers): Promise<void>;
  /** Queues an item for one peer. Drops it, counted, where the peer is not connected or its queue is full. */
  send(to: ReplicaId, item: Item): void;
  /** The same for what is large and in no hurry; compressed where both sides are set to it. Default: `send`. */
  sendBulk?(to: ReplicaId, item: Item): void;
  /** Queues an item for all peers. */
  broadcast(item: Item): void;
  /** Sends what is queued now instead of at the end of the turn. */
  flush(): void;
  /** Adds an HTTP route (GET) to the same server; before `start`. */
  route(path: string, handler: HttpRoute): void;
  /**
   * Whom we are connected with from now on, and as whom: connections of others end, new ones are dialled or awaited.
   * `self` undefined: we are nobody yet.
   */
  setPeers(self: MemberId | undefined, peers: readonly PeerInfo[]): void;
  /** Test switch: cuts (or mends) the link to a peer, both ways, as a partition would. */
  setBlocked(peer: ReplicaId, blocked: boolean): void;
  stats(): TransportStats;
  stop(): Promise<void>;
}
