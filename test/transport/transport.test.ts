import { get } from 'node:http';
import { createServer } from 'node:net';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { decodeFrame, encodeFrame, VALIDATOR_FRAME_LIMITS } from '../../src/codec/frame.ts';
import { encodeValue } from '../../src/codec/value.ts';
import { MAC_BYTES } from '../../src/crypto/session.ts';
import type { ClientSession } from '../../src/transport/interface.ts';
import {
  createWorld,
  freePorts,
  handshakeSelf,
  type Kind,
  type Node,
  pause,
  RawConnection,
  startAll,
  startNode,
  stopAll,
  until,
  type World,
} from './network.ts';

let world: World;
beforeAll(async () => {
  world = await createWorld(4);
});

const running: Node[] = [];
afterEach(async () => {
  await stopAll(running.splice(0));
});

async function start(kind: Kind): Promise<Node[]> {
  const nodes = await startAll(world, kind);
  running.push(...nodes);
  return nodes;
}

function fetchText(url: string, method = 'GET'): Promise<{ status: number; type: string; body: string }> {
  return new Promise((resolve, reject) => {
    const request = get(url, { method, agent: false }, (response) => {
      let body = '';
      response.on('data', (chunk) => {
        body += chunk;
      });
      response.on('end', () =>
        resolve({ status: response.statusCode ?? 0, type: response.headers['content-type'] ?? '', body }),
      );
    });
    request.on('error', reject);
  });
}

