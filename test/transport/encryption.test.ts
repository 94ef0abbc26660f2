/** Encryption and changes of keys between real sockets, with somebody on the line who reads and changes what passes. */

import { connect, createServer, type Server, type Socket } from 'node:net';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { encodeFrame } from '../../src/codec/frame.ts';
import { encodeValue } from '../../src/codec/value.ts';
import type { EncryptionSetting } from '../../src/crypto/encryption.ts';
import { Initiator, REFUSED_ENCRYPTION } from '../../src/crypto/handshake.ts';
import { makeOffer } from '../../src/crypto/key-renewal.ts';
import { CONTROL, MAC_BYTES } from '../../src/crypto/session.ts';
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
} from './network.ts';

/** What becomes of bytes on their way. */
type Change = (bytes: Buffer, by: 'dialler' | 'listener') => Buffer;

/** Passes bytes on, keeps a copy, and may change them. */
class Wiretap {
  seen = Buffer.alloc(0);
  private readonly server: Server;
  private readonly sockets = new Set<Socket>();

  private constructor(to: number, change: Change) {
    this.server = createServer((dialler) => {
      const listener = connect(to, '127.0.0.1');
      const pass = (from: Socket, other: Socket, by: (bytes: Buffer) => Buffer) => {
        this.sockets.add(from);
        from.on('data', (bytes) => {
          this.seen = Buffer.concat([this.seen, bytes]);
          other.write(by(bytes));
        });
        from.on('close', () => other.destroy());
        from.on('error', () => other.destroy());
      };
      pass(dialler, listener, (bytes) => change(bytes, 'dialler'));
      pass(listener, dialler, (bytes) => change(bytes, 'listener'));
    });
  }

  static async to(port: number, change: Change = (bytes) => bytes): Promise<[Wiretap, number]> {
    const tap = new Wiretap(port, change);
    const [own] = await freePorts(1);
    await new Promise<void>((resolve) => tap.server.listen(own, '127.0.0.1', resolve));
    return [tap, own!];
  }

  close(): void {
    this.server.close();
    for (const socket of this.sockets) socket.destroy();
  }
}

let world: World;
beforeAll(async () => {
  world = await createWorld(2);
});

