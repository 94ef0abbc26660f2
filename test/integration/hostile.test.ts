/** A validator that turned: it holds real keys, and what it sends changes nothing but counters. */

import { mkdtempSync, rmSync } from 'node:fs';
import { connect as connectTcp } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { LocalCluster } from '../../src/cli/cluster.ts';
import { type Home, loadHome } from '../../src/cli/home.ts';
import { getText } from '../../src/cli/http.ts';
import { Client } from '../../src/client/index.ts';
import { createMessageCodec, type MessageCodec } from '../../src/codec/message-codec.ts';
import { encodeValue } from '../../src/codec/value.ts';
import { SeededRandom } from '../../src/core/random.ts';
import { type Authenticator, createAuthenticator } from '../../src/crypto/authenticator.ts';
import { createVerifier } from '../../src/crypto/verifier.ts';
import { messages, type PbftMessage } from '../../src/protocols/pbft/messages.ts';
import { createBatchDigests } from '../../src/replica/batch-digest.ts';
import { EvidenceChecker } from '../../src/replica/watch/evidence.ts';
import { createTransport, type SocketTransport } from '../../src/transport/transport.ts';

const random = new SeededRandom(7);
const noise = (length: number) => Uint8Array.from({ length }, () => random.below(256));
const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

let folder: string;
let cluster: LocalCluster;
let client: Client;
let home: Home;
let traitor: SocketTransport;
let authenticator: Authenticator;
let codec: MessageCodec<PbftMessage>;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'lockstep-hostile-'));
  cluster = await LocalCluster.make({ folder: join(folder, 'net'), config: { logLevel: 'silent' } });
  cluster.start();
  await cluster.waitReady();
  client = await Client.connect({ home: cluster.folder });
  await client.submit({ op: 'put', key: 'a', value: '1' });
  await cluster.kill(3, 'SIGKILL');

  home = await loadHome(cluster.homes[3]!);
  const { chain, identity, hasher, urls } = home;
  const verifier = await createVerifier({ threads: 0 });
  authenticator = await createAuthenticator({ chain, auth: chain.genesis.auth, identity, self: 3, verifier });
  codec = createMessageCodec<PbftMessage>(messages, {
    n: 4,
    batchDigest: createBatchDigests(hasher).batchDigest,
    limits: chain.genesis.parameters,
  });
  traitor = await createTransport({
    self: 3,
    listen: { host: '127.0.0.1', port: 0 },
    peers: urls.map((url, id) => ({ id, url })).filter(({ id }) => id !== 3),
    chain,
    identity,
    verifier,
  });
  const ignore = () => {};
  const handlers = { peerFrame: ignore, peerUp: ignore, peerDown: ignore, clientFrame: ignore };
  await traitor.start({ ...handlers, clientDown: ignore, rejected: ignore });
  const deadline = Date.now() + 10_000;
  while (traitor.stats().peers.some((backlog, id) => id < 3 && backlog < 0) && Date.now() < deadline)
    await pause(20);
}, 60_000);

afterAll(async () => {
  await client?.close();
  await traitor?.stop();
  await cluster?.stop();
  rmSync(folder, { recursive: true, force: true });
});

/** What the three honest ones counted under this code since the last look. */
async function counted(code: string): Promise<number> {
  const seen = await Promise.all([0, 1, 2].map((id) => cluster.status(id)));
  return seen.reduce((sum, status) => sum + (status.rejections[code] ?? 0), 0);
}

/** Sends, sees the code counted, and sees that a transaction still commits. */
async function attack(code: string, items: readonly Uint8Array[]): Promise<void> {
  const before = await counted(code);
  for (const item of items) traitor.broadcast(item);
  traitor.flush();
  const deadline = Date.now() + 5_000;
  while ((await counted(code)) === before && Date.now() < deadline) await pause(20);
  expect(await counted(code)).toBeGreaterThan(before);
  const { result } = await client.submit({ op: 'put', key: code, value: 'still here' });
  expect(result.ok).toBe(true);
}

function signed(message: PbftMessage, from = 3, spoil = false): Uint8Array {
  const body = codec.encodeBody(message, from);
  const signature = authenticator.sign(body, true);
  if (spoil) signature[5]! ^= 1;
  return codec.encodeItem({ from, message, envelope: { body, signature } });
}

