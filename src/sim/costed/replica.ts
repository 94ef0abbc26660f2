/**
 * The production machine of a protocol in a process whose work is counted in µs: what the driver does with it, in the
 * driver's order (see `replica/replica.ts`), with real encodings for the sizes of messages, and with signatures that are
 * as long as real ones and otherwise nothing.
 */

import type { MessageCodec } from '../../codec/message-codec.ts';
import type { Batch } from '../../core/batch.ts';
import type { Digest, ReplicaId } from '../../core/ids.ts';
import type {
  AnyMessage,
  Attested,
  Certificate,
  Effect,
  Effects,
  Machine,
  MachineConfig,
  MachineEvent,
  Protocol,
} from '../../core/machine.ts';
import type { ReplyPayload, RequestPayload } from './client.ts';
import { type Arrival, MYSELF, type Party, type Process } from './world.ts';

/** What a validator's work costs, µs of a core. */
export interface WorkCosts {
  /** A turn of the event loop, with nothing in it. */
  readonly turnUs: number;
  /** A message's signature, all suites of the setting: made, and checked. */
  readonly signUs: number;
  readonly verifyUs: number;
  /** A client's transaction: its signature. */
  readonly transactionUs: number;
  /** A message of a peer: authenticated, decoded, and taken by the machine. One that no longer matters takes half. */
  readonly messageUs: number;
  /** A message of our own: encoded and logged. */
  readonly ownMessageUs: number;
  /** A write of the log. */
  readonly flushUs: number;
  /** What a slot takes beside its messages: the transaction's way in, execution, the ledger, the reply. */
  readonly slotUs: number;
}

export interface CostedSetting {
  readonly protocol: Protocol<AnyMessage, AnyMessage>;
  readonly config: Omit<MachineConfig, 'self'>;
  readonly codec: MessageCodec;
  readonly costs: WorkCosts;
  readonly pipelineDepth: number;
  /** Whether votes are signed; what is always signed is in any case. */
  readonly signsVotes: boolean;
  /** Signatures in a signed message, and their bytes. */
  readonly signaturesEach: number;
  readonly signatureBytes: number;
  readonly replyBytes: number;
  /** What goes round each item in its frame, once a frame. */
  readonly frameBytes: number;
  /** The batch that orders a client's request. */
  batch(request: number): Batch;
  requestOf(batch: Batch): number;
}

interface Item {
  readonly attested: Attested;
  readonly bytes: number;
}

interface Timer {
  readonly name: string;
  live: boolean;
}

/** What it counts, as the telemetry of a validator does. */
export interface Counts {
  messages: number;
  bytes: number;
  signed: number;
  checked: number;
  slots: number;
}

/** Node's timers run for whole ms, and for one at least. */
const LEAST_TIMER_MS = 1;

/** A log that grows is what state transfer is for; nothing of that happens here. */
const GENESIS_DIGEST = '00'.repeat(32);

export class CostedReplica implements Party {
  readonly counts: Counts = { messages: 0, bytes: 0, signed: 0, checked: 0, slots: 0 };
  private readonly o: CostedSetting;
  private readonly self: ReplicaId;
  private readonly process: Process;
  /** By id; then the client. */
  private readonly peers: readonly Process[];
  private readonly client: Process;
  private machine!: Machine<AnyMessage, AnyMessage>;
  private readonly events: MachineEvent<AnyMessage>[] = [];
  private readonly out: Effects<AnyMessage, AnyMessage> = [];
  private readonly timers = new Map<string, Timer>();
  /** Requests that are not executed, when each came, and those that are in somebody's proposal. */
  private readonly waiting = new Map<number, number>();
  private readonly proposed = new Set<number>();
  private toAll: Item[] = [];
  private readonly toOne = new Map<ReplicaId, Item[]>();
  private readonly replies: number[] = [];
  private demandMs = -1;
  private logged = false;
  private clock: (us: number) => number = () => 0;
  private us = 0;

