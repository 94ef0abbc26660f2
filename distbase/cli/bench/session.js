/** One measured cluster: real processes in a temporary folder, the floor before them, loads against them. */
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { delayMs } from '../../core/delays.js';
import { measureFloor } from '../../load/floor.js';
import { runLoad, } from '../../load/generator.js';
import { LocalCluster } from '../cluster.js';
import { untilToldToEnd } from '../signals.js';
import { floorPattern } from './patterns.js';
/** Most time for validators that are behind to execute what the others have, ms. */
const AGREE_MS = 10_000;
/** What a measurement ends with where the process was told to end. */
export class Stopped extends Error {
}
/** Aborted, with `Stopped`, at Ctrl-C or SIGTERM. The second promise is for who only waits. */
export function stopSignal() {
    const controller = new AbortController();
    const told = untilToldToEnd();
    void told.then(() => controller.abort(new Stopped('told to end')));
    return { signal: controller.signal, told };
}
/** Rejects as soon as the signal is aborted; the work goes on unheard. */
function abortable(signal, work) {
    signal.throwIfAborted();
    return new Promise((resolve, reject) => {
        const abort = () => reject(signal.reason);
        signal.addEventListener('abort', abort, { once: true });
        work.then(resolve, reject).finally(() => signal.removeEventListener('abort', abort));
    });
}
export async function startCluster(setting, progress, signal, delays) {
    progress.update(`${nameOf(setting)}: making keys and homes for ${setting.validators} validators`);
    const cluster = await LocalCluster.make({
        folder: mkdtempSync(join(tmpdir(), 'lockstep-bench-')),
        validators: setting.validators,
        protocol: setting.protocol,
        ...(setting.protocolParameters !== undefined && { protocolParameters: setting.protocolParameters }),
        delays,
        auth: setting.auth,
        app: 'kv',
        config: { durability: setting.durability, logLevel: 'warn' },
    });
    try {
        progress.update(`${nameOf(setting)}: starting ${setting.validators} processes`);
        cluster.start();
        await abortable(signal, cluster.waitReady());
        return cluster;
    }
    catch (error) {
        await cluster.remove();
        throw error;
    }
}
export async function measureFloorOf(setting, durationMs, progress, signal, { warmupMs, fast, delays } = {}) {
    const { validators } = setting;
    progress.update(`${nameOf(setting)}: the floor, ${validators} processes and a client that pass the bare messages`);
    return measureFloor({
        validators,
        pattern: floorPattern(setting, fast),
        durationMs,
        signal,
        ...(warmupMs !== undefined && { warmupMs }),
        ...(delays && { delayMs: (from, to) => delayMs(delays, from, to) }),
    });
}
const nameOf = ({ auth, label }) => label ?? auth;
/** Runs a load with live progress; says once when the measured window has begun. */
export async function measure(cluster, setting, plan, progress, signal, onMeasuring = () => { }) {
    const { txAuth, payloadBytes } = setting;
    let measuring = false;
    const what = plan.kind === 'latency' ? 'latency, one closed-loop client' : 'throughput, saturated';
    const order = { ...plan, home: cluster.folder, txAuth: txAuth, payloadBytes };
    const tell = (state) => {
        progress.update(`${nameOf(setting)}: ${what}`, describe(state));
        if (state.phase !== 'measuring' || measuring)
            return;
        measuring = true;
        onMeasuring();
    };
    return runLoad(order, tell, signal);
}
function describe(state) {
    const percent = `${state.phase} ${Math.round(100 * Math.min(1, state.done))} %`;
    if (state.phase === 'connecting' || state.phase === 'signing')
        return percent;
    const inFlight = state.outstanding > 1 ? `, ${state.outstanding} in flight` : '';
    const failed = state.failed > 0 ? `, ${state.failed} failed` : '';
    return `${percent}, ${state.committed} committed${failed}, ${Math.round(state.ratePerSecond)} tx/s${inFlight}`;
}
/** Whether all validators have executed the same: waits for those that are behind. */
export async function agreement(cluster, progress, signal, withinMs = AGREE_MS) {
    const deadline = performance.now() + withinMs;
    for (;;) {
        signal?.throwIfAborted();
        const documents = await Promise.all(cluster.urls.map((_, id) => cluster.status(id).catch(() => undefined)));
        const seen = documents.map((document) => document?.sequence ?? -1);
        const states = documents.map((d) => d === undefined ? '' : [d.sequence, d.header, d.checkpoint.stateHash].join());
        const agree = states[0] !== '' && states.every((state) => state === states[0]);
        if (agree || performance.now() > deadline)
            return { agree, sequences: seen };
        progress.update('comparing the state hashes of all validators', `at ${seen.join(', ')}`);
        await new Promise((resolve) => setTimeout(resolve, 100));
    }
}
//# sourceMappingURL=session.js.map