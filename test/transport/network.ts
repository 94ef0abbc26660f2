/** Transports over loopback for the tests, and a hand-driven connection to throw things at them. */

import { randomInt } from 'node:crypto';
import { createServer } from 'node:net';
import { WebSocket } from 'ws';
import { toHex } from '../../src/core/bytes.ts';
import type { RejectionCode } from '../../src/core/errors.ts';
import type { Chain, Genesis } from '../../src/core/genesis.ts';
import { chainOf } from '../../src/crypto/chain.ts';
import type { EncryptionWish } from '../../src/crypto/encryption.ts';
import { type HandshakeContext, type HandshakeSelf, Initiator } from '../../src/crypto/handshake.ts';
import { handshakeSelf as selfOf } from '../../src/crypto/handshake-self.ts';
import { createHasher } from '../../src/crypto/hash.ts';
import { generateIdentity, type Identity } from '../../src/crypto/keys.ts';
import { createSession, loadMac, type Session } from '../../src/crypto/session.ts';
import { createVerifier } from '../../src/crypto/verifier.ts';
import type { ClientSession, TransportHandlers } from '../../src/transport/interface.ts';
import {
  createTransport,
  type SocketTransport,
  type TransportOptions,
} from '../../src/transport/transport.ts';

export const verifier = await createVerifier({ threads: 0 });

export interface World {
  readonly chain: Chain;
  readonly identities: readonly Identity[];
  readonly context: HandshakeContext;
}

export async function createWorld(n: number, name = 'test'): Promise<World> {
  const identities = await Promise.all(Array.from({ length: n }, () => generateIdentity()));
  return worldOf(identities, name);
}

/** The same keys under another genesis are another chain. */
export async function worldOf(identities: readonly Identity[], name: string): Promise<World> {
  const genesis: Genesis = {
    version: 1,
    chain: name,
    createdMs: 0,
    protocol: 'pbft',
    byzantine: true,
    auth: 'ed25519',
    hash: 'blake3',
    parameters: {
      checkpointInterval: 128,
      window: 256,
      maxBatchTransactions: 1000,
      maxBatchBytes: 1 << 20,
      maxTransactionBytes: 64 << 10,
      maxMessageBytes: 32 << 20,
      fastPath: true,
      viewChangeTimeoutMs: 500,
      viewChangeTimeoutMaxMs: 10_000,
      viewChangeTimeoutGrowth: 2,
      clockDriftMs: 5000,
    },
    app: { name: 'kv', params: {} },
    validators: identities.map((identity, i) => ({
      name: `v${i}`,
      ed25519: toHex(identity.ed25519.publicKey),
      mlDsa87: toHex(identity.mlDsa87.publicKey),
    })),
  };
  const chain = chainOf(genesis, await createHasher('blake3'));
  const context: HandshakeContext = {
    chainId: chain.id,
    validators: identities.map((i) => ({ ed25519: i.ed25519.publicKey, mlDsa87: i.mlDsa87.publicKey })),
    verify: (item) => verifier.verifySync(item),
    mac: await loadMac(),
  };
  return { chain, identities, context };
}

export function handshakeSelf(
  world: World,
  id: number,
  identity = world.identities[id]!,
): Promise<HandshakeSelf> {
  return selfOf(id, identity);
}

/**
 * Ports that were free a moment ago. At random and below the range that systems give to outgoing connections, so
 * that tests that run side by side do not meet, and a port is still free when a node comes back to it.
 */
export async function freePorts(count: number): Promise<number[]> {
  const ports: number[] = [];
  while (ports.length < count) {
    const port = randomInt(12_000, 32_000);
    if (!ports.includes(port) && (await isFree(port))) ports.push(port);
  }
  return ports;
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once('error', () => resolve(false));
    probe.listen({ port, host: '127.0.0.1', exclusive: true }, () => probe.close(() => resolve(true)));
  });
}

/** What a node was told, in order. */
export class Recorder implements TransportHandlers {
  readonly frames: { from: number; items: readonly unknown[] }[] = [];
  readonly clientFrames: { session: ClientSession; items: readonly unknown[] }[] = [];
  readonly up = new Set<number>();
  readonly events: string[] = [];
  readonly rejections: { code: RejectionCode; peer: number | undefined }[] = [];
  readonly clientsDown: ClientSession[] = [];
  onPeerFrame: ((from: number, items: readonly unknown[]) => void) | undefined;
  onClientFrame: ((session: ClientSession, items: readonly unknown[]) => void) | undefined;

