/** One closed-loop client against n validators, in virtual time with costs. */

import { createMessageCodec } from '../../codec/message-codec.ts';
import type { Batch } from '../../core/batch.ts';
import type { GenesisParameters } from '../../core/genesis.ts';
import type { AnyMessage, Protocol, ProtocolParameters } from '../../core/machine.ts';
import { toleranceOf } from '../../core/quorum.ts';
import { ClosedLoop } from './client.ts';
import { CostedReplica, digestOf, type WorkCosts } from './replica.ts';
import { CostedWorld, type FrameCosts, Host, type Party, Process } from './world.ts';

export interface CostedOptions {
  readonly protocol: Protocol<AnyMessage, AnyMessage>;
  readonly parameters: ProtocolParameters;
  readonly limits: GenesisParameters;
  readonly pipelineDepth: number;
  readonly validators: number;
  readonly signsVotes: boolean;
  readonly signaturesEach: number;
  readonly signatureBytes: number;
  /** Of one transaction; of the frames from and to the client; and what a frame adds to its items. */
  readonly transactionBytes: number;
  readonly requestBytes: number;
  readonly replyBytes: number;
  readonly frameBytes: number;
  readonly frames: FrameCosts;
  readonly work: WorkCosts;
  /** How much what a turn takes differs: see `CostedWorld`. */
  readonly spread: number;
  /** Cores of the one computer that all share, the client too; undefined: a computer each. */
  readonly cores: number | undefined;
  readonly delayMs?: ((from: number, to: number) => number) | undefined;
  /** Commits that are measured, and before them. */
  readonly commits: number;
  readonly warmup: number;
}

export interface CostedResult {
  /** Ascending. */
  readonly latenciesMs: readonly number[];
  readonly messagesPerCommit: number;
  readonly bytesPerCommit: number;
  readonly signaturesMadePerCommit: number;
  readonly signaturesCheckedPerCommit: number;
  /** Time on a core, all validators, µs. */
  readonly cpuUsPerCommit: number;
  /** Virtual time, ms. */
  readonly tookMs: number;
}

/** Most virtual time for a commit, ms: far above what any protocol takes that makes progress. */
const MOST_PER_COMMIT_MS = 20_000;
/** Most processor time for a run, ms. */
const PATIENCE_MS = 20_000;

/** A cluster of parties and a client, on one computer or on one each. `delayMs` is between parties; the client is near. */
export function placeCluster(
  n: number,
  frames: FrameCosts,
  cores: number | undefined,
  delayMs: ((from: number, to: number) => number) | undefined,
  spread: number,
): { world: CostedWorld; validators: Process[]; client: Process } {
  const wayMs = (from: number, to: number): number =>
    from === n || to === n || delayMs === undefined ? 0 : delayMs(from, to);
  const world = new CostedWorld(frames, wayMs, spread);
  const shared = cores === undefined ? undefined : new Host(cores);
  const all = Array.from({ length: n + 1 }, (_, id) => new Process(world, id, shared ?? new Host(1)));
  return { world, validators: all.slice(0, n), client: all[n]! };
}

/** Lets a client commit one request after the other; false where that comes to a standstill, or takes too long. */
export function drive(
  placed: { world: CostedWorld; client: Process; validators: readonly Process[] },
  parties: readonly Party[],
  loop: ClosedLoop,
  rounds: number,
): boolean {
  const { world, client, validators } = placed;
  for (const [id, process] of validators.entries()) {
    process.party = parties[id]!;
    process.remember(0, undefined);
  }
  client.party = loop;
  // By then everybody is up.
  client.remember(1, undefined);
  return world.run(() => loop.rounds >= rounds, rounds * MOST_PER_COMMIT_MS, PATIENCE_MS);
}

/** Undefined where the cluster comes to a standstill, or is too large to be simulated in a moment. */
export function runCosted(options: CostedOptions): CostedResult | undefined {
  const { validators: n, protocol, limits, work, commits, warmup } = options;
  const placed = placeCluster(n, options.frames, options.cores, options.delayMs, options.spread);
  const { world, validators, client } = placed;
  const transaction = new Uint8Array(options.transactionBytes);
  const batches = new Map<string, number>();
  const codec = createMessageCodec(protocol.messages, { n, batchDigest: () => digestOf(0), limits });
  const setting = {
    protocol,
    codec,
    costs: work,
    pipelineDepth: options.pipelineDepth,
    signsVotes: options.signsVotes,
    signaturesEach: options.signaturesEach,
    signatureBytes: options.signatureBytes,
    replyBytes: options.replyBytes,
    frameBytes: options.frameBytes,
    config: {
      n,
      epoch: 0,
      checkpointInterval: limits.checkpointInterval,
      window: limits.window,
      restoredSequence: 0,
      restoredDigest: digestOf(0),
      fastPath: limits.fastPath,
      timeoutFloorMs: limits.viewChangeTimeoutMs,
      timeoutCeilingMs: limits.viewChangeTimeoutMaxMs,
      timeoutGrowth: limits.viewChangeTimeoutGrowth,
      parameters: options.parameters,
    },
    batch: (request: number): Batch => {
      const digest = digestOf(0x10_0000_0000 + request);
      batches.set(digest, request);
      return { digest, timeMs: 1, transactions: [transaction], bytes: transaction.length };
    },
    requestOf: (batch: Batch): number => batches.get(batch.digest) ?? -1,
  };
  const replicas = validators.map(
    (process, self) => new CostedReplica(setting, self, process, validators, client),
  );
  const loop = new ClosedLoop(client, {
    validators,
    replies: toleranceOf(protocol.byzantine, n).matching,
    requestBytes: options.requestBytes,
    warmup,
    turnUs: work.turnUs,
    replyUs: work.messageUs,
    requestUs: work.messageUs,
  });
  if (!drive(placed, replicas, loop, commits + warmup)) return undefined;
  const perSlot = (of: (replica: CostedReplica) => number): number =>
    replicas.reduce((total, one) => total + of(one) / Math.max(1, one.counts.slots), 0);
  return {
    latenciesMs: [...loop.latenciesMs].sort((a, b) => a - b),
    messagesPerCommit: perSlot(({ counts }) => counts.messages),
    bytesPerCommit: perSlot(({ counts }) => counts.bytes),
    signaturesMadePerCommit: perSlot(({ counts }) => counts.signed),
    signaturesCheckedPerCommit: perSlot(({ counts }) => counts.checked),
    cpuUsPerCommit: validators.reduce((sum, { busyUs }) => sum + busyUs, 0) / (commits + warmup),
    tookMs: world.scheduler.nowMs,
  };
}
