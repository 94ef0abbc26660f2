/** A local cluster whose processes record where their time goes, a load against it, and what they recorded. */
import { existsSync, mkdirSync, mkdtempSync, readdirSync, renameSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { LockstepError } from '../../core/errors.js';
import { runLoad } from '../../load/generator.js';
import { fetchStatus, httpUrl, LocalCluster } from '../cluster.js';
import { getText, reasonOf } from '../http.js';
import { note } from '../output.js';
import { PROFILE_VARIABLE } from '../validator.js';
import { processRows } from './processes.js';
const TRACE_TIMEOUT_MS = 20_000;
const MAX_TRACE_BYTES = 256 << 20;
/** Share of a measured window after which its processes' figures are taken: before the load ends. */
const LATE = 0.75;
/** Makes the folder for CPU profiles. Throws `bad-flag`, before anything was started. */
export function makeProfileFolder(dir) {
    try {
        // One level: asked for more, some versions of Node never return where the system refuses.
        mkdirSync(dir);
    }
    catch (error) {
        if (existsSync(dir) && statSync(dir).isDirectory())
            return;
        throw new LockstepError('bad-flag', `--cpu-profile ${dir} cannot be made a folder: ${error.message}`);
    }
}
/** Gives the profiles of the main threads their validators' names. */
function nameCpuProfiles(cluster, dir, pids) {
    for (const file of readdirSync(dir)) {
        // CPU.date.time.process.thread.number.cpuprofile
        const [kind, , , pid, thread] = file.split('.');
        const id = pids.indexOf(Number(pid));
        if (kind !== 'CPU' || id < 0)
            continue;
        const { name } = cluster.genesis.validators[id];
        const suffix = thread === '0' ? '' : `-thread-${thread}`;
        renameSync(join(dir, file), join(dir, `${name}${suffix}.cpuprofile`));
    }
    note(`wrote ${pids.length} CPU profiles to ${dir}`);
}
async function startSubject(cluster, setting, cpuProfileDir, kept) {
    if (cpuProfileDir !== undefined)
        cluster.nodeArguments = ['--cpu-prof', `--cpu-prof-dir=${cpuProfileDir}`];
    cluster.environment = { [PROFILE_VARIABLE]: '1' };
    const leave = async () => {
        const pids = cluster.urls.map((_, id) => cluster.pid(id));
        await cluster.stop();
        if (cpuProfileDir !== undefined)
            nameCpuProfiles(cluster, cpuProfileDir, pids);
        if (!kept)
            await cluster.remove();
    };
    cluster.start();
    try {
        await cluster.waitReady();
    }
    catch (error) {
        await leave();
        throw error;
    }
    return { cluster, setting, leave };
}
/** The cluster of a folder: as it runs, if it does, else started for this. */
async function openSubject(home, options, progress) {
    const cluster = LocalCluster.open(home);
    const { genesis } = cluster;
    if (genesis.app.name !== 'kv') {
        throw new LockstepError('bad-flag', `${home} runs the application ${genesis.app.name}; the load writes to kv`);
    }
    const setting = {
        ...options.setting,
        protocol: genesis.protocol,
        auth: genesis.auth,
        validators: genesis.validators.length,
    };
    const running = await Promise.all(cluster.urls.map((url) => fetchStatus(url).catch(() => undefined)));
    const [first] = running.filter((status) => status !== undefined);
    if (first === undefined) {
        progress.update(`starting the ${setting.validators} validators of ${home}`);
        return startSubject(cluster, setting, options.cpuProfileDir, true);
    }
    if (!running.every((status) => status?.profile !== undefined)) {
        const why = running.includes(undefined)
            ? 'some of its validators run and some do not'
            : 'its validators run without recording where their time goes';
        throw new LockstepError('bad-flag', `the cluster in ${home} cannot be profiled as it is: ${why}; stop it, or start it with \`${PROFILE_VARIABLE}=1 lockstep testnet --home ${home}\``);
    }
    if (options.cpuProfileDir !== undefined) {
        throw new LockstepError('bad-flag', '--cpu-profile needs validators that this command starts, and these run already');
    }
    return { cluster, setting: { ...setting, durability: first.durability }, leave: async () => { } };
}
/** A cluster whose validators record, ready. Throws `bad-flag`, `home-missing`, `internal`. */
export async function subjectOf(options, progress) {
    const { setting, home, cpuProfileDir } = options;
    if (home !== undefined)
        return openSubject(home, options, progress);
    progress.update(`${setting.auth}: making keys and homes, and starting ${setting.validators} processes`);
    const cluster = await LocalCluster.make({
        folder: mkdtempSync(join(tmpdir(), 'lockstep-profile-')),
        validators: setting.validators,
        protocol: setting.protocol,
        auth: setting.auth,
        app: 'kv',
        config: { durability: setting.durability, logLevel: 'warn' },
    });
    return startSubject(cluster, setting, cpuProfileDir, false);
}
/** Runs a load, and takes the processes' figures near both ends of its measured window. */
export async function observe({ cluster }, order, onProgress, signal) {
    const statuses = () => Promise.all(cluster.urls.map((url) => fetchStatus(url)));
    let first;
    let last;
    const load = await runLoad(order, (state) => {
        onProgress(state);
        if (state.phase !== 'measuring')
            return;
        if (first === undefined)
            first = statuses();
        else if (last === undefined && state.done >= LATE)
            last = statuses();
        // Awaited below; a failure is told there.
        first.catch(() => { });
        last?.catch(() => { });
    }, signal);
    if (first === undefined)
        return { load, processes: [] };
    return { load, processes: processRows(await first, await (last ?? statuses())) };
}
/** What every process recorded. Throws `not-connected`. */
export function tracesOf({ cluster }) {
    return Promise.all(cluster.urls.map(async (url) => {
        try {
            const text = await getText(`${httpUrl(url)}/profile`, TRACE_TIMEOUT_MS, MAX_TRACE_BYTES);
            return JSON.parse(text);
        }
        catch (cause) {
            throw new LockstepError('not-connected', `no record from ${url}: ${reasonOf(cause)}`, { cause });
        }
    }));
}
//# sourceMappingURL=cluster-run.js.map