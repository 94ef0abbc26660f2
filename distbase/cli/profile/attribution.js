/** From traces to figures: where the time of typical, of all and of the slowest commits went. */
import { PARTS } from '../../core/stopwatch.js';
import { decodeTimeline } from '../../load/timeline.js';
import { chargePath, OutputIndex, pathOf } from './critical-path.js';
/** The parts must add up to the latency that the client measured within this share of it. */
export const TOLERANCE = 0.1;
const mean = (values) => values.length === 0 ? 0 : values.reduce((sum, value) => sum + value, 0) / values.length;
function meanParts(charges) {
    return Object.fromEntries(PARTS.map((part, code) => [part, mean(charges.map((one) => one[code]))]));
}
const total = (parts) => Object.values(parts).reduce((sum, us) => sum + us, 0);
/** Stages in the order of a path; those of equal name add up within a commit. */
function stageRows(commits) {
    const byStage = new Map();
    // The longest path names all the stages in their order.
    const order = [...commits].sort((a, b) => b.stages.length - a.stages.length)[0]?.stages ?? [];
    for (const { stage } of order)
        byStage.set(stage, []);
    for (const { stages } of commits) {
        const own = new Map();
        for (const { stage, charges } of stages) {
            const sum = own.get(stage);
            if (sum === undefined)
                own.set(stage, charges.slice());
            else
                for (let i = 0; i < sum.length; i++)
                    sum[i] += charges[i];
        }
        for (const [stage, charges] of own) {
            const all = byStage.get(stage);
            if (all === undefined)
                byStage.set(stage, [charges]);
            else
                all.push(charges);
        }
    }
    return [...byStage].map(([stage, charges]) => {
        const parts = meanParts(charges);
        return { stage, share: charges.length / commits.length, us: total(parts), partsUs: parts };
    });
}
function pathRow(name, commits, latencyUs) {
    const parts = meanParts(commits.map(({ charges }) => charges));
    const sumUs = total(parts);
    const off = latencyUs > 0 ? sumUs / latencyUs - 1 : Number.NaN;
    const wireUs = mean(commits.map(({ untilArrivedUs }) => untilArrivedUs));
    return {
        commits: name,
        count: commits.length,
        partsUs: parts,
        sumUs,
        latencyUs,
        offPercent: 100 * off,
        within: Math.abs(off) <= TOLERANCE,
        wireUs,
        insideUs: Math.max(0, parts.waiting - wireUs),
        stages: stageRows(commits),
    };
}
/** Undefined where no commit could be followed from end to end. */
export function attribute(load, traces) {
    const client = load.trace && decodeTimeline(load.trace.timeline);
    const timelines = traces.map(({ timeline }) => decodeTimeline(timeline));
    if (client === undefined || load.trace === undefined)
        return undefined;
    const known = timelines.filter((timeline) => timeline !== undefined);
    if (known.length < timelines.length)
        return undefined;
    const outputs = traces.map((trace) => new OutputIndex(trace.outputs));
    const followed = [];
    for (const commit of load.trace.commits) {
        const hops = pathOf(commit, outputs);
        const charged = hops && chargePath(hops, client, known);
        if (charged !== undefined)
            followed.push(charged);
    }
    if (followed.length === 0)
        return undefined;
    followed.sort((a, b) => a.latencyUs - b.latencyUs);
    const measured = load.trace.commits.map(({ latencyMs }) => 1000 * latencyMs).sort((a, b) => a - b);
    const slowest = (values) => values.slice(-Math.ceil(values.length / 100));
    const typical = followed.slice(Math.floor(0.4 * followed.length), Math.max(1, Math.ceil(0.6 * followed.length)));
    const rows = [
        pathRow('typical', typical, 1000 * load.latency.p50Ms),
        pathRow('all', followed, 1000 * load.latency.meanMs),
        pathRow('slowest', slowest(followed), mean(slowest(measured))),
    ];
    const addsUp = rows.every(({ commits, within }) => within || commits === 'slowest');
    return { commits: load.trace.commits.length, traced: followed.length, rows, addsUp };
}
//# sourceMappingURL=attribution.js.map