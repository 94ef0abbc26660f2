/** Throws so many changed frames at everything that reads bytes of others, and counts what was said to each. */

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { decodeClientReply, decodeClientRequest } from '../../codec/client-messages.ts';
import {
  CLIENT_FRAME_LIMITS,
  createFrameDecoder,
  encodeFrame,
  PEER_FRAME_LIMITS,
  VALIDATOR_FRAME_LIMITS,
} from '../../codec/frame.ts';
import { decodeApproved, decodeMembership, encodeMembership } from '../../codec/membership-codec.ts';
import { MESSAGE_ITEM } from '../../codec/message-codec.ts';
import { parseTransaction } from '../../codec/transaction.ts';
import type { Chain } from '../../core/genesis.ts';
import { genesisMembership } from '../../core/membership.ts';
import { SeededRandom } from '../../core/random.ts';
import { createAuthenticator } from '../../crypto/authenticator.ts';
import { chainOf } from '../../crypto/chain.ts';
import { createHasher } from '../../crypto/hash.ts';
import { generateIdentity } from '../../crypto/keys.ts';
import { createSession, loadMac, MAC_BYTES } from '../../crypto/session.ts';
import { createSigner } from '../../crypto/signing.ts';
import { createVerifier } from '../../crypto/verifier.ts';
import { createBatchDigests } from '../../replica/batch-digest.ts';
import { parseStatePieces, parseStateRequest } from '../../replica/state-items.ts';
import { selfOf } from '../attacks/scene.ts';
import { makeGenesis, validatorInfo } from '../genesis.ts';
import { clientItems, protocolCorpora, replicaItems, replyItems, transactionCorpus } from './corpus.ts';
import { type DocumentTarget, documentTargets } from './documents.ts';
import { openVictim, type Victim } from './driver.ts';
import { handshakeTarget } from './handshakes.ts';
import { garbage, mutate, noise } from './mutate.ts';

/** Where frames go, and how many of a thousand. */
const SHARES = {
  'peer frame': 430,
  driver: 60,
  'client frame': 90,
  'reply to a client': 70,
  session: 70,
  handshake: 60,
  transaction: 30,
  'set change': 20,
  application: 30,
  evidence: 20,
  'evidence file': 20,
  'address record': 20,
  'join request': 20,
  'epoch proof': 20,
  'proof file': 20,
  'state piece': 20,
} as const;
export type Target = keyof typeof SHARES;
export const TARGETS = Object.keys(SHARES) as readonly Target[];

export interface FuzzSettings {
  readonly frames: number;
  readonly seed: number;
  /** These alone, each as often as the others. Default: all, by their shares. */
  readonly only?: readonly Target[];
}

export interface FuzzReport {
  readonly frames: number;
  readonly seed: number;
  readonly seconds: number;
  readonly framesPerSecond: number;
  /** Per target: how many frames, and what came of them, by code; `taken` where it was in good form. */
  readonly targets: Readonly<Record<string, Readonly<Record<string, number>>>>;
  readonly heapStartBytes: number;
  readonly heapMostBytes: number;
  readonly residentMostBytes: number;
  /** What was thrown, and by which frame. */
  readonly failures: readonly string[];
}

/** More than this over what it began with is growth that nobody bounded, bytes. */
const HEAP_BYTES = 256 << 20;
/** A driver takes in what it is told, so that now and then it begins anew. */
const VICTIM_FRAMES = 4_000;
const LOOK_FRAMES = 20_000;
const MOST_FAILURES = 20;
const PROTOCOLS = ['pbft', 'hotstuff', 'streamlet', 'raft'] as const;

class Fuzzer {
  readonly counts = new Map<string, Map<string, number>>();
  readonly failures: string[] = [];
  private readonly random: SeededRandom;
  private readonly folder: string;
  private readonly victims: Victim[] = [];
  private readonly lives: number[] = [];
  private make!: (which: number) => Promise<Victim>;
  private peerPayloads!: readonly Uint8Array[];
  private clientPayloads!: readonly Uint8Array[];
  private replyPayloads!: readonly Uint8Array[];
  private transactions!: readonly Uint8Array[];
  private changes!: readonly Uint8Array[];
  private documents!: Readonly<Record<DocumentTarget, () => string>>;
  private handshake!: () => string;
  private session!: () => string;
  private chain!: Chain;
  private codecs!: ReturnType<typeof protocolCorpora>;
  private readonly peerDecoder = createFrameDecoder(PEER_FRAME_LIMITS);
  private readonly clientDecoder = createFrameDecoder(CLIENT_FRAME_LIMITS);
  private readonly replyDecoder = createFrameDecoder(VALIDATOR_FRAME_LIMITS);

