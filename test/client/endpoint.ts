/**
 * Validators' client doors without consensus: real sockets, handshakes, frames, transactions and application, and one
 * order that all of them share because they live in one process. What each of them says can be bent.
 */

import type { StateMachine } from '../../src/apps/interface.ts';
import { KeyValueStore } from '../../src/apps/kv.ts';
import { freePorts } from '../../src/cli/free-ports.ts';
import { type ClientReply, decodeClientRequest, encodeClientReply } from '../../src/codec/client-messages.ts';
import { parseTransaction } from '../../src/codec/transaction.ts';
import type { Digest } from '../../src/core/ids.ts';
import { createHasher, type Hasher } from '../../src/crypto/hash.ts';
import type { ClientSession } from '../../src/transport/interface.ts';
import { createTransport, type SocketTransport } from '../../src/transport/transport.ts';
import { createWorld, verifier, type World } from '../transport/network.ts';

/** Changes, multiplies or swallows what validator `id` would have answered. */
export type Bend = (reply: ClientReply, id: number) => readonly ClientReply[];

export class Endpoints {
  readonly world: World;
  /** Transactions as they were executed, and how often each validator was sent each. */
  readonly executed: { readonly digest: Digest; readonly nonce: number; readonly kind: string }[] = [];
  readonly received: Map<Digest, number>[];
  bend: Bend = (reply) => [reply];
  private readonly hasher: Hasher;
  private readonly app: StateMachine;
  private readonly results = new Map<Digest, { sequence: number; result: Uint8Array }>();
  private readonly transports: (SocketTransport | undefined)[];
  private readonly ports: number[];
  sequence = 0;

  private constructor(world: World, hasher: Hasher, ports: number[]) {
    this.world = world;
    this.ports = ports;
    this.hasher = hasher;
    this.app = new KeyValueStore({}, hasher);
    this.transports = world.identities.map(() => undefined);
    this.received = world.identities.map(() => new Map());
  }

  static async start(n = 4): Promise<Endpoints> {
    // Known beforehand: a port that the system chose cannot be had again for a while.
    const ports = await freePorts(n);
    const endpoints = new Endpoints(await createWorld(n), await createHasher('blake3'), ports);
    await Promise.all(Array.from({ length: n }, (_, id) => endpoints.up(id)));
    return endpoints;
  }

  /** Frames that a validator has got from clients. */
  framesIn(id: number): number {
    return this.transports[id]!.stats().framesIn;
  }

  get urls(): string[] {
    return this.ports.map((port) => `ws://127.0.0.1:${port}`);
  }

  /** Starts one validator, on the port that it had. */
  async up(id: number): Promise<void> {
    const transport = await createTransport({
      self: id,
      listen: { host: '127.0.0.1', port: this.ports[id]! },
      peers: [],
      chain: this.world.chain,
      identity: this.world.identities[id]!,
      verifier,
    });
    await transport.start({
      peerFrame: () => {},
      peerUp: () => {},
      peerDown: () => {},
      clientDown: () => {},
      rejected: () => {},
      clientFrame: (session, items) => {
        for (const item of items) this.request(id, session, item);
      },
    });
    this.transports[id] = transport;
  }

  async down(id: number): Promise<void> {
    await this.transports[id]?.stop();
    this.transports[id] = undefined;
  }

  async stop(): Promise<void> {
    await Promise.all(this.transports.map((_, id) => this.down(id)));
  }

  private request(id: number, session: ClientSession, item: unknown): void {
    const request = decodeClientRequest(item, this.world.chain.genesis.parameters);
    if (typeof request === 'string') throw new Error(`the client sent what is refused: ${request}`);
    // The set stays that of the genesis.
    if (request.kind === 'epochs') return;
    const { requestId } = request.kind === 'submit' ? { requestId: 0 } : request;
    let reply: ClientReply;
    if (request.kind === 'submit') reply = this.submit(id, request.transaction);
    else if (request.kind === 'query') {
      reply = { kind: 'answer', requestId, sequence: this.sequence, result: this.app.query(request.payload) };
    } else reply = { kind: 'status', requestId, json: JSON.stringify({ self: id, sequence: this.sequence }) };
    for (const bent of this.bend(reply, id)) session.send(encodeClientReply(bent));
  }

  private submit(id: number, bytes: Uint8Array): ClientReply {
    const digest = this.hasher.hex('transaction', bytes);
    const received = this.received[id]!;
    received.set(digest, (received.get(digest) ?? 0) + 1);
    let known = this.results.get(digest);
    if (known === undefined) {
      const parsed = parseTransaction(bytes, this.world.chain.genesis.parameters.maxTransactionBytes);
      if (typeof parsed === 'string') throw new Error(parsed);
      const client = this.hasher.hex('client', Uint8Array.of(1), parsed.publicKey);
      const sequence = ++this.sequence;
      const command = { client, payload: parsed.payload, readOnly: parsed.kind === 'read' };
      const [result] = this.app.execute({ sequence, timeMs: 0 }, [command]);
      known = { sequence, result: result! };
      this.results.set(digest, known);
      this.executed.push({ digest, nonce: parsed.nonce, kind: parsed.kind });
    }
    return { kind: 'reply', transaction: digest, epoch: 0, ...known };
  }
}
