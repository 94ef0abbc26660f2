/**
 * A client of a cluster: connected to all validators, believes what f + 1 of them say alike. It survives validators
 * that come and go: it dials again, and sends again what is outstanding, to the letter, so that a transaction executes
 * once however often it was sent.
 */

import type { AppCodec } from '../apps/codec.ts';
import type { AppResult } from '../apps/results.ts';
import { decodeClientReply, encodeClientRequest } from '../codec/client-messages.ts';
import { LockstepError } from '../core/errors.ts';
import type { Genesis } from '../core/genesis.ts';
import type { Digest, Sequence } from '../core/ids.ts';
import { toleranceOf } from '../core/quorum.ts';
import type { Author } from './author.ts';
import { Heights } from './heights.ts';
import { LeaseReads } from './lease-reads.ts';
import { Link } from './link.ts';
import {
  type ConnectOptions,
  type Limits,
  type QueryOptions,
  readStatus,
  type Submission,
  type SubmitOptions,
  type ValidatorView,
} from './options.ts';
import type { Waiter } from './outstanding.ts';
import { prepare, type Setup } from './prepare.ts';
import { Questions } from './questions.ts';
import { heed, Submissions } from './submissions.ts';
import { Transmitter } from './transmitter.ts';

/** How often deadlines are looked at, ms: one timer for all transactions, since a timer each costs more than a hash. */
const TICK_MS = 50;
/** How often validators are asked where they are, ms: expiries are counted from there. */
const PROBE_EVERY_MS = 5_000;
const STATUS_TIMEOUT_MS = 2_000;

export class Client {
  readonly genesis: Genesis;
  /** H('client', suite ‖ public key): what the application knows this client as. */
  readonly id: Digest;
  private readonly author: Author;
  private readonly codec: AppCodec;
  private readonly limits: Limits;
  private readonly links: readonly Link[];
  private readonly needed: number;
  private readonly transmitter: Transmitter;
  private readonly submissions: Submissions;
  private readonly questions: Questions;
  private readonly leases: LeaseReads;
  private readonly heights: Heights;
  private readonly probe = encodeClientRequest({ kind: 'query', requestId: 0, payload: new Uint8Array(0) });
  private readonly timer: ReturnType<typeof setInterval>;
  private lastProbeMs = performance.now();
  /** Called whenever a validator connected, disconnected or said where it is. */
  private changed: () => void = () => {};

  private constructor(setup: Setup) {
    const { genesis, author, hasher, limits } = setup;
    const n = genesis.validators.length;
    this.genesis = genesis;
    this.id = setup.id;
    this.author = author;
    this.codec = setup.codec;
    this.limits = limits;
    const { matching, faulty } = toleranceOf(genesis.byzantine, n);
    this.needed = matching;
    this.heights = new Heights(this.needed);
    const events = {
      up: (link: Link) => this.up(link),
      down: () => this.changed(),
      items: (link: Link, items: readonly unknown[]) => this.items(link, items),
    };
    this.links = setup.urls.map((url) => new Link(url, setup.dial, setup.handshake, events, setup.stopwatch));
    const transmitter = new Transmitter(this.links, setup.stopwatch);
    this.transmitter = transmitter;
    this.questions = new Questions(this.links, (link, items) => transmitter.sendTo(link, items));
    this.leases = new LeaseReads(this.links, this.questions);
    const { needed, heights } = this;
    const { maxTransactionBytes } = genesis.parameters;
    this.submissions = new Submissions({
      author,
      hasher,
      heights,
      limits,
      transmitter,
      maxTransactionBytes,
      n,
      needed,
      refusals: genesis.byzantine ? needed : n - faulty,
    });
    this.timer = setInterval(() => this.tick(), TICK_MS);
    for (const link of this.links) link.open();
  }

