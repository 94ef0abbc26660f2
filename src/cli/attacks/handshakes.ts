/** Attacks on the handshake: who is who, on which chain, in which version, and said when. */

import { concatBytes } from '../../core/bytes.ts';
import { greeted, Initiator } from '../../crypto/handshake.ts';
import { type Attack, attack } from './attack.ts';
import { Line, pause } from './line.ts';
import { type Scene, TRAITOR } from './scene.ts';

/** version ‖ chain ‖ initiator ‖ responder ‖ wish: where they stand in a hello. */
const INITIATOR_AT = 33;
const WISH_AT = 37;
const X25519_AT = 38;
const KEM_AT = X25519_AT + 32;

/** Sends a hello to somebody who must end the connection. */
async function refused(
  scene: Scene,
  make: (hello: Uint8Array, to: number) => Uint8Array,
  door: 'peer' | 'client' = 'peer',
): Promise<void> {
  const to = scene.next();
  const line = await Line.open(scene.url(to), door);
  const self = door === 'peer' ? scene.self : undefined;
  line.send(make(new Initiator(scene.context, self, to).hello, to));
  await scene.expectEnd(line);
}

/** A whole handshake whose last message is not what it ought to be. */
async function lastWords(
  scene: Scene,
  make: (message: Uint8Array) => Uint8Array,
  self = scene.self,
): Promise<void> {
  const to = scene.next();
  const line = await Line.open(scene.url(to), 'peer');
  const initiator = new Initiator(scene.context, self, to);
  line.send(initiator.hello);
  const reply = await line.reply(initiator);
  const result = reply === undefined ? 'handshake-failed' : initiator.finish(reply);
  if (typeof result !== 'string') line.send(make(result.message));
  await scene.expectEnd(line);
}

const spoilt = (bytes: Uint8Array, at: number): Uint8Array => {
  const copy = bytes.slice();
  copy[at]! ^= 1;
  return copy;
};

const written = (bytes: Uint8Array, at: number, ...values: number[]): Uint8Array => {
  const copy = bytes.slice();
  copy.set(values, at);
  return copy;
};

/** From here strangers' failures count: what comes from the validators' own address is never banned. */
const ELSEWHERE = { localAddress: '127.0.0.9' } as const;

