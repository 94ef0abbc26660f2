/** What clients, and crowds of nobody, can do to a validator's port. */

import { encodeClientRequest } from '../../codec/client-messages.ts';
import { encodeFrame } from '../../codec/frame.ts';
import { encodeTransaction } from '../../codec/transaction.ts';
import type { ReplicaId } from '../../core/ids.ts';
import { createSigner } from '../../crypto/signing.ts';
import { type Attack, attack } from './attack.ts';
import { Line, pause, Tcp, upgradeRequest } from './line.ts';
import type { Scene } from './scene.ts';

/** A client's session with one of the honest; undefined where its door is too full just now. */
async function session(scene: Scene, to: ReplicaId = scene.next()): Promise<Line | undefined> {
  const line = await Line.open(scene.url(to), 'client');
  if ((await line.handshake(scene.context, undefined, to)) !== undefined) return line;
  line.close();
  return undefined;
}

const held = new WeakMap<Scene, Map<ReplicaId, Line>>();

/** One that stays for many goes. */
async function standing(scene: Scene, to: ReplicaId): Promise<Line | undefined> {
  const lines = held.get(scene) ?? new Map<ReplicaId, Line>();
  held.set(scene, lines);
  const old = lines.get(to);
  if (old !== undefined && !old.closed) return old;
  const line = await session(scene, to);
  if (line !== undefined) {
    line.keeps = false;
    lines.set(to, line);
  }
  return line;
}

async function ends(scene: Scene, payload: Uint8Array): Promise<void> {
  const line = await session(scene);
  if (line === undefined) return;
  line.send(line.seal(payload));
  await scene.expectEnd(line);
}

async function ask(scene: Scene, items: readonly Uint8Array[]): Promise<void> {
  for (const id of scene.honest) {
    const line = await standing(scene, id);
    line?.items(items);
    while (line !== undefined && line.backlog > 1 << 20 && !line.closed) await pause(1);
  }
}

type Fields = Partial<Parameters<typeof encodeTransaction>[0]>;

let nonce = 1;

async function transaction(scene: Scene, fields: Fields, honest: boolean): Promise<Uint8Array> {
  const signer = await createSigner('ed25519', scene.client.ed25519.secretKey);
  return encodeTransaction(
    {
      suite: 'ed25519',
      kind: 'write',
      nonce: nonce++,
      expiry: 500_000,
      publicKey: scene.client.ed25519.publicKey,
      payload: scene.noise(40),
      ...fields,
    },
    honest ? (input) => signer.sign(input) : () => scene.noise(64),
    scene.home.chain.id,
  );
}

async function submit(scene: Scene, count: number, fields: Fields, honest = true): Promise<void> {
  const transactions = await Promise.all(
    Array.from({ length: count }, () => transaction(scene, fields, honest)),
  );
  await ask(
    scene,
    transactions.map((bytes) => encodeClientRequest({ kind: 'submit', transaction: bytes })),
  );
}

/** Connections that are opened from many addresses of this machine, and kept open. */
async function crowd(scene: Scene, count: number, first: string): Promise<Tcp[]> {
  const open: Tcp[] = [];
  for (let i = 0; i < count; i++) {
    const tcp = new Tcp(scene.url(scene.honest[i % 3]!), {
      localAddress: `127.0.${1 + (i >> 8)}.${1 + (i & 63)}`,
    });
    tcp.socket.once('connect', () => tcp.write(first));
    open.push(tcp);
    if (i % 250 === 249) await pause(10);
  }
  return open;
}

const crowds = new WeakMap<Scene, Tcp[]>();

/** Keeps a crowd of this size: makes up for those that were cut off, which are counted. */
async function keepCrowd(scene: Scene, size: number, first: string, word: string): Promise<void> {
  const standing = crowds.get(scene) ?? [];
  const left = standing.filter((tcp) => !tcp.closed);
  scene.ended += standing.length - left.length;
  for (const tcp of left) if (word !== '') tcp.write(word);
  const more = await crowd(scene, Math.min(1_000, size - left.length), first);
  crowds.set(scene, [...left, ...more]);
  await pause(50);
}

export function disperse(scene: Scene): void {
  for (const tcp of crowds.get(scene) ?? []) tcp.close();
  crowds.delete(scene);
  for (const line of held.get(scene)?.values() ?? []) line.close();
  held.delete(scene);
}

const getRequest = (path: string): string => `GET ${path} HTTP/1.1\r\nHost: x\r\n\r\n`;

/** Questions over HTTP, which anybody may ask, by some dozens of connections at once. */
const floodHttp = (name: string, title: string, path: string): Attack =>
  attack('stranger', name, title, [], (scene) => keepCrowd(scene, 150, getRequest(path), getRequest(path)), {
    pauseMs: 0,
  });

