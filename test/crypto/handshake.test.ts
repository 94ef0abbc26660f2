import { beforeAll, describe, expect, it } from 'vitest';
import {
  claimedInitiator,
  type HandshakeContext,
  type HandshakeSelf,
  HELLO_BYTES,
  Initiator,
  PEER_FINISH_BYTES,
  REPLY_BYTES,
  Responder,
} from '../../src/crypto/handshake.ts';
import { generateIdentity } from '../../src/crypto/keys.ts';
import { loadMac, MAC_BYTES, Session } from '../../src/crypto/session.ts';
import { createSigner } from '../../src/crypto/signing.ts';
import { createVerifier } from '../../src/crypto/verifier.ts';

let context: HandshakeContext;
let other: HandshakeContext;
const selves: HandshakeSelf[] = [];

beforeAll(async () => {
  const identities = await Promise.all([0, 1, 2].map(() => generateIdentity()));
  const verifier = await createVerifier({ threads: 0 });
  for (const [id, { ed25519, mlDsa87 }] of identities.entries()) {
    selves.push({
      id,
      ed25519: await createSigner('ed25519', ed25519.secretKey),
      mlDsa87: await createSigner('ml-dsa-87', mlDsa87.secretKey),
    });
  }
  context = {
    chainId: new Uint8Array(32).fill(1),
    validators: identities.map((i) => ({ ed25519: i.ed25519.publicKey, mlDsa87: i.mlDsa87.publicKey })),
    verify: (item) => verifier.verifySync(item),
    mac: await loadMac(),
  };
  other = { ...context, chainId: new Uint8Array(32).fill(2) };
});

function ok<T>(value: T | string): T {
  if (typeof value === 'string') throw new Error(value);
  return value;
}

/** A whole handshake: initiator 2 (or a client) with responder 0. */
function shake(self: HandshakeSelf | undefined, to: number | undefined) {
  const initiator = new Initiator(context, self, to);
  const responder = new Responder(context, selves[0]!, self !== undefined);
  const reply = ok(responder.reply(initiator.hello));
  const dialled = ok(initiator.finish(reply));
  const accepted = ok(responder.finish(dialled.message));
  return { initiator, responder, reply, dialled, accepted };
}

function flip(bytes: Uint8Array, at: number): Uint8Array {
  const out = bytes.slice();
  out[at]! ^= 1;
  return out;
}

describe('a handshake', () => {
  it('gives two validators the same keys, crosswise, and each the name of the other', () => {
    const { dialled, accepted, initiator, reply } = shake(selves[2], 0);
    expect([initiator.hello.length, reply.length, dialled.message.length]).toEqual([
      HELLO_BYTES,
      REPLY_BYTES,
      PEER_FINISH_BYTES,
    ]);
    expect(dialled.responder).toBe(0);
    expect(accepted.peer).toBe(2);
    expect(dialled.keys.send).toEqual(accepted.keys.receive);
    expect(dialled.keys.receive).toEqual(accepted.keys.send);
    expect(dialled.keys.send).not.toEqual(dialled.keys.receive);
    expect(claimedInitiator(initiator.hello)).toBe(2);
  });

  it('gives a client, who has no name, the name of the validator', () => {
    for (const to of [0, undefined]) {
      const { dialled, accepted, initiator } = shake(undefined, to);
      expect(dialled.responder).toBe(0);
      expect(accepted.peer).toBeUndefined();
      expect(dialled.keys.send).toEqual(accepted.keys.receive);
      expect(claimedInitiator(initiator.hello)).toBe('client');
    }
  });

  it('never gives the same keys twice', () => {
    const sends = [1, 2, 3].map(() => Buffer.from(shake(undefined, 0).dialled.keys.send).toString('hex'));
    expect(new Set(sends).size).toBe(3);
  });
});