  peerFrame(from: number, items: readonly unknown[]): void {
    this.frames.push({ from, items });
    this.onPeerFrame?.(from, items);
  }
  peerUp(peer: number): void {
    this.up.add(peer);
    this.events.push(`up ${peer}`);
  }
  peerDown(peer: number): void {
    this.up.delete(peer);
    this.events.push(`down ${peer}`);
  }
  clientFrame(session: ClientSession, items: readonly unknown[]): void {
    this.clientFrames.push({ session, items });
    this.onClientFrame?.(session, items);
  }
  clientDown(session: ClientSession): void {
    this.clientsDown.push(session);
  }
  rejected(code: RejectionCode, peer: number | undefined): void {
    this.rejections.push({ code, peer });
  }

  codes(): RejectionCode[] {
    return this.rejections.map((r) => r.code);
  }

  /** All items that came from a peer. */
  itemsFrom(peer: number): unknown[] {
    return this.frames.filter((f) => f.from === peer).flatMap((f) => [...f.items]);
  }
}

export interface Node {
  readonly transport: SocketTransport;
  readonly seen: Recorder;
  readonly url: string;
}

export type Kind = NonNullable<TransportOptions['server']>;

export async function startNode(
  world: World,
  self: number,
  ports: readonly number[],
  kind: Kind,
  more: Partial<TransportOptions> = {},
): Promise<Node> {
  const transport = await createTransport({
    self,
    listen: { host: '127.0.0.1', port: ports[self]! },
    peers: ports
      .map((port, id) => ({ id, url: `ws://127.0.0.1:${port}` }))
      .filter((peer) => peer.id !== self),
    chain: world.chain,
    identity: world.identities[self]!,
    verifier,
    server: kind,
    ...more,
  });
  const seen = new Recorder();
  await transport.start(seen);
  return { transport, seen, url: `ws://127.0.0.1:${transport.port}` };
}

export async function startAll(
  world: World,
  kind: Kind,
  more: Partial<TransportOptions> = {},
): Promise<Node[]> {
  const ports = await freePorts(world.identities.length);
  const nodes = await Promise.all(world.identities.map((_, id) => startNode(world, id, ports, kind, more)));
  await until(() => nodes.every((node) => node.seen.up.size === nodes.length - 1));
  return nodes;
}

export async function stopAll(nodes: readonly Node[]): Promise<void> {
  await Promise.all(nodes.map((node) => node.transport.stop()));
}

/** Waits for a condition; fails by itself after ten seconds. */
export async function until(condition: () => boolean, what = 'the condition'): Promise<void> {
  const end = performance.now() + 10_000;
  while (!condition()) {
    if (performance.now() > end) throw new Error(`${what} did not come true within ten seconds`);
    await new Promise((resolve) => setTimeout(resolve, 2));
  }
}

export function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

/** A WebSocket that keeps what it got. */
export class RawConnection {
  readonly ws: WebSocket;
  readonly received: Uint8Array[] = [];
  closed = false;

  private constructor(ws: WebSocket) {
    this.ws = ws;
    ws.on('message', (data: Buffer) => this.received.push(Uint8Array.from(data)));
    ws.on('error', () => undefined);
    ws.on('close', () => {
      this.closed = true;
    });
  }

  static async open(url: string): Promise<RawConnection> {
    const connection = new RawConnection(new WebSocket(url, { perMessageDeflate: false }));
    await until(() => connection.ws.readyState === WebSocket.OPEN || connection.closed, `opening ${url}`);
    return connection;
  }

  async next(): Promise<Uint8Array> {
    await until(() => this.received.length > 0 || this.closed, 'a message or the end');
    const message = this.received.shift();
    if (message === undefined) throw new Error('closed without a message');
    return message;
  }

  /** The reply to a hello that was sent, once a cookie was given where one is asked for. */
  async reply(initiator: Initiator): Promise<Uint8Array> {
    const first = await this.next();
    const again = initiator.again(first);
    if (again === undefined) return first;
    this.ws.send(again);
    return this.next();
  }

  /** The initiator's half by hand. */
  async handshake(
    context: HandshakeContext,
    self: HandshakeSelf | undefined,
    to: number | undefined,
    wish: EncryptionWish = 'unasked',
  ): Promise<Session> {
    const initiator = new Initiator(context, self, to, wish);
    this.ws.send(initiator.hello);
    const result = initiator.finish(await this.reply(initiator));
    if (typeof result === 'string') throw new Error(result);
    this.ws.send(result.message);
    return createSession(context.mac, result.keys);
  }
}