  /**
   * Connects. Throws `not-connected` where fewer than f + 1 validators could be reached in time, `bad-request`,
   * `bad-genesis`, `bad-key` or `home-missing` where the options make no client.
   */
  static async connect(options: ConnectOptions): Promise<Client> {
    const setup = await prepare(options);
    const n = setup.genesis.validators.length;
    const { faulty } = toleranceOf(setup.genesis.byzantine, n);
    const wanted = Math.min(options.minConnected ?? n - faulty, setup.urls.length);
    const client = new Client(setup);
    if (await client.reached(wanted, setup.limits.connectTimeoutMs)) return client;
    const why = client.links.map((link) => `${link.url}: ${link.ready ? 'connected' : link.lastError}`);
    await client.close();
    throw new LockstepError(
      'not-connected',
      `fewer than ${client.needed} of ${n} validators could be reached (${why.join('; ')})`,
    );
  }

  /** Validators that are connected now. */
  get connected(): number {
    return this.links.reduce((sum, link) => sum + (link.ready ? 1 : 0), 0);
  }

  /** Transactions sent and not settled. */
  get inFlight(): number {
    return this.submissions.size;
  }

  /** A slot that the chain has reached, as far as this client knows. */
  get sequence(): Sequence {
    return this.heights.current;
  }

  /**
   * Has a command ordered and executed. An object is encoded, and its result decoded, by the chain's application; bytes
   * are a payload as it is, and give the result's bytes. What the application declined is a result too (`ok: false`).
   *
   * Rejects with `timeout`, `busy`, `rejected`, `no-agreement`, `closed`, `bad-request` (`LockstepError`), or the signal's
   * reason. After `timeout`, `busy` and `no-agreement` the transaction may still execute, once.
   */
  submit(command: Uint8Array, options?: SubmitOptions): Promise<Submission<Uint8Array>>;
  submit(command: object, options?: SubmitOptions): Promise<Submission<AppResult>>;
  async submit(
    command: object,
    options: SubmitOptions = {},
  ): Promise<Submission<Uint8Array> | Submission<AppResult>> {
    const { submissions, codec } = this;
    if (command instanceof Uint8Array) return submissions.order('write', command, options, asBytes);
    return submissions.order('write', codec.encodeCommand(command), options, codec.decodeResult);
  }

  /**
   * Reads. Linearizable: the read is ordered like a write, and sees every write that was acknowledged before it began.
   * `read: 'lease'` is linearizable too, and answered by the leader alone where a chain of trusted validators has one with
   * a lease. `unordered` asks one validator for the state that it happens to have. Rejects as `submit`.
   */
  query(query: Uint8Array, options?: QueryOptions): Promise<Submission<Uint8Array>>;
  query(query: object, options?: QueryOptions): Promise<Submission<AppResult>>;
  async query(
    query: object,
    options: QueryOptions = {},
  ): Promise<Submission<Uint8Array> | Submission<AppResult>> {
    const { submissions, codec, questions, limits } = this;
    const raw = query instanceof Uint8Array;
    const payload = raw ? query : codec.encodeQuery(query);
    if (options.read === 'lease' && !this.genesis.byzantine) {
      submissions.requireOpen();
      const read = await this.leases.read(payload, options.timeoutMs ?? limits.timeoutMs);
      options.signal?.throwIfAborted();
      if (read !== undefined) return raw ? read : { ...read, result: codec.decodeResult(read.result) };
    }
    if (!options.unordered) {
      return raw
        ? submissions.order('read', payload, options, asBytes)
        : submissions.order('read', payload, options, codec.decodeResult);
    }
    submissions.requireOpen();
    const answer = await questions.read(payload, options.timeoutMs ?? limits.timeoutMs, options.signal);
    return raw ? answer : { ...answer, result: codec.decodeResult(answer.result) };
  }

  /** A signed transaction of this client, for `submitRaw`. Nonce and expiry are the caller's affair. */
  sign(command: Uint8Array | object, nonce: number, expiry: Sequence): Uint8Array {
    const payload = command instanceof Uint8Array ? command : this.codec.encodeCommand(command);
    return this.author.sign({ kind: 'write', payload, nonce, expiry });
  }