describe('a responder refuses', () => {
  it('hellos of another chain, version, door, length, or to somebody else', () => {
    const hello = new Initiator(context, selves[2], 0).hello;
    const reply = (bytes: Uint8Array, peers = true) => new Responder(context, selves[0]!, peers).reply(bytes);
    expect(reply(new Initiator(other, selves[2], 0).hello)).toBe('stranger');
    expect(reply(flip(hello, 0))).toBe('frame-version');
    expect(reply(hello, false)).toBe('handshake-malformed');
    expect(reply(new Initiator(context, undefined, 0).hello, true)).toBe('handshake-malformed');
    expect(reply(hello.subarray(1))).toBe('handshake-malformed');
    expect(reply(new Initiator(context, selves[2], 1).hello)).toBe('handshake-failed');
    expect(reply(new Initiator(context, selves[2], undefined).hello)).toBe('handshake-failed');
    expect(reply(new Initiator(context, undefined, 1).hello, false)).toBe('handshake-failed');
    // Its own hello come back, and a replica that is not in the set.
    expect(reply(new Initiator(context, selves[0], 0).hello)).toBe('stranger');
    expect(reply(new Initiator(context, { ...selves[2]!, id: 7 }, 0).hello)).toBe('stranger');
  });

  it('keys that are none: an ML-KEM key out of range, an X25519 point of low order', () => {
    const hello = new Initiator(context, selves[2], 0).hello;
    const kem = hello.slice();
    kem.fill(0xff, HELLO_BYTES - 100);
    expect(new Responder(context, selves[0]!, true).reply(kem)).toBe('handshake-malformed');
    const low = hello.slice();
    low.fill(0, 37, 69);
    expect(new Responder(context, selves[0]!, true).reply(low)).toBe('handshake-failed');
  });

  it('a last message that is forged, replayed, reflected or out of turn', () => {
    const { dialled, reply } = shake(selves[2], 0);
    const fresh = () => {
      const initiator = new Initiator(context, selves[2], 0);
      const responder = new Responder(context, selves[0]!, true);
      const { message } = ok(initiator.finish(ok(responder.reply(initiator.hello))));
      return { responder, message, hello: initiator.hello };
    };
    const { responder, message, hello } = fresh();
    expect(responder.finish(dialled.message)).toBe('handshake-failed');
    expect(responder.finish(reply.subarray(-PEER_FINISH_BYTES))).toBe('handshake-failed');
    expect(responder.finish(message.subarray(1))).toBe('handshake-malformed');
    expect(responder.finish(message.subarray(-MAC_BYTES))).toBe('handshake-malformed');
    for (const at of [0, 63, 64, 4690]) expect(responder.finish(flip(message, at))).toBe('signature-invalid');
    for (const at of [4691, 4706]) expect(responder.finish(flip(message, at))).toBe('handshake-failed');
    expect(responder.reply(hello)).toBe('handshake-malformed');
    expect(ok(responder.finish(message)).peer).toBe(2);
    expect(responder.finish(message)).toBe('handshake-malformed');
    expect(new Responder(context, selves[0]!, true).finish(message)).toBe('handshake-malformed');
  });

  it('a stranger who claims a replica’s name: either key alone is not enough', async () => {
    const stranger = await generateIdentity();
    const ed25519 = await createSigner('ed25519', stranger.ed25519.secretKey);
    const mlDsa87 = await createSigner('ml-dsa-87', stranger.mlDsa87.secretKey);
    for (const self of [
      { ...selves[2]!, ed25519, mlDsa87 },
      { ...selves[2]!, ed25519 },
      { ...selves[2]!, mlDsa87 },
    ]) {
      const initiator = new Initiator(context, self, 0);
      const responder = new Responder(context, selves[0]!, true);
      const { message } = ok(initiator.finish(ok(responder.reply(initiator.hello))));
      expect(responder.finish(message)).toBe('signature-invalid');
    }
  });

  it('a replica whose keys it knows otherwise: the transcript names the keys, not just ids', () => {
    const swapped = {
      ...context,
      validators: [context.validators[0]!, context.validators[2]!, context.validators[1]!],
    };
    const initiator = new Initiator(swapped, selves[2], 0);
    const reply = ok(new Responder(context, selves[0]!, true).reply(initiator.hello));
    expect(initiator.finish(reply)).toBe('signature-invalid');
  });
});

