/** One closed-loop client against n validators, in virtual time with costs. */
import { createMessageCodec } from '../../codec/message-codec.js';
import { toleranceOf } from '../../core/quorum.js';
import { ClosedLoop } from './client.js';
import { CostedReplica, digestOf } from './replica.js';
import { CostedWorld, Host, Process } from './world.js';
/** Most virtual time for a commit, ms: far above what any protocol takes that makes progress. */
const MOST_PER_COMMIT_MS = 20_000;
/** Most real time for a run, ms. */
const PATIENCE_MS = 20_000;
/** A cluster of parties and a client, on one computer or on one each. `delayMs` is between parties; the client is near. */
export function placeCluster(n, frames, cores, delayMs, spread) {
    const wayMs = (from, to) => from === n || to === n || delayMs === undefined ? 0 : delayMs(from, to);
    const world = new CostedWorld(frames, wayMs, spread);
    const shared = cores === undefined ? undefined : new Host(cores);
    const all = Array.from({ length: n + 1 }, (_, id) => new Process(world, id, shared ?? new Host(1)));
    return { world, validators: all.slice(0, n), client: all[n] };
}
/** Lets a client commit one request after the other; false where that comes to a standstill, or takes too long. */
export function drive(placed, parties, loop, rounds) {
    const { world, client, validators } = placed;
    for (const [id, process] of validators.entries()) {
        process.party = parties[id];
        process.remember(0, undefined);
    }
    client.party = loop;
    // By then everybody is up.
    client.remember(1, undefined);
    const untilMs = performance.now() + PATIENCE_MS;
    return world.run(() => loop.rounds >= rounds, rounds * MOST_PER_COMMIT_MS, untilMs);
}
/** Undefined where the cluster comes to a standstill, or is too large to be simulated in a moment. */
export function runCosted(options) {
    const { validators: n, protocol, limits, work, commits, warmup } = options;
    const placed = placeCluster(n, options.frames, options.cores, options.delayMs, options.spread);
    const { world, validators, client } = placed;
    const transaction = new Uint8Array(options.transactionBytes);
    const batches = new Map();
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
        batch: (request) => {
            const digest = digestOf(0x10_0000_0000 + request);
            batches.set(digest, request);
            return { digest, timeMs: 1, transactions: [transaction], bytes: transaction.length };
        },
        requestOf: (batch) => batches.get(batch.digest) ?? -1,
    };
    const replicas = validators.map((process, self) => new CostedReplica(setting, self, process, validators, client));
    const loop = new ClosedLoop(client, {
        validators,
        replies: toleranceOf(protocol.byzantine, n).matching,
        requestBytes: options.requestBytes,
        warmup,
        replyUs: work.messageUs,
        requestUs: work.messageUs,
    });
    if (!drive(placed, replicas, loop, commits + warmup))
        return undefined;
    const perSlot = (of) => replicas.reduce((total, one) => total + of(one) / Math.max(1, one.counts.slots), 0);
    return {
        latenciesMs: [...loop.latenciesMs].sort((a, b) => a - b),
        messagesPerCommit: perSlot(({ counts }) => counts.messages),
        bytesPerCommit: perSlot(({ counts }) => counts.bytes),
        signaturesMadePerCommit: perSlot(({ counts }) => counts.signed),
        signaturesCheckedPerCommit: perSlot(({ counts }) => counts.checked),
        tookMs: world.scheduler.nowMs,
    };
}
//# sourceMappingURL=run.js.map