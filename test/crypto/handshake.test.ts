import { beforeAll, describe, expect, it } from 'vitest';
import { Cookies } from '../../src/crypto/cookies.ts';
import { type EncryptionWish, hostOf, wishFor } from '../../src/crypto/encryption.ts';
import {
  COOKIE_REQUEST_BYTES,
  claimedInitiator,
  cookieRequest,
  greeted,
  type HandshakeContext,
  type HandshakeSelf,
  HELLO_BYTES,
  hasCookie,
  Initiator,
  PEER_FINISH_BYTES,
  REFUSED_ENCRYPTION,
  REPLY_BYTES,
  Responder,
} from '../../src/crypto/handshake.ts';
import { handshakeSelf } from '../../src/crypto/handshake-self.ts';
import { generateX25519, portableX25519 } from '../../src/crypto/key-agreement.ts';
import { answerOffer, makeOffer, OFFER_BYTES } from '../../src/crypto/key-renewal.ts';
import { generateIdentity } from '../../src/crypto/keys.ts';
import { createSession, loadMac, MAC_BYTES, NOTHING } from '../../src/crypto/session.ts';
import { createSigner } from '../../src/crypto/signing.ts';
import { createVerifier } from '../../src/crypto/verifier.ts';

let context: HandshakeContext;
let other: HandshakeContext;
const selves: HandshakeSelf[] = [];