  /**
   * Sends a transaction that is signed already, by whomever. It is not held back by `maxOutstanding`. While it is
   * outstanding, a second call with the same bytes is a `bad-request`. Rejects as `submit`.
   */
  async submitRaw(
    transaction: Uint8Array,
    options: Pick<SubmitOptions, 'timeoutMs' | 'signal'> = {},
  ): Promise<Submission<Uint8Array>> {
    return new Promise((settled, failed) =>
      this.transmit(transaction, heed(options.signal, { settled, failed }), options.timeoutMs),
    );
  }

  /** `submitRaw` for load generators: calls back instead of making a promise. */
  transmit(transaction: Uint8Array, waiter: Waiter, timeoutMs?: number): void {
    this.submissions.transmit(transaction, waiter, timeoutMs);
  }

  /** What every validator says of itself; one that is silent for 2 s has no `status`. */
  async status(): Promise<ValidatorView[]> {
    this.submissions.requireOpen();
    return Promise.all(
      this.links.map(async (link) => {
        const asked = link.ready ? this.questions.status(link, STATUS_TIMEOUT_MS) : undefined;
        const status = readStatus(await asked?.catch(() => undefined));
        const { url, validator, ready: connected } = link;
        const name = validator === undefined ? undefined : this.genesis.validators[validator]?.name;
        return { url, validator, name, connected, status, error: connected ? undefined : link.lastError };
      }),
    );
  }

  /** Fails what is outstanding with `closed`, and disconnects. */
  async close(): Promise<void> {
    clearInterval(this.timer);
    for (const link of this.links) link.close();
    this.submissions.close();
    this.questions.close();
    this.changed();
  }

  private up(link: Link): void {
    this.transmitter.sendTo(link, [this.probe, ...this.submissions.items()]);
    this.changed();
  }

  private items(link: Link, items: readonly unknown[]): void {
    const from = link.validator!;
    const nowMs = performance.now();
    for (const item of items) {
      const reply = decodeClientReply(item);
      // A validator that sends what it should not is one validator; the others decide.
      if (typeof reply === 'string') continue;
      if (reply.kind === 'reply') {
        this.submissions.reply(from, reply.transaction, reply.sequence, reply.result, nowMs);
      } else if (reply.kind === 'refusal') {
        this.submissions.refusal(from, reply.transaction, reply.code, reply.message, nowMs);
      } else if (reply.kind === 'status') {
        this.questions.answered(reply.requestId, link, reply.json);
      } else if (reply.kind === 'no-lease') {
        this.questions.answered(reply.requestId, link, reply);
      } else {
        this.heights.report(from, reply.sequence);
        if (reply.requestId === 0) this.changed();
        else this.questions.answered(reply.requestId, link, reply);
      }
    }
  }

  private tick(): void {
    const nowMs = performance.now();
    this.submissions.tick(nowMs);
    this.questions.tick(nowMs);
    if (nowMs - this.lastProbeMs < PROBE_EVERY_MS) return;
    this.lastProbeMs = nowMs;
    this.transmitter.broadcast(this.probe);
  }

  /** Whether `wanted` validators, or f + 1 when the time is up, are connected and have said where they are. */
  private reached(wanted: number, timeoutMs: number): Promise<boolean> {
    return new Promise((resolve) => {
      const count = () => Math.min(this.connected, this.heights.reports);
      const end = (reached: boolean): void => {
        clearTimeout(timer);
        this.changed = () => {};
        resolve(reached);
      };
      const timer = setTimeout(() => end(count() >= this.needed), timeoutMs);
      this.changed = () => {
        if (count() >= Math.max(wanted, this.needed)) end(true);
      };
    });
  }
}

const asBytes = (bytes: Uint8Array): Uint8Array => bytes;
