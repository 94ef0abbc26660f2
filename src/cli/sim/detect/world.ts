/**
 * Production drivers with real signatures on a simulated network, one of them a liar or none, and what the others say of
 * each other in the end. The network loses nothing while a connection stands, as TCP does; a crash ends connections, and
 * the others are told.
 */

import { setImmediate as turn } from 'node:timers/promises';
import type { StateMachine } from '../../../apps/interface.ts';
import { applicationByName } from '../../../apps/registry.ts';
import { Outstanding } from '../../../client/outstanding.ts';
import { decodeClientReply, encodeClientRequest } from '../../../codec/client-messages.ts';
import { CLIENT_FRAME_LIMITS, createFrameDecoder, encodeFrame } from '../../../codec/frame.ts';
import type { ReplicaId } from '../../../core/ids.ts';
import type { AnyMessage, Protocol } from '../../../core/machine.ts';
import { weakQuorumSize } from '../../../core/quorum.ts';
import { SeededRandom } from '../../../core/random.ts';
import { Telemetry } from '../../../core/telemetry.ts';
import type { PbftMessage, PbftRecord } from '../../../protocols/pbft/messages.ts';
import { protocolByName } from '../../../protocols/registry.ts';
import { createBatchDigests } from '../../../replica/batch-digest.ts';
import type { Clock } from '../../../replica/ports.ts';
import { Replica } from '../../../replica/replica.ts';
import { EvidenceChecker, evidenceDocument } from '../../../replica/watch/evidence.ts';
import { Liar } from '../../../sim/byzantine.ts';
import { CALM, type LinkRule, Network } from '../../../sim/network.ts';
import type { RealSetting } from '../../../sim/real/chain.ts';
import { FRAME, type Packet, SimTransport } from '../../../sim/real/transport.ts';
import { type Fireable, Scheduler } from '../../../sim/scheduler.ts';
import { MemoryEpochs } from '../../../storage/epoch-store.ts';
import { MemorySnapshots } from '../../../storage/memory-snapshots.ts';
import { MemoryStore } from '../../../storage/memory-store.ts';
import { MemoryTables } from '../../../storage/memory-tables.ts';
import { MemoryLogFile, openMemoryVoteLog } from '../../../storage/memory-vote-log.ts';
import type { ClientSession } from '../../../transport/interface.ts';
import type { DetectSetting, Misbehaviour } from './tactics.ts';

const TIMER = 1;
const CALL = 2;

/** A run lasts so long in virtual time, ms, with a transaction about every so often. */
export const RUN_MS = 9_000;
const SUBMIT_MS = 30;
/** In every second of the runs without a liar: few slots, so that those of a checkpoint are of several seconds. */
const SPARSE_MS = 250;
const LOOK_MS = 250;

/** Networks of the runs without a liar: none of them is anybody's fault. */
export const NETWORKS: Readonly<Record<string, LinkRule>> = {
  calm: { ...CALM, ordered: true },
  jumpy: { ...CALM, ordered: true, delayMs: 1, jitterMs: 8, slow: 0.05, slowMs: 60 },
  slow: { ...CALM, ordered: true, delayMs: 40, jitterMs: 40 },
};

export interface Finding {
  readonly by: ReplicaId;
  readonly of: ReplicaId;
  readonly kind: string;
  readonly atMs: number;
}

export interface DetectResult {
  readonly seed: number;
  readonly commits: number;
  readonly liar: ReplicaId | undefined;
  /** The first time that each honest one found anybody at anything; clients are number n. */
  readonly findings: readonly Finding[];
  /** Honest validators that hold evidence which an outsider with the genesis took for proof. */
  readonly proven: readonly ReplicaId[];
  /** Evidence that does not hold, or convicts somebody honest. */
  readonly wrong: readonly string[];
  /** Honest ones in whose eyes an honest one is suspicious or quarantined. */
  readonly suspected: readonly string[];
  readonly broken: string | undefined;
}

interface Callback {
  live: boolean;
  readonly call: () => void;
}

class DetectNode implements Fireable {
  readonly id: ReplicaId;
  replica: Replica | undefined;
  broken: string | undefined;
  /** An answer to the client. */
  answered: (item: unknown) => void = () => {};
  connected: (peer: ReplicaId) => boolean = () => true;
  readonly #o: NodeOptions;
  readonly #file = new MemoryLogFile();
  readonly #snapshots = new MemorySnapshots();
  readonly #tables = new MemoryTables();
  readonly #epochs = new MemoryEpochs();
  #transport: SimTransport | undefined;
  #life = 0;

