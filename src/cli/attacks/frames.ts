/** Attacks on the session, and payloads that are no frames: by a validator, since nobody else has a session with validators. */

import { encodeFrame } from '../../codec/frame.ts';
import { encodeValue } from '../../codec/value.ts';
import { MAX_FRAME_VALUES, MAX_MESSAGES_PER_FRAME } from '../../core/limits.ts';
import { createSession } from '../../crypto/session.ts';
import { HELLO_ITEM } from '../../replica/epoch-exchange.ts';
import { type Attack, attack } from './attack.ts';
import { announced, type Line, Tcp } from './line.ts';
import type { Scene } from './scene.ts';

/** Sends what must end the session. */
async function ends(scene: Scene, make: (line: Line) => void | Promise<void>): Promise<void> {
  const to = scene.next();
  const line = await scene.line(to);
  await make(line);
  await scene.expectEnd(line);
}

/** Sends what must end an encrypted session. */
async function endsSealed(scene: Scene, make: (line: Line) => void): Promise<void> {
  const line = await scene.sealedLine(scene.next());
  make(line);
  await scene.expectEnd(line);
}

/** A frame that nobody minds: our state of the epochs. */
const harmless = (): Uint8Array => encodeFrame([encodeValue([HELLO_ITEM, 0, true])]);

const payload = (scene: Scene, bytes: Uint8Array): Promise<void> => scene.payload(bytes);
const bytes = (...values: number[]): Uint8Array => Uint8Array.from(values);
const nested = (depth: number): Uint8Array => new Uint8Array(depth + 1).fill(0x91).fill(1, depth);

const SESSION = ['frame-mac'] as const;

