/**
 * A cluster of four real processes, the keys of one of them in our hands: validators 0 to 2 are honest and at work,
 * validator 3 is us.
 */

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createMessageCodec, type MessageCodec } from '../../codec/message-codec.ts';
import type { AuthSetting } from '../../core/genesis.ts';
import type { ReplicaId } from '../../core/ids.ts';
import { SeededRandom } from '../../core/random.ts';
import { type Authenticator, createAuthenticator } from '../../crypto/authenticator.ts';
import { chainOf } from '../../crypto/chain.ts';
import type { HandshakeContext, HandshakeSelf } from '../../crypto/handshake.ts';
import { handshakeSelf } from '../../crypto/handshake-self.ts';
import { generateIdentity, type Identity } from '../../crypto/keys.ts';
import { loadMac } from '../../crypto/session.ts';
import { createVerifier } from '../../crypto/verifier.ts';
import type { StatusDocument } from '../../ops/status.ts';
import { messages, type PbftMessage } from '../../protocols/pbft/messages.ts';
import { type BatchDigests, createBatchDigests } from '../../replica/batch-digest.ts';
import { LocalCluster } from '../cluster.ts';
import { type Home, loadHome } from '../home.ts';
import { Line, type Origin, pause, type Tcp } from './line.ts';

export const TRAITOR = 3;
const HONEST: readonly ReplicaId[] = [0, 1, 2];

/** Most bytes that wait in our own socket for one of them, so that a flood is theirs and not ours. */
const FLOOD_BACKLOG_BYTES = 1 << 20;

/** Counters of the honest validators, summed. */
export type Counts = ReadonlyMap<string, number>;

export class Scene {
  readonly cluster: LocalCluster;
  readonly home: Home;
  /** The handshakes' view of who is who, the true one. */
  readonly context: HandshakeContext;
  /** We, as validator 3, and somebody whom nobody knows under its number. */
  readonly self: HandshakeSelf;
  readonly unknown: HandshakeSelf;
  /** Messages as PBFT has them, and signatures in our name. */
  readonly codec: MessageCodec<PbftMessage>;
  readonly authenticator: Authenticator;
  readonly digests: BatchDigests;
  /** A client's keys of our own. */
  readonly client: Identity;
  readonly random = new SeededRandom(0x1ec5);
  /** Connections of ours that the honest ended. */
  ended = 0;
  private readonly lines = new Map<ReplicaId, Line>();
  private readonly folder: string;
  private serial = 0;

  private constructor(parts: {
    cluster: LocalCluster;
    folder: string;
    home: Home;
    context: HandshakeContext;
    self: HandshakeSelf;
    unknown: HandshakeSelf;
    codec: MessageCodec<PbftMessage>;
    authenticator: Authenticator;
    digests: BatchDigests;
    client: Identity;
  }) {
    this.cluster = parts.cluster;
    this.folder = parts.folder;
    this.home = parts.home;
    this.context = parts.context;
    this.self = parts.self;
    this.unknown = parts.unknown;
    this.codec = parts.codec;
    this.authenticator = parts.authenticator;
    this.digests = parts.digests;
    this.client = parts.client;
  }

  static async open(auth: AuthSetting): Promise<Scene> {
    const folder = mkdtempSync(join(tmpdir(), 'lockstep-attacks-'));
    let cluster: LocalCluster | undefined;
    try {
      cluster = await LocalCluster.make({
        folder: join(folder, 'net'),
        auth,
        config: { logLevel: 'warn' },
      });
      for (const id of HONEST) cluster.restart(id);
      await cluster.waitReady();
      const home = await loadHome(cluster.homes[TRAITOR]!);
      const { chain, identity, hasher } = home;
      const verifier = await createVerifier({ threads: 0 });
      const digests = createBatchDigests(hasher);
      const context: HandshakeContext = {
        chainId: chain.id,
        validators: chain.genesis.validators.map((validator) => ({
          ed25519: Uint8Array.from(Buffer.from(validator.ed25519, 'hex')),
          mlDsa87: Uint8Array.from(Buffer.from(validator.mlDsa87, 'hex')),
        })),
        verify: (item) => verifier.verifySync(item),
        mac: await loadMac(),
      };
      return new Scene({
        cluster,
        folder,
        home,
        context,
        self: await handshakeSelf(TRAITOR, identity),
        unknown: await handshakeSelf(TRAITOR, await generateIdentity()),
        codec: createMessageCodec<PbftMessage>(messages, {
          n: 4,
          batchDigest: digests.batchDigest,
          limits: chain.genesis.parameters,
        }),
        authenticator: await createAuthenticator({ chain, auth, identity, self: TRAITOR, verifier }),
        digests,
        client: await generateIdentity(),
      });
    } catch (error) {
      await cluster?.stop();
      rmSync(folder, { recursive: true, force: true });
      throw error;
    }
  }

  async close(): Promise<void> {
    this.hangUp();
    await this.cluster.stop();
    rmSync(this.folder, { recursive: true, force: true });
  }

  get honest(): readonly ReplicaId[] {
    return HONEST;
  }