  constructor(seed: number) {
    this.random = new SeededRandom(seed);
    this.folder = mkdtempSync(join(tmpdir(), 'lockstep-fuzz-'));
  }

  async prepare(): Promise<void> {
    const { random } = this;
    const hasher = await createHasher('blake3');
    const identities = await Promise.all(Array.from({ length: 4 }, () => generateIdentity()));
    const validators = identities.map((identity, i) => validatorInfo(`v${i}`, identity));
    const chains = PROTOCOLS.map((protocol) =>
      chainOf(
        makeGenesis({ chain: 'fuzz', createdMs: 1, protocol, byzantine: protocol !== 'raft', validators }),
        hasher,
      ),
    );
    this.chain = chains[0]!;
    const digests = createBatchDigests(hasher);
    this.codecs = protocolCorpora(this.chain, digests, random, 12);
    const bodies = this.codecs.flatMap(({ codec, items }) =>
      items.slice(0, 40).flatMap((item) => {
        const decoded = codec.decodeItem(this.decodeItem(item));
        return typeof decoded === 'string' ? [] : [decoded.envelope.body];
      }),
    );
    const others = replicaItems(this.chain, random, bodies);
    const payloads: Uint8Array[] = [];
    for (const { items } of this.codecs) for (const item of items) payloads.push(encodeFrame([item]));
    for (const item of others) payloads.push(encodeFrame([item]));
    for (let i = 0; i < 100; i++) {
      const many = Array.from({ length: 1 + random.below(6) }, () =>
        random.chance(0.7) ? random.pick(random.pick(this.codecs).items) : random.pick(others),
      );
      payloads.push(encodeFrame(many));
    }
    this.peerPayloads = payloads;
    this.clientPayloads = clientItems(this.chain, random).map((item) => encodeFrame([item]));
    this.replyPayloads = replyItems(random).map((item) => encodeFrame([item]));
    this.transactions = transactionCorpus(this.chain, random, 12);
    this.changes = [
      ...this.transactions.flatMap((bytes) => {
        const parsed = parseTransaction(bytes, 1 << 16);
        return typeof parsed !== 'string' && parsed.kind === 'change' ? [parsed.payload.slice()] : [];
      }),
      encodeMembership(genesisMembership(this.chain.genesis)),
    ];
    const verifier = await createVerifier({ threads: 0 });
    const signers = await Promise.all(
      identities.map(({ ed25519 }) => createSigner('ed25519', ed25519.secretKey)),
    );
    const partiesOf = async (chain: Chain) => {
      const { auth } = chain.genesis;
      const authenticators = await Promise.all(
        identities.map((identity, self) => createAuthenticator({ chain, auth, identity, self, verifier })),
      );
      return { chain, hasher, verifier, authenticators, signers };
    };
    const short = chainOf(makeGenesis({ chain: 'fuzz', createdMs: 1, auth: 'ed25519', validators }), hasher);
    this.documents = documentTargets(await partiesOf(short), await partiesOf(this.chain), random);
    const mac = await loadMac();
    const context = {
      chainId: this.chain.id,
      validators: identities.map(({ ed25519, mlDsa87 }) => ({
        ed25519: ed25519.publicKey,
        mlDsa87: mlDsa87.publicKey,
      })),
      verify: (item: Parameters<typeof verifier.verifySync>[0]) => verifier.verifySync(item),
      mac,
    };
    const parties = {
      context,
      responder: await selfOf(0, identities[0]!),
      initiator: await selfOf(3, identities[3]!),
    };
    this.handshake = handshakeTarget(parties, random);
    const pairs = [false, true].map((encrypted) => {
      const keys = { send: noise(32, random), receive: noise(32, random), initiator: true, encrypted };
      const theirs = { send: keys.receive.slice(), receive: keys.send.slice(), initiator: false, encrypted };
      return { sender: createSession(mac, keys), receiver: createSession(mac, theirs) };
    });
    this.session = () => {
      const { sender, receiver } = random.pick(pairs);
      // Now and then both go on with the next key.
      if (random.below(100) === 0 && receiver.open(sender.update()) === undefined)
        throw new Error('a session refused an update of its key');
      const payload = random.pick(this.peerPayloads);
      const plain = new Uint8Array(MAC_BYTES + payload.length);
      plain.set(payload, MAC_BYTES);
      const frame = sender.seal(plain);
      const changed = mutate(frame, payload, random);
      const same = changed.length === frame.length && changed.every((byte, i) => byte === frame[i]);
      const first = receiver.open(changed);
      if ((first !== undefined) !== same) throw new Error('a session took a frame that was not sent');
      // The good one keeps the counters together; it is taken unless it was taken before.
      if (!same && receiver.open(frame) === undefined) throw new Error('a session refused a good frame');
      return first === undefined ? 'frame-mac' : 'taken';
    };
    let serial = 0;
    this.make = (which) =>
      openVictim(chains[which]!, hasher, identities[0]!, join(this.folder, `s${serial++}`));
    for (let i = 0; i < chains.length; i++) {
      this.victims.push(await this.make(i));
      this.lives.push(0);
    }
  }

