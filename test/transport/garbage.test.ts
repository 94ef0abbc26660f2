/** Whatever arrives at a validator's port changes nothing but counters, and honest peers and clients go on. */

import { connect } from 'node:net';
import { Packr } from 'msgpackr';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { encodeFrame } from '../../src/codec/frame.ts';
import { encodeValue } from '../../src/codec/value.ts';
import { SeededRandom } from '../../src/core/random.ts';
import { HELLO_BYTES, Initiator } from '../../src/crypto/handshake.ts';
import { generateIdentity } from '../../src/crypto/keys.ts';
import { MAC_BYTES, type Session } from '../../src/crypto/session.ts';
import {
  createWorld,
  freePorts,
  handshakeSelf,
  type Kind,
  type Node,
  pause,
  RawConnection,
  startNode,
  stopAll,
  until,
  type World,
  worldOf,
} from './network.ts';

const random = new SeededRandom(20240607);
const noise = (length: number) => Uint8Array.from({ length }, () => random.below(256));
const packr = new Packr({ useRecords: false });

function sealed(session: Session, payload: Uint8Array): Uint8Array {
  const frame = new Uint8Array(MAC_BYTES + payload.length);
  frame.set(payload, MAC_BYTES);
  return session.seal(frame);
}

describe.each<Kind>(['uWebSockets.js', 'ws'])('a validator on %s', (kind) => {
  let world: World;
  let victim: Node;
  let friend: Node;
  let sent = 0;

  beforeAll(async () => {
    world = await createWorld(4);
    const ports = await freePorts(4);
    victim = await startNode(world, 0, ports, kind);
    friend = await startNode(world, 1, ports, kind);
    await until(() => victim.seen.up.has(1));
  });
  afterAll(() => stopAll([victim, friend]));

  /** Runs an attack, then checks that only counters moved and that a good peer still gets through. */
  async function attack(expected: readonly string[], run: () => Promise<void>): Promise<void> {
    const { seen, transport } = victim;
    const up = [...seen.up];
    const frames = seen.frames.length;
    const clients = transport.stats().clients;
    seen.rejections.length = 0;
    await run();
    await until(() => seen.rejections.length >= expected.length, `${expected.length} rejections`);
    friend.transport.send(0, encodeValue([1, ++sent]));
    await until(() => seen.itemsFrom(1).length === sent);
    expect(seen.codes().toSorted()).toEqual(expected.toSorted());
    expect([...seen.up]).toEqual(up);
    expect(seen.frames.length).toBe(frames + 1);
    expect(seen.clientFrames).toEqual([]);
    await until(() => transport.stats().clients === clients);
  }

  const ended = async (connection: RawConnection) =>
    until(() => connection.closed, 'the end of a connection');

  it('survives random bytes over TCP', async () => {
    await attack([], async () => {
      for (let i = 0; i < 30; i++) {
        const socket = connect(victim.transport.port, '127.0.0.1');
        socket.on('error', () => undefined);
        const line = i % 3 === 0 ? `GET /peer HTTP/1.1\r\nUpgrade: websocket\r\nX: ` : '';
        socket.write(Buffer.concat([Buffer.from(line), noise(random.below(3000))]));
        await pause(2);
        socket.destroy();
      }
    });
  });

  it('survives noise instead of a handshake, at both doors', async () => {
    const sizes = [0, 1, 16, 100, 1637, 1638, 6323, 16_000];
    await attack(
      [...sizes, ...sizes].map((size) => (size === HELLO_BYTES ? 'frame-version' : 'handshake-malformed')),
      async () => {
        for (const door of ['peer', 'client']) {
          for (const size of sizes) {
            const connection = await RawConnection.open(`${victim.url}/${door}`);
            const bytes = noise(size);
            if (size === HELLO_BYTES) bytes[0] = 99;
            connection.ws.send(bytes);
            await ended(connection);
          }
        }
      },
    );
  });

  it('survives text and oversize messages before a handshake', async () => {
    await attack(['handshake-malformed', 'frame-too-large'], async () => {
      const text = await RawConnection.open(`${victim.url}/client`);
      text.ws.send('hello');
      const large = await RawConnection.open(`${victim.url}/peer`);
      large.ws.send(noise(20_000));
      const huge = await RawConnection.open(`${victim.url}/client`);
      huge.ws.send(new Uint8Array((4 << 20) + 1));
      await Promise.all([text, large, huge].map(ended));
    });
  });

  it('refuses strangers, other chains, and those who must not dial it', async () => {
    const elsewhere = await worldOf(world.identities, 'another chain');
    const stranger = await handshakeSelf(world, 3, await generateIdentity());
    const own = await handshakeSelf(world, 0);
    await attack(
      ['stranger', 'stranger', 'signature-invalid', 'handshake-failed', 'handshake-malformed'],
      async () => {
        const open = () => RawConnection.open(`${victim.url}/peer`);
        const me = await handshakeSelf(world, 3);
        const wrongChain = await open();
        await expect(wrongChain.handshake(elsewhere.context, me, 0)).rejects.toThrow('closed');
        const client = await RawConnection.open(`${victim.url}/client`);
        await expect(client.handshake(elsewhere.context, undefined, 0)).rejects.toThrow('closed');
        const unknown = await open();
        await expect(unknown.handshake(world.context, stranger, 0)).rejects.toThrow('closed');
        await ended(unknown);
        const itself = await open();
        await expect(itself.handshake(world.context, own, 0)).rejects.toThrow('closed');
        const nameless = await open();
        await expect(nameless.handshake(world.context, undefined, 0)).rejects.toThrow('closed');
      },
    );
  });

  it('refuses what was said in another handshake: replayed hellos and last messages, reflected replies', async () => {
    const me = await handshakeSelf(world, 3);
    await attack(['handshake-failed', 'handshake-malformed', 'handshake-malformed'], async () => {
      const initiator = new Initiator(world.context, me, 0);
      const first = await RawConnection.open(`${victim.url}/peer`);
      first.ws.send(initiator.hello);
      const result = initiator.finish(await first.next());
      if (typeof result === 'string') throw new Error(result);
      // The same hello again gets other keys, for which the old last message proves nothing.
      const second = await RawConnection.open(`${victim.url}/peer`);
      second.ws.send(initiator.hello);
      await second.next();
      second.ws.send(result.message);
      await ended(second);
      const third = await RawConnection.open(`${victim.url}/peer`);
      third.ws.send(initiator.hello);
      third.ws.send(await third.next());
      await ended(third);
      first.ws.send(initiator.hello);
      await ended(first);
    });
  });

  it('counts what an authenticated validator should not send, and keeps its connection', async () => {
    const peer = await RawConnection.open(`${victim.url}/peer`);
    const session = await peer.handshake(world.context, await handshakeSelf(world, 3), 0);
    await until(() => victim.seen.up.has(3));
    const payloads: [Uint8Array, string][] = [
      [new Uint8Array(0), 'frame-truncated'],
      [Uint8Array.of(0xc2), 'body-malformed'],
      [Uint8Array.from(packr.pack({ a: 1 })), 'body-malformed'],
      [Uint8Array.from(packr.pack([1, 'text'])), 'body-malformed'],
      [Uint8Array.from(packr.pack([1, 1.5])), 'body-malformed'],
      [Uint8Array.from(packr.pack([9, 1])), 'frame-version'],
      [Uint8Array.from(packr.pack([1, [[[[[[[1]]]]]]]])), 'body-malformed'],
      [Uint8Array.of(0xdd, 0xff, 0xff, 0xff, 0xff, 1), 'body-malformed'],
      [Uint8Array.of(0x92, 1, 0xc6, 0xff, 0xff, 0xff, 0xff), 'body-malformed'],
      [Uint8Array.of(0x91, 1, 7), 'body-trailing'],
      [encodeFrame([encodeValue([1, noise(500)])]).subarray(0, 300), 'body-malformed'],
    ];
    await attack(
      payloads.map(([, code]) => code),
      async () => {
        for (const [payload] of payloads) peer.ws.send(sealed(session, payload));
      },
    );
    expect(victim.seen.rejections.every((r) => r.peer === 3)).toBe(true);
    expect(victim.seen.up.has(3)).toBe(true);
    peer.ws.send(sealed(session, encodeFrame([encodeValue(5)])));
    await until(() => victim.seen.itemsFrom(3).length === 1);
    peer.ws.terminate();
    await until(() => !victim.seen.up.has(3));
  });

  it('ends a session whose frames are replayed, reflected, forged, cut or none that a session has', async () => {
    const me = await handshakeSelf(world, 3);
    const bad: ((session: Session, peer: RawConnection) => Promise<Uint8Array>)[] = [
      async (session, peer) => {
        const good = sealed(session, encodeFrame([encodeValue(1)]));
        peer.ws.send(good);
        return good;
      },
      async (_, peer) => {
        victim.transport.send(3, encodeValue([1, 2, 3]));
        return peer.next();
      },
      async () => noise(200),
      async (session) => sealed(session, encodeFrame([encodeValue(1)])).subarray(0, -1),
      async () => new Uint8Array(3),
      async (session) => sealed(session, Uint8Array.of(0xc1)),
    ];
    for (const make of bad) {
      victim.seen.rejections.length = 0;
      const before = victim.seen.itemsFrom(3).length;
      const peer = await RawConnection.open(`${victim.url}/peer`);
      const session = await peer.handshake(world.context, me, 0);
      await until(() => victim.seen.up.has(3));
      peer.ws.send(await make(session, peer));
      await ended(peer);
      await until(() => !victim.seen.up.has(3));
      expect(victim.seen.rejections).toEqual([{ code: 'frame-mac', peer: 3 }]);
      expect(victim.seen.itemsFrom(3).length - before).toBe(make === bad[0] ? 1 : 0);
    }
  });

  it('drops clients that send garbage, authenticated or not', async () => {
    const payloads = [
      new Uint8Array(0),
      noise(50).fill(0xc1, 0, 1),
      Uint8Array.from(packr.pack([1, { a: 1 }])),
    ];
    await attack(['frame-truncated', 'body-malformed', 'body-malformed', 'frame-mac'], async () => {
      for (const payload of payloads) {
        const client = await RawConnection.open(`${victim.url}/client`);
        client.ws.send(sealed(await client.handshake(world.context, undefined, 0), payload));
        await ended(client);
      }
      const client = await RawConnection.open(`${victim.url}/client`);
      await client.handshake(world.context, undefined, 0);
      client.ws.send(noise(100));
      await ended(client);
    });
  });

  it('lets a good peer in while its door is full of silent strangers', async () => {
    const strangers = await Promise.all(
      Array.from({ length: 40 }, () => RawConnection.open(`${victim.url}/peer`)),
    );
    await until(() => strangers.filter((s) => s.closed).length === 24);
    const peer = await RawConnection.open(`${victim.url}/peer`);
    await peer.handshake(world.context, await handshakeSelf(world, 2), 0);
    await until(() => victim.seen.up.has(2));
    for (const { ws } of [...strangers, peer]) ws.terminate();
    await until(() => !victim.seen.up.has(2));
  });
});