  constructor(options: NodeOptions) {
    this.#o = options;
    this.id = options.id;
  }

  start(): void {
    const { setting, protocol, network, n, mangle, id } = this.#o;
    const { chain, hasher, verifier, authenticators } = setting;
    const { log, records } = openMemoryVoteLog(this.#file);
    const { name, params } = chain.genesis.app;
    const app: StateMachine = applicationByName(name).create(params, hasher);
    const ports = Array.from({ length: n }, (_, port) => [port]);
    const transport = new SimTransport({ self: id, port: id, ports, network, mangle, sent: () => {} });
    const telemetry = new Telemetry();
    for (let peer = 0; peer < n; peer++) if (!this.connected(peer)) transport.stats().peers[peer] = -1;
    const replica = new Replica({
      chain,
      self: id,
      protocol,
      app,
      hasher,
      transport,
      authenticator: authenticators[id]!,
      verifier,
      voteLog: log,
      records,
      snapshots: this.#snapshots,
      epochs: this.#epochs,
      store: new MemoryStore({ chainId: chain.id, tables: this.#tables }),
      clock: this.#clock(++this.#life),
      telemetry,
      limits: {
        mempoolTransactions: 1_000,
        mempoolBytes: 1 << 24,
        pipelineDepth: 4,
        logCompactBytes: 8 << 20,
      },
      log: { info: () => {}, warn: () => {} },
      onFatal: (error) => {
        this.broken = `replica ${id} stopped: ${error instanceof Error ? error.message : String(error)}`;
        this.crash();
      },
    });
    this.replica = replica;
    this.#transport = transport;
    void transport.start({
      peerFrame: (from, items) => replica.peerFrame(from, items),
      peerUp: () => {},
      peerDown: () => {},
      clientFrame: () => {},
      clientDown: () => {},
      rejected: (code, peer) => {
        telemetry.rejections.add(code);
        if (peer !== undefined) replica.peerRejected(peer, code);
      },
    });
    replica.start();
  }

  crash(): void {
    this.replica?.stop();
    this.replica = undefined;
    this.#life++;
  }

  submit(transaction: Uint8Array): void {
    const items = decodeClientFrame(encodeFrame([encodeClientRequest({ kind: 'submit', transaction })]));
    this.replica?.clientFrame(this.#session, items as unknown[]);
  }

  fire(tag: number, payload: unknown): void {
    if (tag === TIMER) {
      const callback = payload as Callback;
      if (callback.live) callback.call();
    } else if (tag === FRAME && this.connected((payload as Packet).from)) {
      if (this.replica !== undefined) this.#transport!.receive(payload as Packet);
    }
  }

  readonly #session: ClientSession = {
    id: 1,
    remote: 'simulated',
    open: true,
    send: (item) => {
      this.answered((decodeClientFrame(encodeFrame([item])) as unknown[])[0]);
      return true;
    },
    close: () => {},
  };

  #clock(life: number): Clock {
    const { scheduler } = this.#o;
    const after = (delayMs: number, call: () => void): Callback => {
      const callback: Callback = {
        live: true,
        call: () => {
          if (this.#life === life) call();
        },
      };
      scheduler.schedule(delayMs, this, TIMER, callback);
      return callback;
    };
    return {
      nowMs: () => scheduler.nowMs,
      wallMs: () => 1_700_000_000_000 + Math.floor(scheduler.nowMs),
      after: (delayMs, call) => {
        const callback = after(delayMs, call);
        return () => {
          callback.live = false;
        };
      },
      endOfTurn: (call) => {
        after(0, call);
      },
    };
  }
}

const decodeClientFrame = createFrameDecoder(CLIENT_FRAME_LIMITS);

interface NodeOptions {
  readonly id: ReplicaId;
  readonly n: number;
  readonly setting: RealSetting;
  readonly protocol: Protocol<AnyMessage, AnyMessage>;
  readonly network: Network;
  readonly scheduler: Scheduler;
  readonly mangle: ((item: Uint8Array, to: ReplicaId) => Uint8Array) | undefined;
}

/** What goes wrong: a liar, or crashes and cut lines, or nothing but the network. */
export type Mix = Misbehaviour | 'honest' | 'crash';

export class DetectWorld implements Fireable {
  readonly scheduler = new Scheduler();
  readonly nodes: readonly DetectNode[];
  readonly liar: ReplicaId | undefined;
  readonly findings: Finding[] = [];
  readonly #seen = new Set<string>();
  readonly #random: SeededRandom;
  readonly #setting: RealSetting;
  readonly #network: Network;
  readonly #cut: boolean[][];
  readonly #client: Outstanding;
  #submitted = 0;
  readonly #submitMs: number;

  constructor(setting: RealSetting, seed: number, mix: Mix) {
    this.#setting = setting;
    const random = new SeededRandom(seed ^ 0xde7ec7);
    this.#random = random;
    const n = setting.chain.genesis.validators.length;
    const lie = typeof mix === 'string' ? undefined : mix;
    this.liar = lie === undefined ? undefined : lie.primary ? 0 : 1 + random.below(n - 1);
    this.#submitMs = lie === undefined && (seed >> 1) % 2 === 1 ? SPARSE_MS : SUBMIT_MS;
    const names = Object.keys(NETWORKS);
    const rule = NETWORKS[lie === undefined ? names[seed % names.length]! : 'calm']!;
    this.#network = new Network(n, this.scheduler, random.fork(), rule);
    this.#cut = Array.from({ length: n }, () => new Array<boolean>(n).fill(false));
    const genuine = protocolByName(setting.chain.genesis.protocol)!;
    const { batchOf } = createBatchDigests(setting.hasher);
    this.#client = new Outstanding(n, weakQuorumSize(n), weakQuorumSize(n), (from) =>
      this.#found(n, from, 'conflicting-result'),
    );
    this.nodes = Array.from({ length: n }, (_, id) => {
      const lies: DetectSetting = { self: id, n, random: random.fork(), batchOf };
      const own = id === this.liar ? lie : undefined;
      const node = new DetectNode({
        id,
        n,
        setting,
        scheduler: this.scheduler,
        network: this.#network,
        protocol: own?.tactic === undefined ? genuine : turned(genuine, own.tactic(lies)),
        mangle: own?.mangle?.(lies),
      });
      node.connected = (peer) => !this.#cut[id]![peer]!;
      node.answered = (item) => this.#answer(id, item, own);
      return node;
    });
    for (const node of this.nodes) this.#network.attach(node.id, node);
    for (const node of this.nodes) node.start();
    this.#later(SUBMIT_MS, () => this.#submit());
    this.#later(LOOK_MS, () => this.#looking());
    if (mix === 'crash') this.#later(500 + 1_500 * random.float(), () => this.#strike());
  }

  fire(_tag: number, payload: unknown): void {
    (payload as () => void)();
  }

  #later(delayMs: number, call: () => void): void {
    this.scheduler.schedule(delayMs, this, CALL, call);
  }

  #submit(): void {
    const transaction = this.#setting.transaction(++this.#submitted);
    const digest = this.#setting.hasher.hex('transaction', transaction);
    const nowMs = this.scheduler.nowMs;
    this.#client.add({
      digest,
      item: transaction,
      waiter: { settled: () => {}, failed: () => {} },
      startedMs: nowMs,
      deadlineMs: Number.POSITIVE_INFINITY,
      resendAtMs: Number.POSITIVE_INFINITY,
      resendAfterMs: 0,
      candidates: [],
      refusals: [],
    });
    for (const node of this.nodes) this.#later(this.#random.float(), () => node.submit(transaction));
    this.#later(this.#submitMs * (0.5 + this.#random.float()), () => this.#submit());
  }

  #answer(from: ReplicaId, item: unknown, own: Misbehaviour | undefined): void {
    let reply = decodeClientReply(item);
    if (typeof reply === 'string') return;
    const lie = own?.answer?.(reply);
    if (lie !== undefined) {
      const changed = decodeClientReply((decodeClientFrame(encodeFrame([lie])) as unknown[])[0]);
      if (typeof changed !== 'string') reply = changed;
    }
    if (reply.kind !== 'reply') return;
    this.#client.reply(from, reply.transaction, reply.sequence, reply.result.slice(), this.scheduler.nowMs);
  }

  /** One of them crashes and comes back, or is cut off and reached again: never two at a time. */
  #strike(): void {
    const victim = this.#random.below(this.nodes.length);
    const node = this.nodes[victim]!;
    const crash = this.#random.chance(0.6);
    const lastsMs = 100 + 2_500 * this.#random.float();
    if (crash) node.crash();
    this.#connect(victim, false);
    this.#later(lastsMs, () => {
      this.#connect(victim, true);
      if (crash) node.start();
      this.#later(500 + 2_000 * this.#random.float(), () => this.#strike());
    });
  }

  #connect(id: ReplicaId, up: boolean): void {
    for (const other of this.nodes) {
      if (other.id === id) continue;
      this.#cut[id]![other.id] = !up;
      this.#cut[other.id]![id] = !up;
      const tell = (node: DetectNode, peer: ReplicaId) =>
        this.#later(this.#random.float(), () =>
          up ? node.replica?.peerUp(peer) : node.replica?.peerDown(peer),
        );
      tell(other, id);
      tell(this.nodes[id]!, other.id);
    }
  }

  #looking(): void {
    this.look();
    this.#later(LOOK_MS, () => this.#looking());
  }

  look(): void {
    for (const { id, replica } of this.nodes) {
      if (id === this.liar || replica === undefined) continue;
      for (const report of replica.peerReports()) {
        for (const kind of Object.keys(report.detections)) this.#found(id, report.id, kind);
        const { health } = report.judgement;
        if (health === 'suspicious' || health === 'quarantined') this.#found(id, report.id, health);
      }
    }
  }

  #found(by: ReplicaId, of: ReplicaId, kind: string): void {
    const key = `${by} ${of} ${kind}`;
    if (this.#seen.has(key)) return;
    this.#seen.add(key);
    this.findings.push({ by, of, kind, atMs: this.scheduler.nowMs });
  }
}

