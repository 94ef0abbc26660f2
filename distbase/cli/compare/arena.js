/**
 * One size under one setting: a cluster for each contender, all of them up, and one at a time awake. Turns go round, so
 * that what disturbs the machine for a while disturbs all alike; the others' processes are stopped meanwhile, so that
 * their heartbeats take nothing from whoever has its turn.
 */
import { theoryOf } from '../bench/patterns.js';
import { agreement, measure, measureFloorOf, startCluster } from '../bench/session.js';
import { costsBetween, readCounters } from './counters.js';
import { median, settingOf, } from './row.js';
const FLOOR_WARMUP_MS = 250;
/** How much longer than before a turn a cluster is warmed up at first. */
const WARM_TURNS = 4;
class Lane {
    contender;
    setting;
    turns = [];
    costs = [];
    failed = 0;
    throughput;
    agrees = true;
    cluster;
    constructor(contender, setting) {
        this.contender = contender;
        this.setting = setting;
    }
    async pause() {
        for (let id = 0; id < this.setting.validators; id++)
            await this.cluster.kill(id, 'SIGSTOP');
    }
    async wake() {
        for (let id = 0; id < this.setting.validators; id++)
            await this.cluster.kill(id, 'SIGCONT');
        await this.cluster.waitReady();
    }
}
export async function runArena(options, progress, signal) {
    const { auth, validators, common, contenders, rounds } = options;
    const lanes = contenders.map((one) => new Lane(one, settingOf(one, auth, validators, common)));
    try {
        for (const lane of lanes) {
            lane.cluster = await startCluster(lane.setting, progress, signal, options.delays);
            await lane.pause();
        }
        for (const lane of lanes)
            await warmUp(lane, options, progress, signal);
        for (let round = 0; round < rounds; round++) {
            // Nobody always follows the same one.
            for (let i = 0; i < lanes.length; i++)
                await turn(lanes[(i + round) % lanes.length], options, progress, signal);
        }
        for (const lane of lanes)
            await last(lane, progress, signal);
        return lanes.map((lane) => rowOf(lane, options));
    }
    finally {
        for (const { cluster } of lanes)
            await cluster?.remove();
    }
}
async function turn(lane, { warmupMs, durationMs, floorMs, delays }, progress, signal) {
    const { setting } = lane;
    const choice = { warmupMs: FLOOR_WARMUP_MS, fast: true, delays };
    const floor = await measureFloorOf(setting, floorMs, progress, signal, choice);
    await lane.wake();
    const cluster = lane.cluster;
    let before;
    const order = { kind: 'latency', warmupMs, durationMs };
    const result = await measure(cluster, setting, order, progress, signal, () => {
        before = readCounters(cluster);
        before.catch(() => { });
    });
    if (before !== undefined)
        lane.costs.push(costsBetween(await before, await readCounters(cluster)));
    await lane.pause();
    lane.failed += result.failed;
    const { p50Ms, p90Ms, p99Ms } = result.latency;
    lane.turns.push({
        p50Ms,
        p90Ms,
        p99Ms,
        floorP50Ms: floor.p50Ms,
        floorP99Ms: floor.p99Ms,
        commits: result.committed,
    });
}
/** Many in flight: it comes first, since what it compiles and caches is compiled and cached by work. */
async function warmUp(lane, { warmupMs, durationMs, outstanding, clients }, progress, signal) {
    await lane.wake();
    if (outstanding > 0) {
        const order = { kind: 'throughput', warmupMs, durationMs, clients, outstanding };
        const result = await measure(lane.cluster, lane.setting, order, progress, signal);
        lane.failed += result.failed;
        lane.throughput = { tps: result.throughputTps, p50Ms: result.latency.p50Ms };
    }
    // Batches warm up what handles batches. What handles messages needs as many of them as a few thousand slots have.
    const warm = { kind: 'latency', warmupMs: WARM_TURNS * warmupMs, durationMs: 1 };
    const result = await measure(lane.cluster, lane.setting, warm, progress, signal);
    lane.failed += result.failed;
    await lane.pause();
}
/** Whether all validators say the same in the end. */
async function last(lane, progress, signal) {
    await lane.wake();
    lane.agrees = (await agreement(lane.cluster, progress, signal)).agree;
    await lane.cluster.remove();
    lane.cluster = undefined;
}
function rowOf(lane, { auth, validators, common, outstanding }) {
    const { contender, setting, turns, costs, throughput } = lane;
    const over = (of) => median(turns.map(of));
    const cost = (of) => median(costs.map(of));
    return {
        kind: 'measured',
        contender: contender.name,
        protocol: contender.protocol,
        protocolParameters: contender.parameters,
        auth,
        ...common,
        validators,
        clients: 1,
        p50Ms: over((one) => one.p50Ms),
        p90Ms: over((one) => one.p90Ms),
        p99Ms: over((one) => one.p99Ms),
        floorP50Ms: over((one) => one.floorP50Ms),
        floorP99Ms: over((one) => one.floorP99Ms),
        commits: turns.reduce((sum, { commits }) => sum + commits, 0),
        failed: lane.failed,
        ...(throughput && {
            throughputTps: throughput.tps,
            throughputP50Ms: throughput.p50Ms,
            outstanding,
        }),
        messagesPerCommit: cost((one) => one.messagesPerCommit),
        bytesPerCommit: cost((one) => one.bytesPerCommit),
        signaturesMadePerCommit: cost((one) => one.signaturesMadePerCommit),
        signaturesCheckedPerCommit: cost((one) => one.signaturesCheckedPerCommit),
        stateHashesAgree: lane.agrees,
        turns,
        theory: theoryOf(setting),
    };
}
//# sourceMappingURL=arena.js.map