/**
 * One process of the floor: a replica that only counts, or the client that measures. Spawned by `floor.ts`, told
 * over the process channel which of them it is. The sockets are those of the transport: uWebSockets.js accepts (or
 * `ws`, where its binary does not load), `ws` dials, one connection to a pair of replicas.
 */

import { once } from 'node:events';
import { fdatasyncSync, openSync, unlinkSync, writeSync } from 'node:fs';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { type RawData, WebSocket, WebSocketServer } from 'ws';
import {
  FLOOR_KINDS,
  type FloorLog,
  type FloorOrder,
  FloorReplica,
  type FloorReport,
  type FloorStretch,
} from './floor-pattern.ts';
import { Histogram } from './histogram.ts';

type Send = (frame: Uint8Array) => void;
type Receive = (frame: Uint8Array, reply: Send) => void;

const tell = (report: FloorReport): void => void process.send!(report);

/** Listens on a free loopback port; `receive` gets each frame and the way back. */
async function listen(receive: Receive): Promise<number> {
  try {
    const { default: uws } = await import('uWebSockets.js');
    const sends = new Map<unknown, Send>();
    const app = uws.App().ws('/*', {
      maxPayloadLength: 16 << 20,
      open: (ws) => void sends.set(ws, (frame) => void ws.send(frame, true)),
      message: (ws, data) => receive(new Uint8Array(data), sends.get(ws)!),
      close: (ws) => void sends.delete(ws),
    });
    return await new Promise((resolve, reject) =>
      app.listen('127.0.0.1', 0, (socket) =>
        socket ? resolve(uws.us_socket_local_port(socket)) : reject(new Error('no free port')),
      ),
    );
  } catch {
    const server = new WebSocketServer({ host: '127.0.0.1', port: 0, perMessageDeflate: false });
    server.on('connection', (ws) => attach(ws, receive));
    await once(server as unknown as Server, 'listening');
    return (server.address() as AddressInfo).port;
  }
}

function attach(ws: WebSocket, receive: Receive): Send {
  const send: Send = (frame) => ws.send(frame);
  ws.on('message', (data: RawData) => receive(data as Buffer, send));
  return send;
}

async function dial(port: number, receive: Receive): Promise<Send> {
  const ws = new WebSocket(`ws://127.0.0.1:${port}/`, { perMessageDeflate: false });
  const send = attach(ws, receive);
  await once(ws, 'open');
  return send;
}

/** The sender of a client's frames. */
const CLIENT = 255;
/** Timers run out up to this much early. */
const TIMER_EARLY_MS = 0.5;

const numberOf = (data: Uint8Array): number =>
  (data[2]! << 24) | (data[3]! << 16) | (data[4]! << 8) | data[5]!;

/** A frame of `bytes` bytes: kind, sender, round, and nothing else. */
function frame(kind: number, from: number, round: number, bytes: number): Buffer {
  const out = Buffer.alloc(Math.max(bytes, 6));
  out[0] = kind;
  out[1] = from;
  out.writeUInt32BE(round, 2);
  return out;
}

/** The same, so much later and in order. */
function later(send: Send, delayMs: number): Send {
  if (delayMs <= 0) return send;
  const dueMs: number[] = [];
  const frames: Uint8Array[] = [];
  const release = (): void => {
    const nowMs = performance.now();
    for (; frames.length > 0 && dueMs[0]! <= nowMs + TIMER_EARLY_MS; dueMs.shift()) send(frames.shift()!);
    if (frames.length > 0) setTimeout(release, dueMs[0]! - nowMs);
  };
  return (data) => {
    dueMs.push(performance.now() + delayMs);
    if (frames.push(data) === 1) setTimeout(release, delayMs);
  };
}

/** Of the file, which is written over and over, so that no write makes it longer. */
const LOG_BYTES = 1 << 20;
/** One write for each page: what lies in the page cache in one piece is synced more slowly. */
const PAGE = Buffer.alloc(4096);

