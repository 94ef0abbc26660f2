/** Compressed bulk between real sockets, and bombs. */

import { deflateRawSync } from 'node:zlib';
import { afterEach, beforeAll, expect, it } from 'vitest';
import { encodeFrame } from '../../src/codec/frame.ts';
import { encodeValue } from '../../src/codec/value.ts';
import { MAX_BULK_BYTES, MAX_INFLATED_PER_PERIOD } from '../../src/core/limits.ts';
import { CONTROL, MAC_BYTES } from '../../src/crypto/session.ts';
import { BEYOND_SHARE, BULK, packed, Unpacker } from '../../src/transport/bulk.ts';
import {
  createWorld,
  freePorts,
  handshakeSelf,
  type Node,
  RawConnection,
  startNode,
  stopAll,
  until,
  type World,
} from './network.ts';

let world: World;
const running: Node[] = [];
beforeAll(async () => {
  world = await createWorld(2);
});
afterEach(() => stopAll(running.splice(0)));

const text = new TextEncoder().encode('an entry like all the others; '.repeat(2000));

it.each([
  [true, true, true],
  [true, false, false],
  [false, true, false],
  [false, false, false],
])('goes where both sides are set to it: %s, %s', async (first, second, compressed) => {
  const ports = await freePorts(2);
  running.push(await startNode(world, 0, ports, 'ws', { compression: first }));
  running.push(await startNode(world, 1, ports, 'ws', { compression: second }));
  const [zero, one] = [running[0]!, running[1]!];
  await until(() => zero.seen.up.has(1) && one.seen.up.has(0));
  // What each says of itself is there before anything else.
  zero.transport.send(1, encodeValue(0));
  one.transport.send(0, encodeValue(0));
  await until(() => zero.seen.itemsFrom(1).length === 1 && one.seen.itemsFrom(0).length === 1);
  const before = zero.transport.stats().bytesOut;
  zero.transport.sendBulk!(1, encodeValue([3, text]));
  zero.transport.sendBulk!(1, encodeValue([4]));
  await until(() => one.seen.itemsFrom(0).length === 3);
  const items = one.seen.itemsFrom(0).slice(1) as [number, Uint8Array?][];
  expect(items.find(([kind]) => kind === 3)![1]).toEqual(text);
  expect(zero.transport.stats().bytesOut - before < text.length / 4).toBe(compressed);
  expect(one.seen.codes()).toEqual([]);
});

const bulk = (size: number, body: Uint8Array): Uint8Array => {
  const out = new Uint8Array(6 + body.length);
  out.set([CONTROL, BULK]);
  new DataView(out.buffer).setUint32(2, size);
  out.set(body, 6);
  return out;
};

it('is refused where it says another size, is none, or is too large; and expanded no further than a share', () => {
  const plain = encodeFrame([encodeValue(text)]);
  const body = deflateRawSync(plain);
  const unpacked = (payload: Uint8Array) => new Unpacker().unpack(payload);
  expect(unpacked(bulk(plain.length, body))).toEqual(plain);
  for (const size of [0, 1, plain.length - 1, plain.length + 1, MAX_BULK_BYTES + 1, 2 ** 32 - 1])
    expect(unpacked(bulk(size, body))).toBeUndefined();
  expect(unpacked(bulk(100, new Uint8Array(50).fill(0xff)))).toBeUndefined();
  expect(unpacked(new Uint8Array(5))).toBeUndefined();
  // A bomb: a thousand times what it takes on the line, said to be small, or as large as may be.
  const bomb = deflateRawSync(new Uint8Array(64 << 20));
  expect(unpacked(bulk(1000, bomb))).toBeUndefined();
  expect(unpacked(bulk(MAX_BULK_BYTES, bomb))).toBeUndefined();
  const unpacker = new Unpacker();
  const large = deflateRawSync(new Uint8Array(MAX_BULK_BYTES));
  const outcomes = Array.from({ length: 6 }, () => unpacker.unpack(bulk(MAX_BULK_BYTES, large)));
  const taken = MAX_INFLATED_PER_PERIOD / MAX_BULK_BYTES;
  expect(outcomes.map((one) => one?.length)).toEqual(
    Array.from({ length: 6 }, (_, i) => (i < taken ? MAX_BULK_BYTES : 0)),
  );
  expect(outcomes.at(-1)).toBe(BEYOND_SHARE);
  unpacker.renew();
  expect(unpacker.unpack(bulk(plain.length, body))).toEqual(plain);
  // What does not shrink goes as it is.
  expect(packed(encodeValue(crypto.getRandomValues(new Uint8Array(4000))))).toBeUndefined();
});

it('ends the session of a validator that sends a bomb, or bulk to somebody who takes none', async () => {
  for (const compression of [true, false]) {
    const zero = await startNode(world, 0, await freePorts(2), 'ws', { compression });
    running.push(zero);
    const peer = await RawConnection.open(`${zero.url}/peer`);
    const session = await peer.handshake(world.context, await handshakeSelf(world, 1), 0);
    await until(() => zero.seen.up.has(1));
    const body = compression ? deflateRawSync(new Uint8Array(64 << 20)) : deflateRawSync(text);
    const payload = bulk(compression ? 1000 : text.length, body);
    const frame = new Uint8Array(MAC_BYTES + payload.length);
    frame.set(payload, MAC_BYTES);
    peer.ws.send(session.seal(frame));
    await until(() => peer.closed && !zero.seen.up.has(1));
    expect(zero.seen.rejections).toEqual([{ code: 'frame-mac', peer: 1 }]);
    await stopAll(running.splice(0));
  }
});

it('beyond its share is lost and counted, and the session goes on', async () => {
  const zero = await startNode(world, 0, await freePorts(2), 'ws', { compression: true });
  running.push(zero);
  const peer = await RawConnection.open(`${zero.url}/peer`);
  const session = await peer.handshake(world.context, await handshakeSelf(world, 1), 0);
  await until(() => zero.seen.up.has(1));
  const large = deflateRawSync(new Uint8Array(MAX_BULK_BYTES));
  const pieces = MAX_INFLATED_PER_PERIOD / MAX_BULK_BYTES + 1;
  for (let i = 0; i < pieces; i++) {
    const payload = bulk(MAX_BULK_BYTES, large);
    const frame = new Uint8Array(MAC_BYTES + payload.length);
    frame.set(payload, MAC_BYTES);
    peer.ws.send(session.seal(frame));
  }
  // Those before are no items, and are counted as what they are.
  await until(() => zero.seen.rejections.some(({ code }) => code === 'rate-limited'));
  expect(zero.seen.rejections.filter(({ code }) => code === 'rate-limited')).toHaveLength(1);
  expect(peer.closed).toBe(false);
  expect(zero.seen.up.has(1)).toBe(true);
});