  url(id: ReplicaId): string {
    return this.cluster.urls[id]!;
  }

  /** Each time another one of the honest. */
  next(): ReplicaId {
    return HONEST[this.serial++ % HONEST.length]!;
  }

  noise(length: number): Uint8Array {
    return Uint8Array.from({ length }, () => this.random.below(256));
  }

  digest(): string {
    return Buffer.from(this.noise(32)).toString('hex');
  }

  /** Our session as validator 3 with one of them; made anew where it ended. */
  async line(id: ReplicaId): Promise<Line> {
    const old = this.lines.get(id);
    if (old !== undefined && !old.closed) return old;
    for (let attempt = 0; attempt < 20; attempt++) {
      const line = await Line.open(this.url(id), 'peer');
      if ((await line.handshake(this.context, this.self, id)) !== undefined) {
        line.keeps = false;
        this.lines.set(id, line);
        return line;
      }
      line.close();
      await pause(50);
    }
    throw new Error(`validator ${id} does not let its peer 3 in`);
  }

  /** The same, encrypted, and nobody else's afterwards. */
  async sealedLine(id: ReplicaId): Promise<Line> {
    this.lines.get(id)?.close();
    this.lines.delete(id);
    const line = await Line.open(this.url(id), 'peer');
    await line.handshake(this.context, this.self, id, 'asked');
    if (line.session?.encrypted !== true) throw new Error(`validator ${id} does not let its peer 3 in`);
    line.keeps = false;
    return line;
  }

  /** Waits until the honest ended a connection, and counts that. */
  async expectEnd(line: Line | Tcp, waitMs?: number): Promise<void> {
    if (await line.ended(waitMs)) this.ended++;
    line.close();
  }

  stranger(door: 'peer' | 'client', origin?: Origin): Promise<Line> {
    return Line.open(this.url(this.next()), door, origin);
  }

  /** Items as validator 3, to all of the honest; waits while our own socket is full. */
  async say(items: readonly Uint8Array[], to: readonly ReplicaId[] = HONEST): Promise<void> {
    for (const id of to) {
      const line = await this.line(id);
      line.items(items);
      while (line.backlog > FLOOD_BACKLOG_BYTES && !line.closed) await pause(1);
    }
  }

  /** A payload as validator 3 to one of them, whatever it is. */
  async payload(bytes: Uint8Array): Promise<void> {
    const line = await this.line(this.next());
    line.send(line.seal(bytes));
  }

  /** A signed message as an item. */
  signed(message: PbftMessage, from: ReplicaId = TRAITOR, spoil = false): Uint8Array {
    const body = this.codec.encodeBody(message, from);
    const { signed } = this.codec.schemaOf(message);
    const signature = this.authenticator.sign(body, signed === 'always').slice();
    if (spoil && signature.length > 0) signature[5]! ^= 1;
    return this.codec.encodeItem({ from, message, envelope: { body, signature } });
  }

  hangUp(): void {
    for (const line of this.lines.values()) line.close();
    this.lines.clear();
  }

  async counts(): Promise<Counts> {
    const sum = new Map<string, number>([['ended', this.ended]]);
    const add = (name: string, count: number) => sum.set(name, (sum.get(name) ?? 0) + count);
    for (const status of await this.statuses()) {
      for (const [code, count] of Object.entries(status.rejections)) add(code, count);
      for (const [offence, count] of Object.entries(status.violations)) add(`evidence ${offence}`, count);
      const { conduct } = status.peers.find(({ id }) => id === TRAITOR) ?? { conduct: null };
      for (const [kind, count] of Object.entries(conduct?.detections ?? {})) add(`found ${kind}`, count);
      const { refusedAtDoor } = status.transport as { refusedAtDoor?: number };
      add('skipped unread', status.counters.messagesSkipped ?? 0);
      const { deferred } = status.transport as { deferred?: number };
      add('deferred', deferred ?? 0);
      add('refused at accept', refusedAtDoor ?? 0);
      add('cookies', status.transport.handshakes?.cookies ?? 0);
      add('answered hellos', status.transport.handshakes?.answered ?? 0);
    }
    return sum;
  }

  statuses(): Promise<StatusDocument[]> {
    return Promise.all(HONEST.map((id) => this.patient(id)));
  }

  /** A validator without a core of its own answers late. */
  private async patient(id: ReplicaId): Promise<StatusDocument> {
    for (let attempt = 0; ; attempt++) {
      try {
        return await this.cluster.status(id);
      } catch (error) {
        if (attempt === 10) throw error;
        await pause(200);
      }
    }
  }

  /** What the hungriest of the honest holds, bytes. */
  async residentBytes(): Promise<number> {
    return Math.max(...(await this.statuses()).map(({ memoryBytes }) => memoryBytes));
  }

  /** The same keys under another genesis. */
  otherChain(): HandshakeContext {
    const genesis = { ...this.home.chain.genesis, createdMs: this.home.chain.genesis.createdMs + 1 };
    return { ...this.context, chainId: chainOf(genesis, this.home.hasher).id };
  }
}

export { handshakeSelf as selfOf };