  private decodeItem(item: Uint8Array): unknown {
    const items = this.peerDecoder(encodeFrame([item]));
    return typeof items === 'string' ? undefined : items[0];
  }

  count(target: string, outcome: string): void {
    let counts = this.counts.get(target);
    if (counts === undefined) {
      counts = new Map();
      this.counts.set(target, counts);
    }
    counts.set(outcome, (counts.get(outcome) ?? 0) + 1);
  }

  /** Valid bytes changed, or, now and then, none of ours at all. */
  private bytes(of: readonly Uint8Array[]): Uint8Array {
    const { random } = this;
    if (random.chance(0.08)) {
      const values = 1 + random.below(3);
      const out = [0x90 | (values + 1), 1];
      for (let i = 0; i < values; i++) out.push(...garbage(random));
      return Uint8Array.from(out);
    }
    if (random.chance(0.01)) return noise(random.below(3_000), random);
    return mutate(random.pick(of), random.pick(of), random);
  }

  async one(target: Target): Promise<void> {
    switch (target) {
      case 'peer frame':
        return this.peerFrame();
      case 'driver':
        return this.drive();
      case 'client frame':
        return this.clientFrame();
      case 'reply to a client':
        return this.reply();
      case 'session':
        return this.count(target, this.session());
      case 'handshake':
        return this.count(target, this.handshake());
      case 'transaction': {
        const parsed = parseTransaction(this.bytes(this.transactions), 1 << 16);
        return this.count(target, typeof parsed === 'string' ? parsed : 'taken');
      }
      case 'set change': {
        const bytes = this.bytes(this.changes);
        const set = decodeMembership(bytes);
        const taken = decodeApproved(bytes) !== undefined || typeof set !== 'string';
        return this.count(target, taken ? 'taken' : (set as string));
      }
      default:
        return this.count(target, this.documents[target]());
    }
  }

  private peerFrame(): void {
    const items = this.peerDecoder(this.bytes(this.peerPayloads));
    if (typeof items === 'string') return this.count('peer frame', items);
    const { codec } = this.random.pick(this.codecs);
    for (const item of items) {
      if (Array.isArray(item) && item[0] !== MESSAGE_ITEM) {
        const parsed = parseStateRequest(item) ?? parseStatePieces(item);
        this.count('peer frame', parsed === undefined ? 'frame-kind' : 'taken');
        continue;
      }
      const decoded = codec.decodeItem(item);
      if (typeof decoded === 'string') this.count('peer frame', decoded);
      else {
        codec.nested(decoded.message);
        this.count('peer frame', 'taken');
      }
    }
    if (items.length === 0) this.count('peer frame', 'taken');
  }

  private clientFrame(): void {
    const items = this.clientDecoder(this.bytes(this.clientPayloads));
    if (typeof items === 'string') return this.count('client frame', items);
    for (const item of items) {
      const request = decodeClientRequest(item, this.chain.genesis.parameters);
      this.count('client frame', typeof request === 'string' ? request : 'taken');
    }
  }

  private reply(): void {
    const items = this.replyDecoder(this.bytes(this.replyPayloads));
    if (typeof items === 'string') return this.count('reply to a client', items);
    for (const item of items) {
      const reply = decodeClientReply(item);
      this.count('reply to a client', typeof reply === 'string' ? reply : 'taken');
    }
  }