describe.each<Kind>(['uWebSockets.js', 'ws'])('channels on %s', (kind) => {
  const running: Node[] = [];
  const taps: Wiretap[] = [];
  afterEach(async () => {
    await stopAll(running.splice(0));
    for (const tap of taps.splice(0)) tap.close();
  });

  /** Validator 1 dials validator 0 through a tap. */
  const line = async (
    settings: readonly [EncryptionSetting, EncryptionSetting],
    more: { keyLifetimeMs?: number; keyAgreementMs?: number; change?: Change; connects?: boolean } = {},
  ) => {
    const { keyLifetimeMs, keyAgreementMs = 3_600_000, change, connects = true } = more;
    const ports = await freePorts(2);
    const [tap, through] = await Wiretap.to(ports[0]!, change);
    taps.push(tap);
    const lifetime = { keyAgreementMs, ...(keyLifetimeMs !== undefined && { keyLifetimeMs }) };
    const zero = await startNode(world, 0, ports, kind, { encryption: settings[0], ...lifetime });
    running.push(zero);
    const dialled = [through, ports[1]!];
    const one = await startNode(world, 1, dialled, kind, { encryption: settings[1], ...lifetime });
    running.push(one);
    if (connects) await until(() => zero.seen.up.has(1) && one.seen.up.has(0));
    return { zero, one, tap };
  };

  const secret = Buffer.from('what only the two of us may read');

  it.each([
    ['auto', 'auto', false],
    ['off', 'off', false],
    ['off', 'on', true],
    ['on', 'off', true],
    ['on', 'auto', true],
  ] as const)('are encrypted where one side asks: %s and %s', async (first, second, encrypted) => {
    const { zero, one, tap } = await line([first, second]);
    one.transport.send(0, encodeValue([1, secret]));
    zero.transport.send(1, encodeValue([2, secret]));
    await until(() => zero.seen.itemsFrom(1).length === 1 && one.seen.itemsFrom(0).length === 1);
    expect([1, new Uint8Array(secret)]).toEqual(zero.seen.itemsFrom(1)[0]);
    expect(tap.seen.includes(secret)).toBe(!encrypted);
    expect([zero.transport.stats().encrypted, one.transport.stats().encrypted]).toEqual([
      [false, encrypted],
      [encrypted, false],
    ]);
  });

  it.each([
    ['dialler', ['off', 'on'], 0],
    ['listener', ['on', 'off'], 0],
    ['listener', ['off', 'off'], 1],
  ] as const)(
    'do not come about where somebody on the line changes what the %s asks for: %s',
    async (whose, settings, to) => {
      const chain = Buffer.from(world.chain.id);
      // The dialler's masks are zeros, so that its hello stands there as it is: chain ‖ initiator ‖ responder ‖ wish. The
      // reply is a message of 6,311 bytes: version ‖ responder ‖ wish.
      const head = Buffer.of(0x82, 0x7e, 6311 >> 8, 6311 & 255);
      let changed = 0;
      const change: Change = (bytes, by) => {
        const from = by === 'dialler' ? bytes.indexOf(chain) : bytes.indexOf(head);
        const at = from + (by === 'dialler' ? 36 : head.length + 3);
        if (by !== whose || from < 0 || bytes.length <= at) return bytes;
        const copy = Buffer.from(bytes);
        expect(copy[at]).toBe(1 - to);
        copy[at] = to;
        changed++;
        return copy;
      };
      const { zero, one } = await line(settings, { change, connects: false });
      // The listener sees it by the greeting, the dialler by the keys.
      const { seen } = whose === 'dialler' ? zero : one;
      await until(() => changed > 1 && seen.codes().length > 1);
      const code = whose === 'dialler' ? 'signature-invalid' : 'handshake-failed';
      expect(new Set(seen.codes())).toEqual(new Set([code]));
      expect([zero.seen.up.size, one.seen.up.size]).toEqual([0, 0]);
    },
  );

  it('change their keys while items go both ways, and lose nothing', async () => {
    for (const setting of ['on', 'off'] as const) {
      const { zero, one } = await line([setting, setting], { keyLifetimeMs: 64, keyAgreementMs: 50 });
      const said = Array.from({ length: 200 }, (_, i) => [i, secret]);
      for (const item of said) {
        zero.transport.send(1, encodeValue(item));
        one.transport.send(0, encodeValue(item));
        await new Promise((resolve) => setTimeout(resolve, 2));
      }
      await until(() => zero.seen.itemsFrom(1).length === 200 && one.seen.itemsFrom(0).length === 200);
      expect(zero.seen.itemsFrom(1)).toEqual(said.map(([i]) => [i, new Uint8Array(secret)]));
      expect([...zero.seen.codes(), ...one.seen.codes()]).toEqual([]);
      expect(zero.seen.events).toEqual(['up 1']);
      // Frames that carried no item: the updates, and three for each agreement.
      const { framesIn, keyAgreements = 0 } = zero.transport.stats();
      expect(keyAgreements).toBeGreaterThan(1);
      expect(framesIn).toBeGreaterThan(zero.seen.frames.length + 2 * keyAgreements);
      await stopAll(running.splice(0));
    }
  });

  it('end where a key agreement is offered too often, out of turn, or made of nothing', async () => {
    const ports = await freePorts(2);
    const zero = await startNode(world, 0, ports, kind, { keyAgreementMs: 400 });
    running.push(zero);
    const me = await handshakeSelf(world, 1);
    const control = (...parts: Uint8Array[]) =>
      Buffer.concat([new Uint8Array(MAC_BYTES), Uint8Array.of(CONTROL), ...parts]);
    const { message } = makeOffer();
    const offer = control(Uint8Array.of(1), message);
    for (const frames of [
      [control(Uint8Array.of(3))],
      [control(Uint8Array.of(2), message)],
      [control(Uint8Array.of(77))],
      [control()],
      [control(Uint8Array.of(1), message.subarray(1))],
      [control(Uint8Array.of(1), message.slice().fill(0xff))],
      [offer, offer],
    ]) {
      zero.seen.rejections.length = 0;
      const peer = await RawConnection.open(`${zero.url}/peer`);
      const session = await peer.handshake(world.context, me, 0);
      await until(() => zero.seen.up.has(1));
      await pause(110);
      for (const frame of frames) peer.ws.send(session.seal(Uint8Array.from(frame)));
      await until(() => peer.closed && !zero.seen.up.has(1));
      expect(zero.seen.rejections).toEqual([{ code: 'frame-mac', peer: 1 }]);
    }
    expect(zero.transport.stats().keyAgreements).toBe(0);
    // And a client has none at all.
    const client = await RawConnection.open(`${zero.url}/client`);
    const session = await client.handshake(world.context, undefined, 0);
    zero.seen.rejections.length = 0;
    client.ws.send(session.seal(Uint8Array.from(offer)));
    await until(() => client.closed);
    expect(zero.seen.codes()).toEqual(['body-malformed']);
  });

  it('end at a changed tag, a changed payload, and a frame that comes twice, encrypted or not', async () => {
    const ports = await freePorts(2);
    for (const encryption of ['on', 'off'] as const) {
      const zero = await startNode(world, 0, ports, kind, { encryption });
      running.push(zero);
      const me = await handshakeSelf(world, 1);
      for (const at of [0, MAC_BYTES - 1, MAC_BYTES, -1, undefined]) {
        zero.seen.rejections.length = 0;
        const peer = await RawConnection.open(`${zero.url}/peer`);
        const session = await peer.handshake(world.context, me, 0);
        expect(session.encrypted).toBe(encryption === 'on');
        await until(() => zero.seen.up.has(1));
        const frame = session.seal(encodeFrame([encodeValue(1)], MAC_BYTES));
        if (at === undefined) peer.ws.send(frame);
        const changed = frame.slice();
        if (at !== undefined) changed[at < 0 ? changed.length + at : at]! ^= 1;
        peer.ws.send(changed);
        await until(() => peer.closed && !zero.seen.up.has(1));
        expect(zero.seen.rejections).toEqual([{ code: 'frame-mac', peer: 1 }]);
      }
      await stopAll(running.splice(0));
    }
  });

  it('are refused, and told why, to whoever has no cipher where one is asked for', async () => {
    const ports = await freePorts(2);
    for (const encryption of ['on', 'auto'] as const) {
      const zero = await startNode(world, 0, ports, kind, { encryption });
      running.push(zero);
      const browser = await RawConnection.open(`${zero.url}/client`);
      const initiator = new Initiator(world.context, undefined, undefined, 'impossible');
      browser.ws.send(initiator.hello);
      const reply = await browser.reply(initiator);
      if (encryption === 'on') {
        expect(reply).toEqual(REFUSED_ENCRYPTION);
        expect(initiator.finish(reply)).toBe('encryption-required');
        await until(() => browser.closed);
        expect(zero.seen.codes()).toEqual(['encryption-required']);
      } else {
        expect(initiator.finish(reply)).toMatchObject({ keys: { encrypted: false } });
        browser.ws.terminate();
      }
      await stopAll(running.splice(0));
    }
  });
});