  constructor(
    setting: CostedSetting,
    self: ReplicaId,
    process: Process,
    peers: readonly Process[],
    client: Process,
  ) {
    this.o = setting;
    this.self = self;
    this.process = process;
    this.peers = peers;
    this.client = client;
  }

  /** A machine reads the clock at every step, as the driver has it: what comes late in a long turn comes late. */
  private get nowMs(): number {
    return this.clock(this.us);
  }

  turn(arrivals: readonly Arrival[], _beganMs: number, clock: (us: number) => number): number {
    this.clock = clock;
    this.us = this.o.costs.turnUs;
    if (this.machine === undefined) this.start();
    for (const { from, payload } of arrivals) {
      if (from === MYSELF) this.timer(payload as Timer | undefined);
      else if (from === this.client.id) this.request((payload as RequestPayload).request);
      else for (const item of payload as readonly Item[]) this.receive(item.attested);
    }
    this.drain();
    this.propose();
    if (this.demand()) this.propose();
    this.flush();
    return this.us;
  }

  private start(): void {
    const config: MachineConfig = { ...this.o.config, self: this.self };
    this.machine = this.o.protocol.create(config, [], this.nowMs, this.out);
    this.carryOut();
  }

  private timer(timer: Timer | undefined): void {
    if (timer?.live !== true) return;
    this.timers.delete(timer.name);
    this.events.push({ kind: 'timer', timer: timer.name });
    this.drain();
  }

  private request(number: number): void {
    this.us += this.o.costs.transactionUs;
    if (!this.waiting.has(number)) this.waiting.set(number, this.nowMs);
  }

  private readonly known = (certificate: Certificate): boolean =>
    this.machine.certified?.(certificate) === true;

  private receive(attested: Attested): void {
    const { costs, codec, signaturesEach } = this.o;
    const { message, from } = attested;
    if (!this.machine.relevant(message, from)) {
      this.us += costs.messageUs / 2;
      return;
    }
    this.us += costs.messageUs;
    const signed =
      (attested.envelope.signature.length > 0 ? 1 : 0) + codec.nested(message, this.known).length;
    this.us += signed * costs.verifyUs;
    this.counts.checked += signed * signaturesEach;
    this.events.push({ kind: 'message', attested });
    this.drain();
  }

  private drain(): void {
    for (let event = this.events.shift(); event !== undefined; event = this.events.shift()) {
      this.machine.step(event, this.nowMs, this.out);
      this.carryOut();
    }
  }

  private carryOut(): void {
    for (let i = 0; i < this.out.length; i++) this.effect(this.out[i]!);
    this.out.length = 0;
  }

  private demand(): boolean {
    let oldestMs = -1;
    for (const atMs of this.waiting.values()) {
      oldestMs = atMs;
      break;
    }
    if (oldestMs === this.demandMs) return false;
    this.demandMs = oldestMs;
    this.events.push({ kind: 'demand', oldestMs });
    this.drain();
    return true;
  }

  private propose(): void {
    const { machine, events } = this;
    for (;;) {
      const room = machine.proposable(this.nowMs) && machine.status().inFlight < this.o.pipelineDepth;
      const batch = room ? this.next() : undefined;
      if (batch === undefined && machine.drives?.() !== true) return;
      events.push(batch === undefined ? { kind: 'idle' } : { kind: 'propose', batch });
      this.drain();
    }
  }

  private next(): Batch | undefined {
    for (const number of this.waiting.keys()) {
      if (this.proposed.has(number)) continue;
      this.proposed.add(number);
      return this.o.batch(number);
    }
    return undefined;
  }

