/**
 * A vote-sized frame to a validator and back, between two processes on loopback: over the transport, and over its
 * two WebSocket libraries alone. The two take turns. On tiny inputs both ends live in this process.
 */

import uws from 'uWebSockets.js';
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { WebSocket } from 'ws';
import { encodeValue } from '../src/codec/value.ts';
import { toHex } from '../src/core/bytes.ts';
import type { Chain, Genesis } from '../src/core/genesis.ts';
import { createVerifier } from '../src/crypto/index.ts';
import { formatIdentity, generateIdentity, type Identity, parseIdentity } from '../src/crypto/keys.ts';
import type { TransportHandlers } from '../src/transport/interface.ts';
import { createTransport, type SocketTransport } from '../src/transport/transport.ts';
import { median, type Scale } from './harness.ts';

const TRIPS = { tiny: 5, full: 4000 };
const ROUNDS = { tiny: 1, full: 7 };
const VOTE_BYTES = 112;

export interface RoundTripRow {
  readonly name: string;
  /** Over all rounds. */
  readonly p50Us: number;
  readonly p99Us: number;
}

/** What the echoing side has to know. */
interface Order {
  readonly chain: Chain;
  readonly identities: readonly string[];
  readonly transportPort: number;
  readonly rawPort: number;
}

/** One way to send a frame; `trip` resolves when it has come back. */
interface Way {
  readonly name: string;
  readonly times: number[];
  trip(): Promise<void>;
}

const nobody: TransportHandlers = {
  peerFrame: () => undefined,
  peerUp: () => undefined,
  peerDown: () => undefined,
  clientFrame: () => undefined,
  clientDown: () => undefined,
  rejected: (code) => {
    throw new Error(`refused: ${code}`);
  },
};

async function validator(
  self: number,
  port: number,
  chain: Chain,
  identities: readonly Identity[],
  peers: readonly { readonly id: number; readonly url: string }[],
): Promise<SocketTransport> {
  const verifier = await createVerifier({ threads: 0 });
  const listen = { host: '127.0.0.1', port };
  return createTransport({ self, listen, peers, chain, identity: identities[self]!, verifier });
}

/** The far side: sends back whatever comes. */
async function echo(order: Order): Promise<() => Promise<void>> {
  const identities = order.identities.map((text) => parseIdentity(text));
  const peers = [{ id: 0, url: `ws://127.0.0.1:${order.transportPort}` }];
  const transport = await validator(1, 0, order.chain, identities, peers);
  const item = encodeValue(new Uint8Array(VOTE_BYTES));
  await transport.start({
    ...nobody,
    peerFrame: () => {
      transport.send(0, item);
      transport.flush();
    },
  });
  const ws = new WebSocket(`ws://127.0.0.1:${order.rawPort}/`, {
    perMessageDeflate: false,
    generateMask: (mask) => mask.fill(0),
  });
  ws.on('message', (data: Buffer) => ws.send(data, { binary: true }));
  return async () => {
    ws.terminate();
    await transport.stop();
  };
}

async function rawWay(): Promise<{ way: Way; port: number; close(): void }> {
  const frame = new Uint8Array(VOTE_BYTES + 20);
  let back: () => void = () => undefined;
  let send: () => void = () => undefined;
  let connected: () => void;
  const ready = new Promise<void>((resolve) => {
    connected = resolve;
  });
  const app = uws.App().ws('/*', {
    open: (ws) => {
      send = () => void ws.send(frame, true);
      connected();
    },
    message: () => back(),
  });
  const port = await new Promise<number>((resolve) => {
    app.listen('127.0.0.1', 0, (token) => resolve(token ? uws.us_socket_local_port(token) : 0));
  });
  const trip = async () => {
    await ready;
    await new Promise<void>((resolve) => {
      back = resolve;
      send();
    });
  };
  return {
    way: { name: 'uWebSockets.js and ws alone', times: [], trip },
    port,
    close: () => void app.close(),
  };
}

async function transportWay(chain: Chain, identities: readonly Identity[]) {
  const transport = await validator(0, 0, chain, identities, []);
  const item = encodeValue(new Uint8Array(VOTE_BYTES));
  let back: () => void = () => undefined;
  let connected: () => void;
  const ready = new Promise<void>((resolve) => {
    connected = resolve;
  });
  await transport.start({ ...nobody, peerFrame: () => back(), peerUp: () => connected() });
  const trip = async () => {
    await ready;
    await new Promise<void>((resolve) => {
      back = resolve;
      transport.send(1, item);
      transport.flush();
    });
  };
  const way: Way = { name: 'transport', times: [], trip };
  return { way, port: transport.port, close: () => transport.stop() };
}

function chainFor(identities: readonly Identity[]): Chain {
  const validators = identities.map(({ ed25519, mlDsa87 }, i) => ({
    name: `v${i}`,
    ed25519: toHex(ed25519.publicKey),
    mlDsa87: toHex(mlDsa87.publicKey),
  }));
  // The transport reads the keys and one limit; the rest of a genesis has no bearing here.
  const genesis = { validators, parameters: { maxMessageBytes: 1 << 20 } } as unknown as Genesis;
  const id = new Uint8Array(32).fill(1);
  return { genesis, id, idHex: toHex(id) };
}

async function far(order: Order, scale: Scale): Promise<() => Promise<void>> {
  if (scale === 'tiny') return echo(order);
  const child: ChildProcess = fork(fileURLToPath(import.meta.url), [], { serialization: 'advanced' });
  child.send(order);
  return async () => {
    child.kill();
    await once(child, 'exit');
  };
}

export async function run(scale: Scale): Promise<RoundTripRow[]> {
  const identities = [await generateIdentity(), await generateIdentity()];
  const chain = chainFor(identities);
  const raw = await rawWay();
  const ours = await transportWay(chain, identities);
  const order = {
    chain,
    identities: identities.map(formatIdentity),
    transportPort: ours.port,
    rawPort: raw.port,
  };
  const stop = await far(order, scale);
  const ways = [raw.way, ours.way];
  for (let round = -1; round < ROUNDS[scale]; round++) {
    for (const { trip, times } of ways) {
      for (let i = 0; i < TRIPS[scale]; i++) {
        const startMs = performance.now();
        await trip();
        // The first round warms up.
        if (round >= 0) times.push(1000 * (performance.now() - startMs));
      }
    }
  }
  await stop();
  raw.close();
  await ours.close();
  return ways.map(({ name, times }) => {
    times.sort((a, b) => a - b);
    return { name, p50Us: median(times), p99Us: times[Math.floor(0.99 * times.length)]! };
  });
}

export function format(rows: readonly RoundTripRow[]): string {
  const line = ({ name, p50Us, p99Us }: RoundTripRow) =>
    `  ${name.padEnd(28)} p50 ${p50Us.toFixed(1).padStart(7)} µs   p99 ${p99Us.toFixed(1).padStart(8)} µs`;
  return rows.map(line).join('\n');
}

if (process.send !== undefined && process.argv[1] === fileURLToPath(import.meta.url)) {
  process.once('message', (order) => void echo(order as Order));
  process.once('disconnect', () => process.exit());
}