const far = { epoch: 0, view: 0, sequence: 50, digest: 'ab'.repeat(32) } as const;

describe('a validator that turned', () => {
  it('sends items of the wrong shape', async () => {
    await attack('body-malformed', [encodeValue([0, 0, 1, 2]), encodeValue([0, 0, noise(3), 7])]);
    await attack('frame-kind', [encodeValue([77, 1]), encodeValue([9])]);
    await attack('body-unknown-type', [encodeValue([0, 0, encodeValue([99, 3]), new Uint8Array(64)])]);
  });

  it('sends votes with signatures that do not hold, or in the name of another', async () => {
    await attack('signature-invalid', [signed({ type: 'prepare', ...far }, 3, true)]);
    await attack('sender-mismatch', [signed({ type: 'prepare', ...far }, 1)]);
    await attack('signature-length', [
      codec.encodeItem({
        from: 3,
        message: { type: 'commit', ...far },
        envelope: { body: codec.encodeBody({ type: 'commit', ...far }, 3), signature: new Uint8Array(10) },
      }),
    ]);
  });

  it('proposes where it is not the primary, claims what cannot be, and asks for what nobody asked', async () => {
    const batch = createBatchDigests(home.hasher).batchOf(Date.now(), [noise(200)]);
    await attack('batch-invalid', [
      signed({ type: 'pre-prepare', epoch: 0, view: 0, sequence: 60, digest: batch.digest, batch }),
    ]);
    await attack('epoch-mismatch', [signed({ type: 'commit', ...far, epoch: 4 })]);
    await attack('bad-claim', [
      signed({
        type: 'view-change',
        epoch: 0,
        view: 9,
        stable: 64,
        checkpoints: [],
        prepared: [],
        preprepared: [],
      }),
    ]);
    await attack('not-primary', [signed({ type: 'new-view', epoch: 0, view: 9, viewChanges: [] })]);
  });

  it('contradicts itself, and is seen to', async () => {
    const point = { epoch: 0, view: 0, sequence: 70 } as const;
    traitor.broadcast(signed({ type: 'prepare', ...point, digest: '11'.repeat(32) }));
    await attack('conflicting', [signed({ type: 'prepare', ...point, digest: '22'.repeat(32) })]);
    const { violations } = await cluster.status(1);
    expect(violations.prepare).toBeGreaterThan(0);
    // What it keeps of it convinces whoever has the genesis.
    const kept = JSON.parse(await getText(`${home.urls[1]!.replace('ws', 'http')}/evidence`, 5_000));
    const verifier = await createVerifier({ threads: 0 });
    const checker = new EvidenceChecker(home.chain, home.hasher, verifier);
    expect(kept.map((document: unknown) => checker.check(document))).toContainEqual(
      expect.objectContaining({ from: 3, offence: 'prepare' }),
    );
    await verifier.close();
    // One liar alone moves nobody out of the view.
    expect((await cluster.status(1)).view).toBe(0);
  });

  it('shares the ports with strangers who send noise', async () => {
    const { hostname, port } = new URL(home.urls[0]!.replace('ws', 'http'));
    for (const bytes of [noise(10), noise(5_000), Buffer.from('GET / HTTP/1.1\r\n'), Buffer.alloc(100_000)]) {
      const socket = connectTcp(Number(port), hostname);
      socket.on('error', () => {});
      socket.write(bytes);
      await pause(20);
      socket.destroy();
    }
    for (const path of ['/peer', '/client']) {
      const socket = new WebSocket(home.urls[0]! + path);
      socket.on('error', () => {});
      await new Promise((resolve) => socket.once('open', resolve));
      socket.send(noise(3_000));
      await new Promise((resolve) => socket.once('close', resolve));
    }
    const { result } = await client.submit({ op: 'put', key: 'after', value: 'noise' });
    expect(result.ok).toBe(true);
    const seen = await Promise.all([0, 1, 2].map((id) => cluster.status(id)));
    expect(new Set(seen.map((status) => status.pid)).size).toBe(3);
  });
});