describe('an initiator refuses', () => {
  it('any reply with any part changed', () => {
    const initiator = new Initiator(context, undefined, undefined);
    const reply = ok(new Responder(context, selves[0]!, false).reply(initiator.hello));
    expect(initiator.finish(reply.subarray(1))).toBe('handshake-malformed');
    expect(initiator.finish(flip(reply, 0))).toBe('frame-version');
    expect(initiator.finish(flip(reply, 1))).toBe('stranger');
    for (const at of [2, 3, 34, 35, 1602, 1603, 1667, 6293]) {
      expect(initiator.finish(flip(reply, at))).toBe('signature-invalid');
    }
  });

  it('a reply whose confirmation is wrong, though it is signed', () => {
    const initiator = new Initiator(context, undefined, undefined);
    const reply = ok(new Responder(context, selves[0]!, false).reply(initiator.hello));
    expect(initiator.finish(flip(reply, REPLY_BYTES - 1))).toBe('handshake-failed');
  });

  it('another validator than it asked for, a replayed reply, and its own signature come back', () => {
    const one = new Initiator(context, undefined, 1);
    const asked = new Initiator(context, undefined, undefined);
    const reply = ok(new Responder(context, selves[0]!, false).reply(asked.hello));
    expect(one.finish(reply)).toBe('stranger');
    expect(new Initiator(context, undefined, undefined).finish(reply)).toBe('signature-invalid');
    const { dialled } = shake(selves[2], 0);
    const reflected = reply.slice();
    reflected.set(dialled.message, REPLY_BYTES - PEER_FINISH_BYTES);
    expect(asked.finish(reflected)).toBe('signature-invalid');
  });
});

describe('a session', () => {
  const frame = (text: string) => {
    const out = new Uint8Array(MAC_BYTES + text.length);
    out.set(new TextEncoder().encode(text), MAC_BYTES);
    return out;
  };
  const text = (payload: Uint8Array | undefined) => payload && new TextDecoder().decode(payload);
  const pair = () => {
    const { dialled, accepted } = shake(undefined, 0);
    return [new Session(context.mac, dialled.keys), new Session(context.mac, accepted.keys)] as const;
  };

  it('carries frames in order, both ways', () => {
    const [a, b] = pair();
    for (let i = 0; i < 600; i++) {
      const there = frame(`there ${i}`);
      a.seal(there);
      expect(text(b.open(there))).toBe(`there ${i}`);
      const back = frame(`back ${i}`);
      b.seal(back);
      expect(text(a.open(back))).toBe(`back ${i}`);
    }
    const empty = frame('');
    a.seal(empty);
    expect(b.open(empty)).toEqual(new Uint8Array(0));
  });

  it('refuses replays, reflections, gaps, changes and what is too short, and goes on with the right one', () => {
    const [a, b] = pair();
    const [first, second, third] = [frame('1'), frame('2'), frame('3')];
    for (const f of [first, second, third]) a.seal(f);
    expect(b.open(second)).toBeUndefined();
    expect(text(b.open(first))).toBe('1');
    expect(b.open(first)).toBeUndefined();
    expect(a.open(second)).toBeUndefined();
    for (let i = 0; i < second.length; i++) expect(b.open(flip(second, i))).toBeUndefined();
    expect(b.open(second.subarray(0, -1))).toBeUndefined();
    expect(b.open(new Uint8Array(MAC_BYTES - 1))).toBeUndefined();
    expect(text(b.open(second))).toBe('2');
    const [x] = pair();
    const foreign = frame('3');
    x.seal(foreign);
    expect(b.open(foreign)).toBeUndefined();
    expect(text(b.open(third))).toBe('3');
  });
});