export const CLIENTS: readonly Attack[] = [
  attack('stranger', 'tcp-noise', 'noise over TCP', ['ended'], async (scene) => {
    const tcp = new Tcp(scene.url(scene.next()));
    tcp.write(Buffer.concat([scene.noise(scene.random.below(3000)), Buffer.from('\r\n\r\n')]));
    await scene.expectEnd(tcp, 2_000);
  }),
  attack(
    'client',
    'client-noise',
    'frames of a client that hold garbage',
    ['frame-truncated', 'body-malformed', 'frame-version'],
    (scene) => ends(scene, scene.random.below(2) === 0 ? new Uint8Array(0) : Uint8Array.of(0xc1, 1, 2)),
    { brief: true },
  ),
  attack('client', 'client-depth', 'arrays inside each other, by a client', ['body-malformed'], (scene) =>
    ends(scene, new Uint8Array(50_000).fill(0x91)),
  ),
  attack('client', 'client-forged', 'a frame of a client without the key', ['frame-mac'], async (scene) => {
    const line = await session(scene);
    line?.send(scene.noise(100));
    if (line !== undefined) await scene.expectEnd(line);
  }),
  attack(
    'client',
    'client-huge',
    'a frame of a client above 4 MB',
    ['ended'],
    async (scene) => {
      const line = await session(scene);
      line?.send(new Uint8Array((4 << 20) + 64));
      if (line !== undefined) await scene.expectEnd(line);
    },
    { pauseMs: 100 },
  ),
  attack(
    'client',
    'transactions-malformed',
    'things that are no transactions',
    ['transaction-malformed'],
    (scene) =>
      ask(
        scene,
        Array.from({ length: 20 }, () =>
          encodeClientRequest({ kind: 'submit', transaction: scene.noise(150) }),
        ),
      ),
    { brief: true },
  ),
  attack(
    'client',
    'transactions-forged',
    'transactions whose signatures do not hold, as fast as they go',
    ['transaction-signature', 'overloaded', 'rate-limited'],
    (scene) => submit(scene, 50, {}, false),
    { pauseMs: 0, brief: true },
  ),
  attack(
    'client',
    'transactions-expired',
    'transactions that have expired, or never would',
    ['transaction-expired', 'transaction-expiry-too-far'],
    async (scene) => {
      await submit(scene, 5, { expiry: 0 });
      await submit(scene, 5, { expiry: 2 ** 50 });
    },
  ),
  attack(
    'client',
    'transactions-refused',
    'signed transactions that the application cannot read',
    ['transaction-refused', 'transaction-nonce', 'rate-limited'],
    (scene) => submit(scene, 10, {}),
  ),
  attack(
    'client',
    'forged-change',
    'a change of the validators that nobody approved',
    ['transaction-refused', 'transaction-malformed', 'transaction-nonce'],
    (scene) => submit(scene, 5, { kind: 'change' }),
  ),
  attack(
    'client',
    'flood-client-status',
    'a client that asks for the status as fast as it goes',
    [],
    (scene) =>
      ask(
        scene,
        Array.from({ length: 5 }, (_, i) => encodeClientRequest({ kind: 'status', requestId: i })),
      ),
    { pauseMs: 0 },
  ),
  attack(
    'client',
    'flood-queries',
    'questions of 64 KB, as fast as they go',
    [],
    (scene) => ask(scene, [encodeClientRequest({ kind: 'query', requestId: 1, payload: scene.noise(100) })]),
    { pauseMs: 0 },
  ),
  attack(
    'client',
    'never-reads',
    'a client that asks and never reads',
    ['rate-limited', 'ended'],
    async (scene) => {
      const line = await session(scene, 0);
      if (line === undefined) return;
      const { _socket: socket } = line.ws as unknown as { _socket: { pause(): void } };
      socket.pause();
      const items = Array.from({ length: 400 }, (_, i) =>
        encodeClientRequest({ kind: 'status', requestId: i }),
      );
      for (let i = 0; i < 40 && !line.closed; i++) {
        line.send(line.seal(encodeFrame(items)));
        await pause(20);
      }
      line.close();
    },
    { pauseMs: 100 },
  ),
  attack(
    'stranger',
    'slow-loris-http',
    'three hundred connections that send a request one byte at a time',
    [],
    (scene) => keepCrowd(scene, 300, 'G', 'E'),
  ),
  floodHttp('flood-http-metrics', 'questions for the metrics over HTTP', '/metrics'),
  floodHttp('flood-http-status', 'questions for the status over HTTP', '/status'),
  floodHttp('flood-http-evidence', 'questions for the evidence over HTTP', '/evidence'),
  attack(
    'stranger',
    'slow-loris-handshake',
    'three hundred connections that never send a hello',
    ['rate-limited', 'handshake-failed', 'ended'],
    (scene) => keepCrowd(scene, 300, upgradeRequest('peer'), ''),
    { brief: true },
  ),
  attack(
    'stranger',
    'ten-thousand-connections',
    '10,000 connections from many addresses',
    ['rate-limited', 'ended'],
    (scene) => keepCrowd(scene, 10_000, upgradeRequest('client'), ''),
    { pauseMs: 0, slice: { count: 2, ms: 5_000 } },
  ),
];