/** A protocol in the hands of a liar. */
export function turned(
  protocol: Protocol<AnyMessage, AnyMessage>,
  tactic: ReturnType<NonNullable<Misbehaviour['tactic']>>,
): Protocol<AnyMessage, AnyMessage> {
  const genuine = protocol as unknown as Protocol<PbftMessage, PbftRecord>;
  const lying: Protocol<PbftMessage, PbftRecord> = {
    ...genuine,
    create: (config, log, nowMs, out) => new Liar(genuine.create(config, log, nowMs, out), [tactic]),
  };
  return lying as unknown as Protocol<AnyMessage, AnyMessage>;
}

/** One run. `done`: whether all has been found that is looked for, so that the rest of the run is spared. */
export async function runDetection(setting: RealSetting, seed: number, mix: Mix): Promise<DetectResult> {
  const world = new DetectWorld(setting, seed, mix);
  const { scheduler, nodes, liar } = world;
  const lie = typeof mix === 'string' ? undefined : mix;
  const honest = nodes.filter(({ id }) => id !== liar);
  // What a client sees, or one victim, nobody else does.
  const witnesses = lie?.kind === 'conflicting-result' || lie?.kind === 'withheld-batch' ? 1 : honest.length;
  const enough = (): boolean => {
    if (lie === undefined) return false;
    if (lie.provable) return honest.every(({ replica }) => (replica?.evidenceList().length ?? 0) > 0);
    const by = world.findings.filter(({ of, kind }) => of === liar && kind === lie.kind);
    return new Set(by.map((finding) => finding.by)).size >= witnesses;
  };
  for (let checkedMs = 0; scheduler.nextMs <= RUN_MS; ) {
    scheduler.advance();
    await turn();
    if (scheduler.nowMs < checkedMs + LOOK_MS) continue;
    checkedMs = scheduler.nowMs;
    if (enough()) break;
  }
  world.look();
  const checker = new EvidenceChecker(setting.chain, setting.hasher, setting.verifier);
  const proven: ReplicaId[] = [];
  const wrong: string[] = [];
  for (const { id, replica } of honest) {
    for (const { from, offence, first, second } of replica?.evidenceList() ?? []) {
      const plain = ({ envelope }: typeof first) => ({ from, ...envelope });
      const stored = { from, offence, seenMs: 0, first: plain(first), second: plain(second) };
      // As a stranger gets it: as text.
      const fact = checker.check(JSON.parse(JSON.stringify(evidenceDocument(setting.chain, stored))));
      if (typeof fact === 'string')
        wrong.push(`${id} has evidence against ${from} that proves nothing: ${fact}`);
      else if (from !== liar) wrong.push(`${id} has evidence against ${from}, who is honest: ${offence}`);
      else if (!proven.includes(id)) proven.push(id);
    }
  }
  const commits = Math.max(0, ...honest.map(({ replica }) => replica?.status().sequence ?? 0));
  const suspected = world.findings
    .filter(({ of, kind }) => of !== liar && (kind === 'suspicious' || kind === 'quarantined'))
    .map(({ by, of, kind }) => `${of} is ${kind} to ${by}`);
  for (const node of nodes) node.crash();
  const broken = honest.find((node) => node.broken !== undefined)?.broken;
  return { seed, commits, liar, findings: world.findings, proven, wrong, suspected, broken };
}