  /** Into a whole replica; what it counted is added up when it ends. */
  private async drive(): Promise<void> {
    const { random } = this;
    const which = random.below(this.victims.length);
    let victim = this.victims[which]!;
    if (this.lives[which]!++ >= VICTIM_FRAMES) {
      this.bury(victim);
      victim = await this.make(which);
      this.victims[which] = victim;
      this.lives[which] = 0;
    }
    if (random.chance(0.2)) {
      const items = this.clientDecoder(this.bytes(this.clientPayloads));
      if (typeof items === 'string') this.count('driver', items);
      else victim.client(items);
    } else {
      const { items: own } = this.codecs.find(({ name }) => name === PROTOCOLS[which])!;
      // Half of what it is told is in good form and means nothing good.
      const payload = random.chance(0.5) ? encodeFrame([random.pick(own)]) : this.bytes(this.peerPayloads);
      const items = this.peerDecoder(payload);
      if (typeof items === 'string') this.count('driver', items);
      else victim.frame(items);
    }
    await victim.advance(random.chance(0.05) ? 300 : 1);
    if (victim.fatal === undefined) return;
    const { name, message, stack } = victim.fatal as Error;
    throw Object.assign(new Error(`${PROTOCOLS[which]}: ${name}: ${message}`), { stack });
  }

  private bury(victim: Victim): void {
    const { rejections, counters } = victim.telemetry.snapshot();
    for (const [code, count] of Object.entries(rejections))
      for (let i = 0; i < count; i++) this.count('driver', code);
    for (let i = 0; i < (counters.messagesReceived ?? 0); i++) this.count('driver', 'messages in all');
    victim.stop();
  }

  /** After something was thrown: the replica that threw it is of no use any more. */
  async afresh(): Promise<void> {
    for (const [which, victim] of this.victims.entries()) {
      if (victim.fatal === undefined) continue;
      this.victims[which] = await this.make(which);
      this.lives[which] = 0;
    }
  }

  close(): void {
    for (const victim of this.victims) this.bury(victim);
    rmSync(this.folder, { recursive: true, force: true });
  }
}

const nextTurn = (): Promise<void> =>
  new Promise((resolve) => {
    setImmediate(resolve);
  });

/** Runs to the end, or to the signal. `progress` hears of how many frames there were. */
export async function fuzz(
  { frames, seed, only }: FuzzSettings,
  progress: (done: number) => void = () => {},
  signal?: AbortSignal,
): Promise<FuzzReport> {
  const fuzzer = new Fuzzer(seed);
  const chooser = new SeededRandom(seed ^ 0x5eed);
  const wheel = TARGETS.flatMap((target) => new Array<Target>(SHARES[target] / 10).fill(target));
  const targets = only ?? wheel;
  await fuzzer.prepare();
  const startMs = performance.now();
  const heapStartBytes = process.memoryUsage().heapUsed;
  let heapMostBytes = heapStartBytes;
  let residentMostBytes = 0;
  let done = 0;
  try {
    for (; done < frames; done++) {
      const target = chooser.pick(targets);
      try {
        await fuzzer.one(target);
      } catch (error) {
        const { name, message, stack } = error as Error;
        fuzzer.failures.push(
          `frame ${done} (${target}): ${name}: ${message} ${(stack ?? '').split('\n').slice(1, 4).join(' ')}`,
        );
        if (fuzzer.failures.length >= MOST_FAILURES) break;
        await fuzzer.afresh();
      }
      if (done % LOOK_FRAMES !== LOOK_FRAMES - 1) continue;
      signal?.throwIfAborted();
      const { heapUsed, rss } = process.memoryUsage();
      heapMostBytes = Math.max(heapMostBytes, heapUsed);
      residentMostBytes = Math.max(residentMostBytes, rss);
      progress(done + 1);
      await nextTurn();
    }
  } finally {
    fuzzer.close();
  }
  const seconds = (performance.now() - startMs) / 1000;
  const { heapUsed, rss } = process.memoryUsage();
  heapMostBytes = Math.max(heapMostBytes, heapUsed);
  residentMostBytes = Math.max(residentMostBytes, rss);
  if (heapMostBytes - heapStartBytes > HEAP_BYTES)
    fuzzer.failures.push(`the heap grew by ${Math.round((heapMostBytes - heapStartBytes) / 2 ** 20)} MiB`);
  const outcomes = Object.fromEntries(
    [...fuzzer.counts].map(([target, counts]) => [
      target,
      Object.fromEntries([...counts].sort(([, a], [, b]) => b - a)),
    ]),
  );
  return {
    frames: done,
    seed,
    seconds,
    framesPerSecond: done / seconds,
    targets: outcomes,
    heapStartBytes,
    heapMostBytes,
    residentMostBytes,
    failures: fuzzer.failures,
  };
}
