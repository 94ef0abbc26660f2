/** `lockstep profile cluster`: one setting after the other, each on a cluster of its own. */
import { LockstepError } from '../../core/errors.js';
import { describeMachine, machine, versions } from '../bench/machine.js';
import { Progress } from '../bench/progress.js';
import { Stopped, stopSignal } from '../bench/session.js';
import { note, writeJson } from '../output.js';
import { attribute } from './attribution.js';
import { clusterHtml, clusterJson, clusterText, } from './cluster-report.js';
import { makeProfileFolder, observe, subjectOf, tracesOf, } from './cluster-run.js';
import { writePage } from './page.js';
async function profileSetting(options, subject, progress, signal) {
    const { cluster, setting } = subject;
    const { warmupMs, durationMs, clients } = options;
    const common = {
        home: cluster.folder,
        txAuth: setting.txAuth,
        payloadBytes: setting.payloadBytes,
        warmupMs,
        durationMs,
    };
    const tell = (what) => (state) => progress.update(`${setting.auth}: ${what}`, `${state.phase} ${Math.round(100 * Math.min(1, state.done))} %, ${state.committed} committed`);
    const closed = await observe(subject, { kind: 'latency', ...common, trace: true }, tell('latency, one closed-loop client'), signal);
    progress.update(`${setting.auth}: following ${closed.load.committed} commits`);
    const attribution = attribute(closed.load, await tracesOf(subject));
    if (attribution === undefined) {
        throw new LockstepError('internal', `none of ${closed.load.committed} commits could be followed from end to end`);
    }
    const { latency } = closed.load;
    const result = { setting, latency, attribution, processes: closed.processes };
    if (!options.saturate)
        return result;
    const full = await observe(subject, { kind: 'throughput', ...common, clients }, tell('throughput, saturated'), signal);
    const { throughputTps, outstanding } = full.load;
    return {
        ...result,
        saturated: { throughputTps, outstanding, latency: full.load.latency, processes: full.processes },
    };
}
/** Resolves with the exit code: 1 where the parts do not add up to what the client measured. */
export async function profileCluster(options) {
    if (options.cpuProfileDir !== undefined)
        makeProfileFolder(options.cpuProfileDir);
    const progress = new Progress();
    const { signal } = stopSignal();
    const profiles = [];
    note(describeMachine());
    try {
        for (const setting of options.settings) {
            const { home, cpuProfileDir } = options;
            const dir = cpuProfileDir && options.settings.length > 1 ? `${cpuProfileDir}/${setting.auth}` : cpuProfileDir;
            if (dir !== undefined)
                makeProfileFolder(dir);
            const subjectOptions = { setting, home, cpuProfileDir: dir };
            const subject = await subjectOf(subjectOptions, progress);
            try {
                signal.throwIfAborted();
                profiles.push(await profileSetting(options, subject, progress, signal));
            }
            finally {
                progress.clear();
                await subject.leave();
            }
        }
    }
    catch (error) {
        if (!(error instanceof Stopped))
            throw error;
        note('stopped before the figures were complete');
        return 130;
    }
    finally {
        progress.clear();
    }
    const profile = { machine: machine(), versions: versions(), profiles };
    const { html, json, settings: asked, ...rest } = options;
    if (html !== undefined)
        writePage(html, clusterHtml(profile));
    const settings = { command: 'profile cluster', auth: asked.map(({ auth }) => auth), ...rest };
    if (json !== undefined)
        writeJson(json, clusterJson(profile, machine(), settings));
    if (json !== '-')
        process.stdout.write(`${clusterText(profile)}\n`);
    if (html !== undefined)
        note(`wrote ${html}`);
    return profiles.every(({ attribution }) => attribution.addsUp) ? 0 : 1;
}
//# sourceMappingURL=cluster.js.map