beforeAll(async () => {
  const identities = await Promise.all([0, 1, 2].map(() => generateIdentity()));
  const verifier = await createVerifier({ threads: 0 });
  for (const [id, identity] of identities.entries()) selves.push(await handshakeSelf(id, identity));
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

describe('X25519', () => {
  const low = [new Uint8Array(32), Uint8Array.from({ length: 32 }, (_, i) => (i === 0 ? 1 : 0))];

  it('agrees between a browser and Node, and refuses points of low order in both', () => {
    for (let i = 0; i < 20; i++) {
      const [browser, node] = [portableX25519(), generateX25519()];
      const secret = browser.agree(node.publicKey);
      expect(secret).toHaveLength(32);
      expect(node.agree(browser.publicKey)).toEqual(secret);
    }
    for (const point of low) {
      expect(portableX25519().agree(point)).toBeUndefined();
      expect(generateX25519().agree(point)).toBeUndefined();
    }
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
    const reply = (bytes: Uint8Array) =>
      new Responder(context, selves[0]!, true).reply(greeted(context, selves[2]!, 0, bytes));
    const kem = hello.slice();
    kem.fill(0xff, HELLO_BYTES - 132, HELLO_BYTES - 32);
    expect(reply(kem)).toBe('handshake-malformed');
    const low = hello.slice();
    low.fill(0, 38, 70);
    expect(reply(low)).toBe('handshake-failed');
    expect(typeof reply(hello)).toBe('object');
  });

  it('a hello that nobody greets with, before anything costly: of a stranger, of another validator, changed', async () => {
    const responder = () => new Responder(context, selves[0]!, true);
    const hello = new Initiator(context, selves[2], 0).hello;
    expect(responder().refuses(hello)).toBeUndefined();
    const stranger = await handshakeSelf(2, await generateIdentity());
    for (const self of [stranger, { ...selves[1]!, id: 2 }]) {
      const claimed = new Initiator(context, self, 0).hello;
      expect(responder().refuses(claimed)).toBe('signature-invalid');
    }
    for (const at of [38, 69, 70, 1637, 1638, 1653, 1654, 1669]) {
      expect([at, responder().refuses(flip(hello, at))]).toEqual([at, 'signature-invalid']);
      expect(responder().reply(flip(hello, at))).toBe('signature-invalid');
    }
    // Both compute the same key, and no third one does.
    const keyOf = (a: number, b: number) => selves[a]!.greetings(context.validators[b]!.ed25519);
    expect(keyOf(0, 2)).toEqual(keyOf(2, 0));
    expect(keyOf(0, 1)).not.toEqual(keyOf(0, 2));
    expect(selves[0]!.greetings(new Uint8Array(32).fill(0xff))).toBeUndefined();
  });

  it('nobody for a cookie that it asks for, told once', () => {
    const cookies = new Cookies(context.mac);
    for (const self of [selves[2], undefined]) {
      const initiator = new Initiator(context, self, 0);
      const first = initiator.hello;
      expect(hasCookie(cookies, '10.0.0.9', first)).toBe(false);
      const request = cookieRequest(cookies, '10.0.0.9', first);
      expect(request).toHaveLength(COOKIE_REQUEST_BYTES);
      expect(initiator.again(request.subarray(1))).toBeUndefined();
      expect(initiator.again(flip(request, 0))).toBeUndefined();
      const second = initiator.again(request)!;
      expect([hasCookie(cookies, '10.0.0.9', second), hasCookie(cookies, '10.0.0.8', second)]).toEqual([
        true,
        false,
      ]);
      expect(initiator.again(request)).toBeUndefined();
      const responder = new Responder(context, selves[0]!, self !== undefined);
      const { keys } = ok(initiator.finish(ok(responder.reply(second))));
      expect(keys.send).toHaveLength(32);
    }
  });

  it('a last message that is forged, replayed, reflected or out of turn', () => {
    const { dialled, reply } = shake(selves[2], 0);
    const verdict = (change: (message: Uint8Array) => Uint8Array) => {
      const initiator = new Initiator(context, selves[2], 0);
      const responder = new Responder(context, selves[0]!, true);
      const { message } = ok(initiator.finish(ok(responder.reply(initiator.hello))));
      const result = responder.finish(change(message));
      // Whatever it was, there is no second guess.
      expect(responder.finish(message)).toBe('handshake-malformed');
      expect(responder.reply(initiator.hello)).toBe('handshake-malformed');
      return result;
    };
    expect(verdict((message) => message)).toMatchObject({ peer: 2 });
    expect(verdict(() => dialled.message)).toBe('handshake-failed');
    expect(verdict(() => reply.subarray(-PEER_FINISH_BYTES))).toBe('handshake-failed');
    expect(verdict((message) => message.subarray(1))).toBe('handshake-malformed');
    expect(verdict((message) => message.subarray(-MAC_BYTES))).toBe('handshake-malformed');
    for (const at of [0, 63, 64, 4690])
      expect(verdict((message) => flip(message, at))).toBe('signature-invalid');
    for (const at of [4691, 4706]) expect(verdict((message) => flip(message, at))).toBe('handshake-failed');
    expect(new Responder(context, selves[0]!, true).finish(dialled.message)).toBe('handshake-malformed');
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
});

describe('cookies', () => {
  it('hold for one hello from one address, for a while', () => {
    let nowMs = 0;
    const cookies = new Cookies(context.mac, () => nowMs);
    const hello = new Uint8Array(100).fill(7);
    const cookie = cookies.make('10.0.0.1', hello);
    const good = () => cookies.good(cookie, '10.0.0.1', hello);
    expect(good()).toBe(true);
    expect(cookies.good(cookie, '10.0.0.2', hello)).toBe(false);
    expect(cookies.good(cookie, '10.0.0.1', flip(hello, 99))).toBe(false);
    for (let at = 0; at < cookie.length; at++)
      expect(cookies.good(flip(cookie, at), '10.0.0.1', hello)).toBe(false);
    expect(new Cookies(context.mac).good(cookie, '10.0.0.1', hello)).toBe(false);
    nowMs = 29_999;
    expect(good()).toBe(true);
    nowMs = 30_000;
    expect(good()).toBe(true);
    expect(cookies.make('10.0.0.1', hello)).not.toEqual(cookie);
    nowMs = 60_000;
    expect(good()).toBe(false);
    const next = cookies.make('10.0.0.1', hello);
    // Nobody came for long: neither secret is left.
    nowMs = 1_000_000;
    expect(cookies.good(next, '10.0.0.1', hello)).toBe(false);
  });
});

describe('a key agreement within a session', () => {
  it('gives both sides one secret, another one each time, and none for what is no answer', () => {
    const secrets = [1, 2].map(() => {
      const offer = makeOffer();
      const answer = answerOffer(offer.message)!;
      const ours = offer.finish(answer.message);
      expect(ours).toEqual(answer.secret);
      return Buffer.from(answer.secret).toString('hex');
    });
    expect(new Set(secrets).size).toBe(2);
    expect(answerOffer(new Uint8Array(OFFER_BYTES).fill(0xff))).toBeUndefined();
    const offer = makeOffer();
    const answer = answerOffer(offer.message)!;
    expect(makeOffer().finish(answer.message.subarray(1))).toBeUndefined();
    expect(offer.finish(flip(answer.message, 40))).not.toEqual(answer.secret);
  });

  it.each([false, true])('locks out whoever had the keys until then, encrypted: %s', (encrypted) => {
    const { dialled, accepted } = shake(undefined, 0);
    const ours = { ...dialled.keys, encrypted };
    const stolen = { ...ours, send: ours.send.slice(), receive: ours.receive.slice() };
    const a = createSession(context.mac, ours);
    const b = createSession(context.mac, { ...accepted.keys, encrypted });
    const thief = createSession(context.mac, {
      ...stolen,
      send: stolen.receive,
      receive: stolen.send,
      initiator: false,
    });
    const plain = () => new Uint8Array(MAC_BYTES + 1).fill(5);
    // It hears all that is said, and keeps up with every update.
    for (const frame of [a.seal(plain()), a.update(), a.seal(plain())])
      expect([b.open(frame), thief.open(frame)].map((payload) => payload !== undefined)).toEqual([
        true,
        true,
      ]);
    const offer = makeOffer();
    const answer = answerOffer(offer.message)!;
    a.mix('send', offer.finish(answer.message)!);
    b.mix('receive', answer.secret);
    const frame = a.seal(plain());
    expect([b.open(frame) !== undefined, thief.open(frame)]).toEqual([true, undefined]);
  });
});

describe('an initiator refuses', () => {
  /** What a fresh initiator says to a reply after `change`. */
  const verdict = (change: (reply: Uint8Array) => Uint8Array) => {
    const initiator = new Initiator(context, undefined, undefined);
    return initiator.finish(change(ok(new Responder(context, selves[0]!, false).reply(initiator.hello))));
  };

  it('any reply with any part changed', () => {
    expect(verdict((reply) => reply.subarray(1))).toBe('handshake-malformed');
    expect(verdict((reply) => flip(reply, 0))).toBe('frame-version');
    expect(verdict((reply) => flip(reply, 1))).toBe('stranger');
    // The name, the X25519 key and the ciphertext enter the keys; the signatures stand alone.
    for (const at of [2, 4, 35, 36, 1603, REPLY_BYTES - 16, REPLY_BYTES - 1]) {
      expect(verdict((reply) => flip(reply, at))).toBe('handshake-failed');
    }
    for (const at of [1604, 1667, 1668, REPLY_BYTES - 17]) {
      expect(verdict((reply) => flip(reply, at))).toBe('signature-invalid');
    }
    expect(typeof verdict((reply) => reply)).toBe('object');
  });

  it('a point of low order', () => {
    expect(verdict((reply) => reply.slice().fill(0, 4, 36))).toBe('handshake-failed');
  });

  it('another validator than it asked for, a replayed reply, and what it said itself', () => {
    const asked = new Initiator(context, undefined, undefined);
    const reply = ok(new Responder(context, selves[0]!, false).reply(asked.hello));
    expect(new Initiator(context, undefined, 1).finish(reply)).toBe('stranger');
    expect(new Initiator(context, undefined, undefined).finish(reply)).toBe('handshake-failed');
    const { dialled } = shake(selves[2], 0);
    const reflected = reply.slice();
    reflected.set(dialled.message, REPLY_BYTES - PEER_FINISH_BYTES);
    expect(asked.finish(reflected)).toBe('handshake-failed');
    expect(asked.finish(reply)).toBe('handshake-malformed');
  });

  it('a validator that knows itself by other keys: the transcript names keys, not just ids', () => {
    const [zero, one, two] = context.validators;
    const swapped = { ...context, validators: [zero!, two!, one!] };
    const initiator = new Initiator(swapped, selves[2], 0);
    const reply = ok(new Responder(context, selves[0]!, true).reply(initiator.hello));
    expect(initiator.finish(reply)).toBe('handshake-failed');
  });

  it('an impostor: either key alone is not enough', async () => {
    const stranger = await generateIdentity();
    const ed25519 = await createSigner('ed25519', stranger.ed25519.secretKey);
    const mlDsa87 = await createSigner('ml-dsa-87', stranger.mlDsa87.secretKey);
    for (const self of [
      { ...selves[0]!, ed25519 },
      { ...selves[0]!, mlDsa87 },
    ]) {
      const initiator = new Initiator(context, undefined, undefined);
      expect(initiator.finish(ok(new Responder(context, self, false).reply(initiator.hello)))).toBe(
        'signature-invalid',
      );
    }
  });
});

describe('encryption', () => {
  const WISHES = ['unasked', 'asked', 'impossible'] as const;

  /** What both sides come to, or why not. */
  const outcome = (ours: EncryptionWish, theirs: EncryptionWish) => {
    const initiator = new Initiator(context, selves[2], 0, ours);
    const responder = new Responder(context, selves[0]!, true, theirs);
    const reply = responder.reply(initiator.hello);
    if (typeof reply === 'string') return reply;
    const dialled = initiator.finish(reply);
    if (typeof dialled === 'string') return dialled;
    const accepted = ok(responder.finish(dialled.message));
    expect(accepted.keys.encrypted).toBe(dialled.keys.encrypted);
    return dialled.keys.encrypted;
  };

  it('is on where either side asks, off where none does, and refused where one asks and one cannot', () => {
    for (const ours of WISHES) {
      for (const theirs of WISHES) {
        const both = [ours, theirs];
        const wanted = both.includes('asked');
        const expected = wanted && both.includes('impossible') ? 'encryption-required' : wanted;
        expect([ours, theirs, outcome(ours, theirs)]).toEqual([ours, theirs, expected]);
      }
    }
    expect(new Initiator(context, selves[2], 0, 'impossible').finish(REFUSED_ENCRYPTION)).toBe(
      'encryption-required',
    );
  });

  it('cannot be talked away or on: a wish that was changed on its way spoils the keys', () => {
    for (const [ours, theirs, forged] of [
      ['asked', 'unasked', 0],
      ['unasked', 'unasked', 1],
    ] as const) {
      const initiator = new Initiator(context, selves[2], 0, ours);
      const hello = initiator.hello.slice();
      hello[37] = forged;
      expect(new Responder(context, selves[0]!, true, theirs).reply(hello)).toBe('signature-invalid');
      // And where whoever changed it knows the greeting's key.
      const again = greeted(context, selves[2]!, 0, hello);
      const reply = ok(new Responder(context, selves[0]!, true, theirs).reply(again));
      expect(initiator.finish(reply)).toBe('handshake-failed');
      const second = new Initiator(context, selves[2], 0, theirs);
      const changed = ok(new Responder(context, selves[0]!, true, ours).reply(second.hello)).slice();
      changed[3] = forged;
      expect(second.finish(changed)).toBe('handshake-failed');
    }
    const hello = new Initiator(context, selves[2], 0).hello;
    hello[37] = 3;
    expect(new Responder(context, selves[0]!, true).reply(hello)).toBe('handshake-malformed');
  });

  it('is asked for of other hosts, unless the setting says otherwise', () => {
    const own = ['10.0.0.2', '0.0.0.0'];
    for (const here of ['127.0.0.1', '127.8.9.1', '::1', 'localhost', '10.0.0.2', '::ffff:10.0.0.2'])
      expect([here, wishFor('auto', own, here)]).toEqual([here, 'unasked']);
    const loopback = '0000:0000:0000:0000:0000:0000:0000:0001';
    expect(wishFor('auto', own, loopback)).toBe('unasked');
    for (const away of [
      '10.0.0.3',
      'v1.example',
      '2001:db8::1',
      '',
      'localhost.example',
      '127.0.0.1.example',
    ])
      expect([away, wishFor('auto', own, away)]).toEqual([away, 'asked']);
    expect([wishFor('on', own, '127.0.0.1'), wishFor('off', own, '10.0.0.3')]).toEqual(['asked', 'unasked']);
    expect([hostOf('ws://[::1]:7100'), hostOf('wss://v1.example:1'), hostOf('')]).toEqual([
      '::1',
      'v1.example',
      '',
    ]);
  });
});

describe.each([false, true])('a session, encrypted: %s', (encrypted) => {
  const frame = (text: string) => {
    const out = new Uint8Array(MAC_BYTES + text.length);
    out.set(new TextEncoder().encode(text), MAC_BYTES);
    return out;
  };
  const text = (payload: Uint8Array | undefined) => payload && new TextDecoder().decode(payload);
  const pair = () => {
    const { dialled, accepted } = shake(undefined, 0);
    return [
      createSession(context.mac, { ...dialled.keys, encrypted }),
      createSession(context.mac, { ...accepted.keys, encrypted }),
    ] as const;
  };

  it('carries frames in order, both ways', () => {
    const [a, b] = pair();
    for (let i = 0; i < 600; i++) {
      const there = a.seal(frame(`there ${i}`));
      expect(Buffer.from(there).includes('there')).toBe(!encrypted);
      expect(text(b.open(there))).toBe(`there ${i}`);
      expect(text(a.open(b.seal(frame(`back ${i}`))))).toBe(`back ${i}`);
    }
    expect(b.open(a.seal(frame('')))).toEqual(new Uint8Array(0));
  });

  it('leaves the payload as it is, for others that get the same', () => {
    const [a, b] = pair();
    const [c, d] = pair();
    const plain = frame('to all of them');
    for (const [from, to] of [
      [a, b],
      [c, d],
    ] as const)
      expect(text(to.open(from.seal(plain)))).toBe('to all of them');
  });

  it('never says the same thing in the same way', () => {
    const [a] = pair();
    const sealed = Array.from({ length: 300 }, () => Buffer.from(a.seal(frame('again'))).toString('hex'));
    expect(new Set(sealed).size).toBe(300);
  });

  it('refuses replays, reflections, gaps, changes and what is too short, and goes on with the right one', () => {
    const [a, b] = pair();
    const [first, second, third] = ['1', '2', '3'].map((each) => a.seal(frame(each)).slice());
    expect(b.open(second!)).toBeUndefined();
    expect(text(b.open(first!))).toBe('1');
    expect(b.open(first!)).toBeUndefined();
    expect(a.open(second!)).toBeUndefined();
    for (let i = 0; i < second!.length; i++) expect(b.open(flip(second!, i))).toBeUndefined();
    expect(b.open(second!.subarray(0, -1))).toBeUndefined();
    expect(b.open(new Uint8Array(MAC_BYTES - 1))).toBeUndefined();
    expect(text(b.open(second!))).toBe('2');
    const [x] = pair();
    expect(b.open(x.seal(frame('3')))).toBeUndefined();
    expect(text(b.open(third!))).toBe('3');
  });

  it('goes on under another key after an update, each way for itself, and wipes the old one', () => {
    const { dialled, accepted } = shake(undefined, 0);
    const keys = { ...dialled.keys, encrypted };
    const before = [keys.send.slice(), keys.receive.slice()];
    const [a, b] = [
      createSession(context.mac, keys),
      createSession(context.mac, { ...accepted.keys, encrypted }),
    ];
    for (let round = 1; round <= 3; round++) {
      expect(text(b.open(a.seal(frame('old'))))).toBe('old');
      const update = a.update();
      // Not before its turn, and once.
      expect(a.open(update)).toBeUndefined();
      expect(b.open(update)).toBe(NOTHING);
      expect(b.open(update)).toBeUndefined();
      expect(text(b.open(a.seal(frame('new'))))).toBe('new');
      expect(text(a.open(b.seal(frame('back'))))).toBe('back');
      expect([a.updatesSent, b.updatesReceived, b.updatesSent]).toEqual([round, round, 0]);
    }
    expect(keys.send).not.toEqual(before[0]);
    expect(keys.receive).toEqual(before[1]);
    expect(accepted.keys.receive).toEqual(keys.send);
    // What the old key says no longer counts, whatever the counter.
    const stale = createSession(context.mac, { ...keys, send: before[0]!, receive: before[1]! });
    for (let i = 0; i < 12; i++) expect(b.open(stale.seal(frame('x')))).toBeUndefined();
  });

  it('leaves no key behind when it ends, nor one that anybody knows', () => {
    const { dialled, accepted } = shake(undefined, 0);
    const keys = { ...dialled.keys, encrypted };
    const before = [keys.send.slice(), keys.receive.slice()];
    const a = createSession(context.mac, keys);
    const b = createSession(context.mac, { ...accepted.keys, encrypted });
    a.end();
    const after = [keys.send.slice(), keys.receive.slice()];
    for (const key of after)
      for (const known of [...before, new Uint8Array(32)]) expect(key).not.toEqual(known);
    expect(after[0]).not.toEqual(after[1]);
    expect(b.open(a.seal(frame('late')))).toBeUndefined();
    expect(a.open(b.seal(frame('late')))).toBeUndefined();
  });

  it('asks for an update when a key has done what it may, in frames or in bytes', () => {
    for (const [bytes, frames] of [
      [0, 256],
      [1 << 14, 52],
    ] as const) {
      const { dialled } = shake(undefined, 0);
      const a = createSession(context.mac, { ...dialled.keys, encrypted }, 1 << 20);
      expect([a.due, a.used]).toEqual([false, false]);
      let sealed = 0;
      while (!a.due && sealed < 1000) {
        a.seal(new Uint8Array(MAC_BYTES + bytes));
        sealed++;
      }
      expect(sealed).toBe(frames);
      a.update();
      expect([a.due, a.used]).toEqual([false, false]);
    }
  });
});