describe.each<Kind>(['uWebSockets.js', 'ws'])('a cluster on %s', (kind) => {
  it('connects all pairs, and carries items both ways', async () => {
    const nodes = await start(kind);
    expect(nodes[0]!.transport.stats().server).toBe(kind);
    for (const [i, node] of nodes.entries()) {
      node.transport.broadcast(encodeValue([7, i]));
      node.transport.send((i + 1) % 4, encodeValue([8, i, new Uint8Array(100_000).fill(i)]));
    }
    await until(() => nodes.every((node) => node.seen.frames.flatMap((f) => f.items).length === 4));
    for (const [i, node] of nodes.entries()) {
      const before = (i + 3) % 4;
      for (const other of [0, 1, 2, 3].filter((id) => id !== i && id !== before))
        expect(node.seen.itemsFrom(other)).toEqual([[7, other]]);
      expect(node.seen.itemsFrom(before)).toEqual([
        [7, before],
        [8, before, new Uint8Array(100_000).fill(before)],
      ]);
      expect(node.seen.rejections).toEqual([]);
    }
  });

  it('puts one turn into one frame, and more at a flush', async () => {
    const nodes = await start(kind);
    const [a, b] = [nodes[0]!, nodes[2]!];
    for (let i = 0; i < 60; i++) a.transport.send(2, encodeValue(i));
    await until(() => b.seen.itemsFrom(0).length === 60);
    expect(b.seen.frames).toHaveLength(1);
    a.transport.send(2, encodeValue(1));
    a.transport.flush();
    a.transport.send(2, encodeValue(2));
    await until(() => b.seen.itemsFrom(0).length === 62);
    expect(b.seen.frames).toHaveLength(3);
  });

  it('splits what fits no frame, and keeps the order', async () => {
    const nodes = await start(kind);
    const [a, b] = [nodes[3]!, nodes[1]!];
    for (let i = 0; i < 5000; i++) a.transport.send(1, encodeValue(i));
    const big = new Uint8Array(12 << 20).fill(9);
    for (let i = 0; i < 4; i++) a.transport.send(1, encodeValue([i, big]));
    await until(() => b.seen.itemsFrom(3).length === 5004);
    expect(b.seen.itemsFrom(3).slice(0, 5000)).toEqual(Array.from({ length: 5000 }, (_, i) => i));
    expect((b.seen.itemsFrom(3)[5003] as [number, Uint8Array])[1].length).toBe(big.length);
    expect(b.seen.frames.length).toBeGreaterThan(2);
    expect(b.seen.rejections).toEqual([]);
  });

  it('reconnects after a restart, and the new connection replaces the old one', async () => {
    const ports = await freePorts(4);
    const nodes = await Promise.all([0, 1, 2].map((id) => startNode(world, id, ports, kind)));
    running.push(...nodes);
    let last = await startNode(world, 3, ports, kind);
    await until(() => nodes.every((node) => node.seen.up.has(3)));
    await last.transport.stop();
    await until(() => nodes.every((node) => !node.seen.up.has(3)));
    last = await startNode(world, 3, ports, kind);
    running.push(last);
    await until(() => nodes.every((node) => node.seen.up.has(3)) && last.seen.up.size === 3);
    // And the other way round: a restart of one that is dialled.
    await nodes[0]!.transport.stop();
    await until(() => !last.seen.up.has(0));
    const again = await startNode(world, 0, ports, kind);
    running.push(again);
    await until(() => again.seen.up.size === 3 && last.seen.up.has(0));
    expect(last.transport.stats().reconnects).toBeGreaterThan(0);
    again.transport.send(3, encodeValue(5));
    await until(() => last.seen.itemsFrom(0).length === 1);
  });

  it('drops and counts what goes to nobody or into a full queue', async () => {
    const ports = await freePorts(4);
    const [a, b] = await Promise.all([
      startNode(world, 0, ports, kind, { maxPeerBacklogBytes: 1 << 20 }),
      startNode(world, 1, ports, kind),
    ]);
    running.push(a!, b!);
    await until(() => a!.seen.up.has(1));
    a!.transport.send(3, encodeValue(1));
    expect(a!.transport.stats()).toMatchObject({ dropped: 1 });
    expect(a!.transport.stats().peers[3]).toBe(-1);
    for (let i = 0; i < 20; i++) a!.transport.send(1, encodeValue(new Uint8Array(100_000)));
    expect(a!.transport.stats().peers[1]).toBeLessThanOrEqual(1 << 20);
    await until(() => b!.seen.itemsFrom(0).length === 10);
    expect(a!.transport.stats().dropped).toBe(11);
    a!.transport.send(1, encodeValue(7));
    await until(() => b!.seen.itemsFrom(0).length === 11);
  });

  it('keeps a peer that does not read within its bound, and does not wait for it', async () => {
    const ports = await freePorts(4);
    const node = await startNode(world, 0, ports, kind, { maxPeerBacklogBytes: 1 << 20 });
    const other = await startNode(world, 1, ports, kind);
    running.push(node, other);
    const deaf = await RawConnection.open(`${node.url}/peer`);
    await deaf.handshake(world.context, await handshakeSelf(world, 3), 0);
    await until(() => node.seen.up.size === 2);
    deaf.ws.pause();
    const item = encodeValue(new Uint8Array(200_000));
    let turns = 0;
    // Validator 2 is not there, so one item of each turn is dropped anyway.
    for (; node.transport.stats().dropped < turns + 20 && turns < 500; turns++) {
      node.transport.broadcast(item);
      await until(() => other.seen.itemsFrom(0).length === turns + 1);
      expect(node.transport.stats().peers[3]).toBeLessThanOrEqual((1 << 20) + 100);
    }
    expect(node.transport.stats().dropped).toBeGreaterThanOrEqual(turns + 20);
    expect(other.seen.itemsFrom(0)).toHaveLength(turns);
    expect(node.seen.up.has(3)).toBe(true);
    deaf.ws.terminate();
  });

  it('ends a handshake that takes too long, at either side', async () => {
    const silent = createServer((socket) => socket.on('error', () => undefined));
    await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
    const [port] = await freePorts(1);
    const ports = [(silent.address() as { port: number }).port, port!];
    const node = await startNode(world, 1, ports, kind, { handshakeTimeoutMs: 60 });
    running.push(node);
    const stranger = await RawConnection.open(`${node.url}/peer`);
    await until(() => stranger.closed && node.transport.stats().reconnects > 1);
    expect(node.seen.codes()).toContain('handshake-failed');
    silent.close();
  });

  it('is cut off from a peer that is blocked, and finds it again', async () => {
    const nodes = await start(kind);
    for (const [one, other] of [
      [0, 3],
      [3, 0],
    ] as const)
      nodes[one]!.transport.setBlocked(other, true);
    await until(() => !nodes[0]!.seen.up.has(3) && !nodes[3]!.seen.up.has(0));
    nodes[0]!.transport.broadcast(encodeValue(1));
    await until(() => nodes[1]!.seen.itemsFrom(0).length === 1);
    await pause(150);
    expect(nodes[3]!.seen.itemsFrom(0)).toEqual([]);
    nodes[3]!.transport.setBlocked(0, false);
    nodes[0]!.transport.setBlocked(3, false);
    await until(() => nodes[0]!.seen.up.has(3) && nodes[3]!.seen.up.has(0));
    nodes[0]!.transport.send(3, encodeValue(2));
    await until(() => nodes[3]!.seen.itemsFrom(0).length === 1);
  });

  it('answers HTTP on the same port', async () => {
    const [port] = await freePorts(1);
    const { createTransport } = await import('../../src/transport/transport.ts');
    const { verifier, Recorder } = await import('./network.ts');
    const transport = await createTransport({
      self: 0,
      listen: { host: '127.0.0.1', port: port! },
      peers: [],
      chain: world.chain,
      identity: world.identities[0]!,
      verifier,
      server: kind,
    });
    transport.route('/status', (query) => ({
      status: 200,
      contentType: 'application/json',
      body: JSON.stringify({ asked: query.get('a') }),
    }));
    transport.route('/slow', async () => {
      await pause(20);
      return { status: 503, contentType: 'text/plain', body: 'later' };
    });
    transport.route('/broken', () => {
      throw new Error('a secret');
    });
    await transport.start(new Recorder());
    try {
      const base = `http://127.0.0.1:${port}`;
      expect(await fetchText(`${base}/status?a=b%20c`)).toEqual({
        status: 200,
        type: 'application/json',
        body: '{"asked":"b c"}',
      });
      expect(await fetchText(`${base}/slow`)).toMatchObject({ status: 503, body: 'later' });
      expect(await fetchText(`${base}/nothing`)).toMatchObject({ status: 404 });
      expect(await fetchText(`${base}/status`, 'DELETE')).toMatchObject({ status: 405 });
      const broken = await fetchText(`${base}/broken`);
      expect(broken.status).toBe(500);
      expect(broken.body).not.toContain('secret');
    } finally {
      await transport.stop();
    }
  });

  it('says what to do about a taken port', async () => {
    const nodes = await start(kind);
    const taken = [nodes[0]!.transport.port];
    await expect(startNode(world, 0, taken, kind)).rejects.toMatchObject({
      code: 'port-taken',
      message: expect.stringContaining(String(taken[0])),
    });
    await expect(
      startNode(world, 0, [0], kind, { listen: { host: '203.0.113.7', port: 0 } }),
    ).rejects.toMatchObject({
      code: 'bad-config',
    });
  });

  it('serves clients without a name', async () => {
    const nodes = await start(kind);
    const node = nodes[1]!;
    node.seen.onClientFrame = (session, items) => {
      for (const item of items) session.send(encodeValue([1, ...(item as number[])]));
    };
    const connection = await RawConnection.open(`${node.url}/client`);
    // A client that does not know who answers learns it from the handshake.
    const session = await connection.handshake(world.context, undefined, undefined);
    const frame = encodeFrame([encodeValue([5]), encodeValue([6])], MAC_BYTES);
    session.seal(frame);
    connection.ws.send(frame);
    const payload = session.open(await connection.next());
    expect(payload && decodeFrame(payload, VALIDATOR_FRAME_LIMITS)).toEqual([
      [1, 5],
      [1, 6],
    ]);
    expect(node.transport.stats().clients).toBe(1);
    connection.ws.close();
    await until(() => node.seen.clientsDown.length === 1);
    expect(node.seen.clientsDown[0]!.open).toBe(false);
    expect(node.seen.clientsDown[0]!.send(encodeValue(1))).toBe(false);
  });

  it('takes only so many clients, and another one when one has gone', async () => {
    const node = await startNode(world, 0, await freePorts(1), kind, { maxClients: 2 });
    running.push(node);
    const open = async () => {
      const connection = await RawConnection.open(`${node.url}/client`);
      await connection.handshake(world.context, undefined, 0);
      return connection;
    };
    const [first, second] = [await open(), await open()];
    await until(() => node.transport.stats().clients === 2);
    const third = await open();
    await until(() => third.closed);
    expect(node.seen.codes()).toEqual(['too-many-clients']);
    expect([first.closed, second.closed]).toEqual([false, false]);
    first.ws.close();
    await until(() => node.transport.stats().clients === 1);
    const fourth = await open();
    await until(() => node.transport.stats().clients === 2);
    for (const { ws } of [second, fourth]) ws.terminate();
  });

  it('sends what was said in the turn that stops it', async () => {
    const nodes = await start(kind);
    nodes[0]!.transport.send(1, encodeValue(7));
    await nodes[0]!.transport.stop();
    await until(() => nodes[1]!.seen.itemsFrom(0).length === 1 && !nodes[1]!.seen.up.has(0));
  });

  it('cuts off a client that does not read, and nobody else notices', async () => {
    const nodes = await start(kind);
    const node = nodes[0]!;
    const sessions: ClientSession[] = [];
    node.seen.onClientFrame = (session) => sessions.push(session);
    const deaf = await RawConnection.open(`${node.url}/client`);
    const session = await deaf.handshake(world.context, undefined, 0);
    const hello = encodeFrame([encodeValue(1)], MAC_BYTES);
    session.seal(hello);
    deaf.ws.send(hello);
    await until(() => sessions.length === 1);
    deaf.ws.pause();
    const item = encodeValue(new Uint8Array(1 << 20));
    let sent = 0;
    while (sessions[0]!.send(item) && sent < 200) {
      sent++;
      await pause(1);
    }
    expect(sent).toBeLessThan(200);
    expect(sessions[0]!.open).toBe(false);
    expect(node.seen.codes()).toEqual(['rate-limited']);
    node.transport.send(1, encodeValue(1));
    await until(() => nodes[1]!.seen.itemsFrom(0).length === 1);
    deaf.ws.terminate();
  });
});