export const HANDSHAKES: readonly Attack[] = [
  attack(
    'stranger',
    'handshake-noise',
    'noise in place of a hello',
    ['handshake-malformed', 'frame-version'],
    (scene) => refused(scene, () => scene.noise(1 + scene.random.below(4000))),
    { brief: true },
  ),
  attack('stranger', 'handshake-huge', 'a first message of 20 KB', ['frame-too-large'], (scene) =>
    refused(scene, () => scene.noise(20_000)),
  ),
  attack(
    'stranger',
    'handshake-downgrade',
    'an older version of the handshake',
    ['frame-version', 'handshake-failed'],
    (scene) => refused(scene, (hello) => written(hello, 0, 0)),
    { brief: true },
  ),
  attack(
    'stranger',
    'old-genesis',
    'the same keys on another genesis',
    ['stranger'],
    async (scene) => {
      const to = scene.next();
      const line = await Line.open(scene.url(to), 'peer');
      await line.handshake(scene.otherChain(), scene.self, to);
      await scene.expectEnd(line);
    },
    { brief: true },
  ),
  attack(
    'stranger',
    'unknown-key',
    "keys of nobody, under a validator's number",
    ['signature-invalid'],
    (scene) => lastWords(scene, (message) => message, scene.unknown),
    { brief: true },
  ),
  attack(
    'stranger',
    'unknown-number',
    'a number that no validator has',
    ['handshake-failed', 'stranger'],
    (scene) => refused(scene, (hello) => written(hello, INITIATOR_AT, 0, 77)),
  ),
  attack(
    'stranger',
    'half-key',
    'the classical signature right, the post-quantum one forged',
    ['signature-invalid'],
    (scene) => lastWords(scene, (message) => spoilt(message, 64 + scene.random.below(4627))),
  ),
  attack(
    'stranger',
    'other-half-key',
    'the post-quantum signature right, the classical one forged',
    ['signature-invalid'],
    (scene) => lastWords(scene, (message) => spoilt(message, scene.random.below(64))),
  ),
  attack(
    'validator',
    'misbinding-initiator',
    'a validator speaks under the number of another',
    ['signature-invalid'],
    async (scene) => {
      // Only a higher number dials, so that it is the one of validator 2, to 0 or 1.
      const to = scene.random.below(2);
      const line = await Line.open(scene.url(to), 'peer');
      await line.handshake(scene.context, { ...scene.self, id: 2 }, to);
      await scene.expectEnd(line);
    },
    { brief: true },
  ),
  attack(
    'validator',
    'misbinding-responder',
    'a hello for one validator, passed on to another',
    ['handshake-failed'],
    async (scene) => {
      const to = scene.next();
      const line = await Line.open(scene.url(to), 'peer');
      line.send(new Initiator(scene.context, scene.self, (to + 1) % 3).hello);
      await scene.expectEnd(line);
    },
    { brief: true },
  ),
  attack(
    'validator',
    'dials-itself',
    'a hello in the name of the validator that is dialled',
    ['handshake-failed', 'stranger'],
    async (scene) => {
      const to = scene.next();
      const line = await Line.open(scene.url(to), 'peer');
      line.send(new Initiator(scene.context, { ...scene.self, id: to }, to).hello);
      await scene.expectEnd(line);
    },
  ),
  attack(
    'stranger',
    'hello-replayed',
    'an old hello, and the last message that once fitted it',
    // The latter where a cookie is asked for first, which an old hello has not.
    ['handshake-failed', 'handshake-malformed'],
    async (scene) => {
      const to = scene.next();
      const initiator = new Initiator(scene.context, scene.self, to);
      const first = await Line.open(scene.url(to), 'peer');
      first.send(initiator.hello);
      const reply = await first.reply(initiator);
      const result = reply === undefined ? 'handshake-failed' : initiator.finish(reply);
      first.close();
      const second = await Line.open(scene.url(to), 'peer');
      second.send(initiator.hello);
      await second.next();
      if (typeof result !== 'string') second.send(result.message);
      await scene.expectEnd(second);
    },
    { brief: true },
  ),
  attack(
    'stranger',
    'reply-reflected',
    "the validator's own reply, sent back to it",
    ['handshake-malformed'],
    async (scene) => {
      const to = scene.next();
      const line = await Line.open(scene.url(to), 'peer');
      const initiator = new Initiator(scene.context, scene.self, to);
      line.send(initiator.hello);
      const reply = await line.reply(initiator);
      if (reply !== undefined) line.send(reply);
      await scene.expectEnd(line);
    },
  ),
  attack(
    'stranger',
    'hello-twice',
    'a second hello before the reply to the first',
    ['handshake-malformed', 'handshake-failed'],
    async (scene) => {
      const to = scene.next();
      const line = await Line.open(scene.url(to), 'peer');
      const { hello } = new Initiator(scene.context, scene.self, to);
      line.send(hello);
      line.send(hello);
      await scene.expectEnd(line);
    },
  ),
  attack('validator', 'low-order-point', 'an X25519 key of low order', ['handshake-failed'], (scene) =>
    refused(scene, (hello, to) =>
      greeted(
        scene.context,
        scene.self,
        to,
        concatBytes(hello.subarray(0, X25519_AT), new Uint8Array(32), hello.subarray(KEM_AT)),
      ),
    ),
  ),
  attack(
    'stranger',
    'encryption-downgrade',
    'the wish for encryption taken out of a hello on its way',
    ['signature-invalid'],
    async (scene) => {
      const to = scene.next();
      const line = await Line.open(scene.url(to), 'peer');
      line.send(written(new Initiator(scene.context, scene.self, to, 'asked').hello, WISH_AT, 0));
      await scene.expectEnd(line);
    },
    { brief: true },
  ),
  attack('validator', 'encryption-unknown', 'a wish that is none', ['handshake-malformed'], (scene) =>
    refused(scene, (hello, to) => greeted(scene.context, scene.self, to, written(hello, WISH_AT, 7))),
  ),
  attack(
    'stranger',
    'encryption-downgrade-client',
    "a client's wish taken out of its hello on its way: it gets other keys than the validator",
    ['handshake-failed'],
    async (scene) => {
      const line = await Line.open(scene.url(scene.next()), 'client');
      const initiator = new Initiator(scene.context, undefined, undefined, 'asked');
      const strip = (hello: Uint8Array): Uint8Array => written(hello, WISH_AT, 0);
      line.send(strip(initiator.hello));
      const request = await line.next();
      const again = request && initiator.again(request);
      if (again !== undefined) line.send(strip(again));
      const reply = await line.next();
      // The client sees it and goes; whoever is on the line has nothing to say in its place.
      if (reply === undefined || typeof initiator.finish(reply) === 'string') line.send(scene.noise(16));
      await scene.expectEnd(line);
    },
    { brief: true },
  ),
  attack(
    'stranger',
    'cookie-forged',
    'a cookie that nobody gave',
    ['handshake-failed'],
    async (scene) => {
      const line = await Line.open(scene.url(scene.next()), 'client');
      const initiator = new Initiator(scene.context, undefined, undefined);
      line.send(initiator.hello);
      const request = await line.next();
      const again = request && initiator.again(spoilt(request, 2 + scene.random.below(16)));
      if (again !== undefined) line.send(again);
      await scene.expectEnd(line);
    },
    { brief: true },
  ),
  attack(
    'validator',
    'bad-kem-key',
    'an ML-KEM key whose coefficients are not reduced',
    ['handshake-malformed'],
    (scene) =>
      refused(scene, (hello, to) =>
        greeted(
          scene.context,
          scene.self,
          to,
          concatBytes(
            hello.subarray(0, KEM_AT),
            new Uint8Array(1568).fill(0xff),
            hello.subarray(KEM_AT + 1568),
          ),
        ),
      ),
  ),
  attack(
    'stranger',
    'wrong-door',
    "a validator's hello at the clients' door",
    ['handshake-malformed'],
    async (scene) => {
      const to = scene.next();
      const line = await Line.open(scene.url(to), 'client');
      line.send(new Initiator(scene.context, scene.self, to).hello);
      await scene.expectEnd(line);
    },
  ),
  attack(
    'stranger',
    'banned-address',
    'a stranger that fails again and again, from an address of its own',
    ['refused at accept'],
    async (scene) => {
      // One validator, so that its patience ends.
      const line = await Line.open(scene.url(0), 'peer', ELSEWHERE);
      line.send(scene.noise(100));
      await scene.expectEnd(line);
    },
    { pauseMs: 2, brief: true },
  ),
  attack(
    'stranger',
    'hello-flood',
    'valid hellos of clients as fast as it can, and nothing after: nobody waits for the cookie',
    ['cookies'],
    (scene) => helloFlood(scene, 'client'),
    { pauseMs: 1, brief: true },
  ),
  attack(
    'stranger',
    'cookie-flood',
    'the same with the cookies that are asked for, so that each has an answer, and nothing after',
    ['cookies'],
    (scene) => helloFlood(scene, 'client', true),
    { pauseMs: 1 },
  ),
  attack(
    'stranger',
    'hello-flood-peers',
    "valid hellos in a validator's name as fast as they are answered, and nothing after",
    ['rate-limited', 'handshake-failed', 'handshake-malformed'],
    (scene) => helloFlood(scene, 'peer'),
    { pauseMs: 1 },
  ),
];

/** Made once: the flood is to cost them more than us. */
const hellos = new WeakMap<Scene, Map<string, Uint8Array>>();

async function helloFlood(scene: Scene, door: 'peer' | 'client', cookied = false): Promise<void> {
  const known = hellos.get(scene) ?? new Map<string, Uint8Array>();
  hellos.set(scene, known);
  await Promise.all(
    scene.honest.map(async (to) => {
      const key = `${door}${to}`;
      const hello =
        known.get(key) ??
        new Initiator(scene.context, door === 'peer' ? { ...scene.self, id: TRAITOR } : undefined, to).hello;
      known.set(key, hello);
      const lines = await Promise.all(Array.from({ length: 8 }, () => Line.open(scene.url(to), door)));
      for (const line of lines) line.send(hello);
      if (cookied) {
        for (const line of lines) {
          const request = await line.next();
          // Where the cookie stands, behind it the greeting that a client has not.
          if (request !== undefined) line.send(written(hello, hello.length - 32, ...request.subarray(2)));
        }
      }
      await pause(20);
      for (const line of lines) {
        if (door === 'peer') line.send(scene.noise(4707));
        line.close();
      }
    }),
  );
}