/** What is to be called before a frame that others count on. */
function opened({ folder, bytes, sync }: FloorLog, self: number): () => void {
  const path = join(folder, `floor-${process.pid}-${self}`);
  const file = openSync(path, 'wx', 0o600);
  // It is gone when its process is.
  unlinkSync(path);
  for (let at = 0; at < LOG_BYTES; at += PAGE.length) writeSync(file, PAGE, 0, PAGE.length, at);
  fdatasyncSync(file);
  const record = Buffer.alloc(bytes, 0x5a);
  let size = 0;
  return () => {
    if (size + bytes > LOG_BYTES) size = 0;
    writeSync(file, record, 0, bytes, size);
    size += bytes;
    if (sync) fdatasyncSync(file);
  };
}

async function runReplica({
  self,
  pattern,
  delaysMs,
  log,
}: Extract<FloorOrder, { role: 'replica' }>): Promise<void> {
  const record = log === undefined ? () => {} : opened(log, self);
  const peers: (Send | undefined)[] = [];
  const clients: Send[] = [];
  const replica = new FloorReplica(self, pattern, {
    toAll: (kind, round, bytes) => {
      if (kind !== FLOOR_KINDS.echo) record();
      const data = frame(kind, self, round, bytes);
      for (const send of peers) send?.(data);
    },
    toOne: (to, kind, round, bytes) => {
      record();
      peers[to]?.(frame(kind, self, round, bytes));
    },
    reply: (round) => {
      const data = frame(FLOOR_KINDS.reply, self, round, pattern.replyBytes);
      for (const send of clients) send(data);
    },
  });
  const receive: Receive = (data, reply) => {
    if (data[0] !== FLOOR_KINDS.hello) replica.receive(data[0]!, numberOf(data));
    else if (data[1] === CLIENT) clients.push(reply);
    else peers[data[1]!] = later(reply, delaysMs[data[1]!]!);
  };
  tell({ kind: 'listening', port: await listen(receive) });
  const [ports] = (await once(process, 'message')) as [number[]];
  for (let peer = 0; peer < self; peer++) {
    const send = await dial(ports[peer]!, receive);
    send(frame(FLOOR_KINDS.hello, self, 0, 6));
    peers[peer] = later(send, delaysMs[peer]!);
  }
  tell({ kind: 'ready' });
}

/** One closed loop: the next request leaves when enough replies to the one before are in. */
async function runClient(order: Extract<FloorOrder, { role: 'client' }>): Promise<void> {
  const { ports, pattern } = order;
  let histogram = new Histogram();
  const sends: Send[] = [];
  let round = 0;
  let heard = 0;
  let sentAt = 0;
  let measureAt = 0;
  let endAt = 0;
  const next = (): void => {
    round++;
    heard = 0;
    sentAt = performance.now();
    const data = frame(FLOOR_KINDS.request, CLIENT, round, pattern.requestBytes);
    for (const send of sends) send(data);
  };
  const receive: Receive = (data) => {
    if (numberOf(data) !== round || ++heard !== pattern.replies) return;
    const now = performance.now();
    if (now > measureAt) histogram.record(now - sentAt);
    if (now < endAt) next();
    else tell({ kind: 'measured', summary: histogram.summary() });
  };
  for (const port of ports) {
    const send = await dial(port, receive);
    send(frame(FLOOR_KINDS.hello, CLIENT, 0, 6));
    sends.push(send);
  }
  process.on('message', ({ warmupMs, durationMs }: FloorStretch) => {
    histogram = new Histogram();
    measureAt = performance.now() + warmupMs;
    endAt = measureAt + durationMs;
    next();
  });
  tell({ kind: 'ready' });
}

const [order] = (await once(process, 'message')) as [FloorOrder];
process.once('disconnect', () => process.exit(0));
if (order.role === 'client') await runClient(order);
else await runReplica(order);
