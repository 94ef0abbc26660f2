/** What a long load leaves behind on each validator, looked at again and again: disk, heap, event loop. */
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { httpUrl } from '../cluster.js';
import { homePaths } from '../home.js';
import { getText } from '../http.js';
import { metricValue } from '../torture/sampler.js';
const TIMEOUT_MS = 5_000;
/** Bytes of the files in a folder, its folders included; of what goes away meanwhile, none. */
function bytesIn(path) {
    try {
        const stat = statSync(path);
        if (!stat.isDirectory())
            return stat.blocks * 512;
        return readdirSync(path).reduce((sum, name) => sum + bytesIn(join(path, name)), 0);
    }
    catch {
        return 0;
    }
}
/** Where the system says (Linux); 0 elsewhere. */
function anonymousBytesOf(pid) {
    try {
        const status = readFileSync(`/proc/${pid}/status`, 'utf8');
        return Number(/^RssAnon:\s*(\d+) kB$/m.exec(status)?.[1] ?? 0) * 1024;
    }
    catch {
        return 0;
    }
}
/** Undefined where a validator does not answer in time. */
export async function lookAt(cluster, validator, seconds, transactions) {
    let text;
    let sequence;
    try {
        text = await getText(`${httpUrl(cluster.urls[validator])}/metrics`, TIMEOUT_MS);
        sequence = (await cluster.status(validator)).sequence;
    }
    catch {
        return undefined;
    }
    const paths = homePaths(cluster.homes[validator]);
    return {
        seconds,
        transactions,
        validator,
        sequence,
        diskBytes: bytesIn(paths.data),
        logBytes: bytesIn(paths.voteLog),
        snapshotBytes: bytesIn(paths.snapshots),
        storeBytes: bytesIn(paths.store),
        heapBytes: metricValue(text, 'nodejs_heap_size_used_bytes'),
        residentBytes: metricValue(text, 'process_resident_memory_bytes'),
        anonymousBytes: anonymousBytesOf(cluster.pid(validator)),
        lagP99Ms: metricValue(text, 'event_loop_lag_ms', 'quantile="0.99"'),
        lagMaxMs: metricValue(text, 'event_loop_lag_ms', 'quantile="1"'),
    };
}
//# sourceMappingURL=sampler.js.map