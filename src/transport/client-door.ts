/** Clients' connections: sessions of people without a name, each bounded, and all of them together. */

import { CLIENT_FRAME_LIMITS, createFrameDecoder } from '../codec/frame.ts';
import type { RejectionCode } from '../core/errors.ts';
import { MAX_CLIENT_BACKLOG_BYTES, MAX_CLIENTS_BACKLOG_BYTES, MAX_PEER_FRAME_BYTES } from '../core/limits.ts';
import { CLIENTS, type Stopwatch } from '../core/stopwatch.ts';
import { NOTHING, type Session } from '../crypto/session.ts';
import { Channel, type FrameBuilder, type Traffic } from './channel.ts';
import type { ClientSession, Item } from './interface.ts';
import type { Socket, SocketListener } from './socket.ts';

export interface ClientDoorOptions {
  readonly traffic: Traffic;
  readonly maxClients: number;
  readonly stopwatch: Stopwatch;
  /** Something waits for the end of the turn. */
  dirty(): void;
  frame(session: ClientSession, items: readonly unknown[]): void;
  down(session: ClientSession): void;
  rejected(code: RejectionCode, remote: string): void;
}

export class ClientDoor {
  readonly sessions = new Set<Client>();
  private readonly decode = createFrameDecoder(CLIENT_FRAME_LIMITS);
  private readonly options: ClientDoorOptions;
  private readonly waiting = new Set<Client>();
  private backlogBytes = 0;
  private lastId = 0;

  constructor(options: ClientDoorOptions) {
    this.options = options;
  }

  admit(socket: Socket, session: Session): SocketListener | undefined {
    if (this.sessions.size >= this.options.maxClients) {
      this.options.rejected('too-many-clients', socket.remote);
      return undefined;
    }
    const { traffic, stopwatch } = this.options;
    const channel = new Channel(socket, session, MAX_PEER_FRAME_BYTES, traffic, stopwatch);
    const client = new Client(++this.lastId, channel, this);
    this.sessions.add(client);
    return {
      message: (data) => this.message(client, data),
      closed: () => this.gone(client),
    };
  }

  /** False where the client was cut off. */
  push(client: Client, item: Item): boolean {
    // One that reads is let through even when others fill the common bound.
    const crowded = client.heldBytes > 0 && this.backlogBytes > MAX_CLIENTS_BACKLOG_BYTES;
    if (crowded || !client.channel.push(item, MAX_CLIENT_BACKLOG_BYTES)) {
      this.options.rejected('rate-limited', client.remote);
      client.close();
      return false;
    }
    this.waiting.add(client);
    this.options.dirty();
    return true;
  }

  flush(builder: FrameBuilder): void {
    for (const client of this.waiting) {
      if (!client.open) continue;
      if (!client.channel.flush(builder)) client.close();
      else this.account(client);
      this.options.stopwatch.sent(CLIENTS);
    }
    this.waiting.clear();
  }

  /** Changes the keys of the sessions whose turn it is. */
  renewKeys(turn: number, turns: number): void {
    for (const client of this.sessions)
      if (client.id % turns === turn && !client.channel.renew()) client.close();
  }

  closeAll(): void {
    for (const client of [...this.sessions]) client.close();
  }

  /** Once per client, whichever side ended it. */
  gone(client: Client): void {
    if (!this.sessions.delete(client)) return;
    client.open = false;
    client.channel.end();
    this.backlogBytes -= client.heldBytes;
    this.waiting.delete(client);
    this.options.down(client);
  }

  private account(client: Client): void {
    const held = client.channel.backlog();
    this.backlogBytes += held - client.heldBytes;
    client.heldBytes = held;
  }

  private message(client: Client, data: Uint8Array): void {
    if (!client.open) return;
    const { stopwatch } = this.options;
    stopwatch.begin('socket', CLIENTS);
    this.opened(client, data);
    stopwatch.leave();
  }

  private opened(client: Client, data: Uint8Array): void {
    const { stopwatch } = this.options;
    const payload = client.channel.open(data);
    if (payload === NOTHING) return;
    stopwatch.enter('codec');
    const items = payload === undefined ? 'frame-mac' : this.decode(payload);
    stopwatch.leave();
    stopwatch.enter('driver');
    this.handle(client, items);
    stopwatch.leave();
  }

  private handle(client: Client, items: readonly unknown[] | RejectionCode): void {
    if (typeof items !== 'string') return this.options.frame(client, items);
    // An anonymous sender of garbage has to begin again, handshake included.
    this.options.rejected(items, client.remote);
    client.close();
  }
}

export class Client implements ClientSession {
  readonly id: number;
  readonly remote: string;
  readonly channel: Channel;
  open = true;
  heldBytes = 0;
  private readonly door: ClientDoor;

  constructor(id: number, channel: Channel, door: ClientDoor) {
    this.id = id;
    this.remote = channel.socket.remote;
    this.channel = channel;
    this.door = door;
  }

  send(item: Item): boolean {
    return this.open && this.door.push(this, item);
  }

  close(): void {
    if (!this.open) return;
    this.open = false;
    this.channel.socket.close();
    this.door.gone(this);
  }
}