export const FRAMES: readonly Attack[] = [
  attack(
    'validator',
    'frame-forged',
    'a frame without the key',
    SESSION,
    (scene) => ends(scene, (line) => line.send(scene.noise(200))),
    { brief: true },
  ),
  attack('validator', 'frame-changed', 'one bit of a good frame turned', SESSION, (scene) =>
    ends(scene, (line) => {
      const frame = line.seal(harmless());
      frame[16 + scene.random.below(frame.length - 16)]! ^= 1;
      line.send(frame);
    }),
  ),
  attack(
    'validator',
    'frame-replayed',
    'a good frame twice',
    SESSION,
    (scene) =>
      ends(scene, (line) => {
        const frame = line.seal(harmless());
        line.send(frame);
        line.send(frame);
      }),
    { brief: true },
  ),
  attack(
    'validator',
    'frame-reordered',
    'two good frames, the second one first',
    SESSION,
    (scene) =>
      ends(scene, (line) => {
        const [first, second] = [line.seal(harmless()), line.seal(harmless())];
        line.send(second);
        line.send(first);
      }),
    { brief: true },
  ),
  attack(
    'validator',
    'sealed-tag-changed',
    'one bit of the tag of an encrypted frame turned',
    SESSION,
    (scene) =>
      endsSealed(scene, (line) => {
        const frame = line.seal(harmless());
        frame[scene.random.below(16)]! ^= 1;
        line.send(frame);
      }),
    { brief: true },
  ),
  attack('validator', 'sealed-text-changed', 'one bit of an encrypted payload turned', SESSION, (scene) =>
    endsSealed(scene, (line) => {
      const frame = line.seal(harmless());
      frame[16 + scene.random.below(frame.length - 16)]! ^= 1;
      line.send(frame);
    }),
  ),
  attack(
    'validator',
    'sealed-replayed',
    'an encrypted frame twice, so that its nonce would come again',
    SESSION,
    (scene) =>
      endsSealed(scene, (line) => {
        const frame = line.seal(harmless());
        line.send(frame);
        line.send(frame);
      }),
    { brief: true },
  ),
  attack('validator', 'sealed-in-the-clear', 'a frame with a MAC in an encrypted session', SESSION, (scene) =>
    endsSealed(scene, (line) => {
      const frame = new Uint8Array(16 + harmless().length);
      frame.set(harmless(), 16);
      const { send, receive, initiator } = line.keys!;
      line.send(createSession(scene.context.mac, { send, receive, initiator, encrypted: false }).seal(frame));
    }),
  ),
  attack(
    'validator',
    'old-key',
    'a frame under the key that an update took out of use',
    SESSION,
    (scene) =>
      ends(scene, (line) => {
        const { send, receive, initiator, encrypted } = line.keys!;
        const old = createSession(scene.context.mac, {
          send: send.slice(),
          receive: receive.slice(),
          initiator,
          encrypted,
        });
        line.send(line.session!.update());
        const frame = new Uint8Array(16 + harmless().length);
        frame.set(harmless(), 16);
        line.send(old.seal(frame));
      }),
    { brief: true },
  ),
  attack('validator', 'frame-dropped', 'a frame left out', SESSION, (scene) =>
    ends(scene, (line) => {
      line.seal(harmless());
      line.send(line.seal(harmless()));
    }),
  ),
  attack(
    'validator',
    'frame-truncated',
    'a good frame without its last byte',
    SESSION,
    (scene) => ends(scene, (line) => line.send(line.seal(harmless()).subarray(0, -1))),
    { brief: true },
  ),
  attack('validator', 'frame-short', 'three bytes', SESSION, (scene) =>
    ends(scene, (line) => line.send(bytes(1, 2, 3))),
  ),
  attack(
    'validator',
    'frame-reflected',
    "the validator's own frame, sent back to it",
    SESSION,
    (scene) =>
      ends(scene, async (line) => {
        line.keeps = true;
        const theirs = await line.next();
        line.keeps = false;
        line.send(theirs ?? bytes(0));
      }),
    { brief: true },
  ),
  attack(
    'validator',
    'frame-mirrored',
    'a good frame under the key of the other direction',
    SESSION,
    (scene) =>
      ends(scene, (line) => {
        const { send, receive, encrypted } = line.keys!;
        const frame = new Uint8Array(16 + harmless().length);
        frame.set(harmless(), 16);
        const mirrored = { send: receive, receive: send, initiator: false, encrypted };
        line.send(createSession(scene.context.mac, mirrored).seal(frame));
      }),
  ),
  attack(
    'validator',
    'frame-of-another-session',
    'a frame of our session with another validator',
    SESSION,
    async (scene) => {
      const to = scene.next();
      const [line, other] = [await scene.line(to), await scene.line((to + 1) % 3)];
      line.send(other.seal(harmless()));
      other.close();
      await scene.expectEnd(line);
    },
  ),
  attack(
    'validator',
    'huge-frame-announced',
    'a frame of 1 GB announced after the handshake',
    ['ended'],
    (scene) =>
      ends(scene, (line) => {
        const { _socket: socket } = line.ws as unknown as { _socket: { write(bytes: Uint8Array): void } };
        socket.write(announced(2 ** 30));
        socket.write(scene.noise(2000));
      }),
    { brief: true },
  ),
  attack(
    'stranger',
    'huge-frame-stranger',
    'a frame of 1 GB announced before any handshake',
    ['ended'],
    async (scene) => {
      const tcp = new Tcp(scene.url(scene.next()));
      await tcp.upgrade(scene.random.below(2) === 0 ? 'peer' : 'client');
      tcp.write(announced(2 ** 30));
      tcp.write(scene.noise(2000));
      await scene.expectEnd(tcp);
    },
  ),
  attack(
    'validator',
    'largest-frames',
    'frames of 8 MB that hold one value of no use',
    ['frame-kind', 'rate-limited'],
    async (scene) => {
      const line = await scene.line(scene.next());
      line.items([encodeValue([77, new Uint8Array(8 << 20)])]);
      while (line.backlog > 0 && !line.closed) await new Promise((resolve) => setTimeout(resolve, 2));
    },
    { pauseMs: 50 },
  ),
  attack('validator', 'msgpack-empty', 'a frame without content', ['frame-truncated'], (scene) =>
    payload(scene, bytes()),
  ),
  attack('validator', 'msgpack-version', 'a frame of another version', ['frame-version'], (scene) =>
    payload(scene, bytes(0x92, 9, 1)),
  ),
  attack(
    'validator',
    'msgpack-depth',
    'a hundred thousand arrays inside each other',
    ['body-malformed'],
    (scene) => payload(scene, Buffer.concat([bytes(0x92, 1), nested(100_000)])),
    { brief: true },
  ),
  attack(
    'validator',
    'msgpack-huge-array',
    'an array that says that it has 4 billion values',
    ['body-malformed'],
    (scene) => payload(scene, bytes(0x92, 1, 0xdd, 0xff, 0xff, 0xff, 0xff, 1)),
    { brief: true },
  ),
  attack('validator', 'msgpack-huge-bin', 'bytes that say that they are 4 GB', ['body-malformed'], (scene) =>
    payload(scene, bytes(0x92, 1, 0xc6, 0xff, 0xff, 0xff, 0xff)),
  ),
  attack(
    'validator',
    'msgpack-values',
    'more values than a frame may hold, a byte each',
    ['body-malformed'],
    (scene) =>
      payload(
        scene,
        Buffer.concat([bytes(0x92, 1, 0xdd, 0, 0x10, 0, 0), new Uint8Array(MAX_FRAME_VALUES * 2)]),
      ),
    { pauseMs: 40 },
  ),
  attack('validator', 'msgpack-items', 'more messages than a frame may hold', ['body-malformed'], (scene) =>
    payload(
      scene,
      Buffer.concat([
        bytes(0xdc, (MAX_MESSAGES_PER_FRAME + 2) >> 8, (MAX_MESSAGES_PER_FRAME + 2) & 255, 1),
        new Uint8Array(MAX_MESSAGES_PER_FRAME + 1),
      ]),
    ),
  ),
  attack(
    'validator',
    'msgpack-extension',
    'extension types, timestamps among them',
    ['body-malformed'],
    (scene) =>
      payload(
        scene,
        bytes(
          0x92,
          1,
          ...[
            [0xd4, 0, 1],
            [0xd6, 0xff, 0, 0, 0, 0],
            [0xc7, 1, 0x73, 0],
            [0xc9, 0xff, 0xff, 0xff, 0xff, 1],
          ][scene.random.below(4)]!,
        ),
      ),
    { brief: true },
  ),
  attack(
    'validator',
    'msgpack-prototype',
    'a map with the key __proto__',
    ['body-malformed'],
    (scene) =>
      payload(
        scene,
        Buffer.concat([
          bytes(0x92, 1, 0x81, 0xa9),
          Buffer.from('__proto__'),
          bytes(0x81, 0xa8),
          Buffer.from('polluted'),
          bytes(0xc3),
        ]),
      ),
    { brief: true },
  ),
  attack(
    'validator',
    'msgpack-floats',
    'floats, NaN, negative integers, nil and text where integers belong',
    ['body-malformed'],
    (scene) =>
      payload(
        scene,
        bytes(
          0x92,
          1,
          ...[[0xcb, 0x7f, 0xf8, 0, 0, 0, 0, 0, 0], [0xff], [0xc0], [0xd0, 0x80], [0xa1, 0x61]][
            scene.random.below(5)
          ]!,
        ),
      ),
  ),
  attack(
    'validator',
    'msgpack-long-form',
    'a number in a longer form than it needs, and one above 2^53',
    ['body-malformed'],
    (scene) =>
      payload(
        scene,
        bytes(
          0x92,
          1,
          ...[
            [0xcd, 0, 5],
            [0xcf, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff],
          ][scene.random.below(2)]!,
        ),
      ),
  ),
  attack('validator', 'msgpack-trailing', 'bytes after the end', ['body-trailing'], (scene) =>
    payload(scene, bytes(0x91, 1, 7)),
  ),
];