  private effect(effect: Effect<AnyMessage, AnyMessage>): void {
    switch (effect.kind) {
      case 'persist':
        this.logged = true;
        return;
      case 'send':
        return this.post(effect.to, this.sign(effect.message));
      case 'attest': {
        const item = this.sign(effect.message);
        this.logged = true;
        if (effect.unsent !== true) this.post(undefined, item);
        this.events.push({ kind: 'message', attested: item.attested });
        return;
      }
      case 'forward':
        return this.post(effect.to, this.itemOf(effect.attested));
      case 'timer':
        return this.setTimer(effect.timer, effect.delayMs);
      case 'cancel':
        return this.cancel(effect.timer);
      case 'deliver':
        return this.execute(effect.sequence, effect.batch);
      case 'pending':
        this.proposed.add(this.o.requestOf(effect.batch));
        return;
      case 'view':
        this.proposed.clear();
        return;
      default:
        return;
    }
  }

  private sign(message: AnyMessage): Item {
    const { codec, costs, signsVotes, signatureBytes, signaturesEach, protocol } = this.o;
    const { signed } = protocol.messages[message.type]!;
    const signs = signed === 'always' || (signed === 'vote' && signsVotes);
    this.us += costs.ownMessageUs;
    if (signs) {
      this.us += costs.signUs;
      this.counts.signed += signaturesEach;
    }
    const body = codec.encodeBody(message, this.self);
    const signature = new Uint8Array(signs ? signatureBytes : 0);
    return this.itemOf({ from: this.self, message, envelope: { body, signature } });
  }

  private readonly sizes = new WeakMap<Attested, number>();

  private itemOf(attested: Attested): Item {
    let bytes = this.sizes.get(attested);
    if (bytes === undefined) {
      bytes = this.o.codec.encodeItem(attested).length;
      this.sizes.set(attested, bytes);
    }
    return { attested, bytes };
  }

  private post(to: ReplicaId | undefined, item: Item): void {
    const receivers = to === undefined ? this.peers.length - 1 : 1;
    this.counts.messages += receivers;
    this.counts.bytes += receivers * item.bytes;
    if (to === undefined) this.toAll.push(item);
    else if (to !== this.self) this.toOne.set(to, [...(this.toOne.get(to) ?? []), item]);
  }

  private setTimer(name: string, delayMs: number): void {
    this.cancel(name);
    const timer: Timer = { name, live: true };
    this.timers.set(name, timer);
    this.process.remember(Math.max(LEAST_TIMER_MS, Math.trunc(delayMs)), timer);
  }

  private cancel(name: string): void {
    const timer = this.timers.get(name);
    if (timer !== undefined) timer.live = false;
    this.timers.delete(name);
  }

  private execute(sequence: number, batch: Batch): void {
    this.us += this.o.costs.slotUs;
    this.counts.slots++;
    if (batch.transactions.length > 0) {
      const request = this.o.requestOf(batch);
      this.waiting.delete(request);
      this.proposed.delete(request);
      this.replies.push(request);
    }
    if (sequence % this.o.config.checkpointInterval !== 0) return;
    this.events.push({ kind: 'checkpoint', sequence, digest: digestOf(sequence) });
  }

  /** One frame for each peer, then the replies. */
  private flush(): void {
    if (this.logged) this.us += this.o.costs.flushUs;
    this.logged = false;
    const shared = this.toAll;
    if (shared.length > 0 || this.toOne.size > 0) {
      this.toAll = [];
      const sharedBytes = sum(shared);
      for (const [to, process] of this.peers.entries()) {
        if (to === this.self) continue;
        const own = this.toOne.get(to);
        if (shared.length === 0 && own === undefined) continue;
        const items = own === undefined ? shared : [...shared, ...own];
        this.process.post(process, this.o.frameBytes + sharedBytes + sum(own ?? []), items);
      }
      this.toOne.clear();
    }
    for (const reply of this.replies) {
      const payload: ReplyPayload = { reply };
      this.process.post(this.client, this.o.replyBytes, payload);
    }
    this.replies.length = 0;
  }
}

const sum = (items: readonly Item[]): number => items.reduce((total, { bytes }) => total + bytes, 0);

/** A digest of 32 bytes as hex, of a number that stands for its content. */
export function digestOf(number: number): Digest {
  return number === 0 ? GENESIS_DIGEST : number.toString(16).padStart(64, '0');
}
