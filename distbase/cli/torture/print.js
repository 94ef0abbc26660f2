/** A campaign's figures for people. */
import { table } from '../output.js';
/** `restartMedianMs` → `restart median, ms`. */
function words(name) {
    const spaced = name.replace(/([A-Z][a-z]*|P\d+)/g, ' $1').toLowerCase();
    const unit = /^(.*) (ms|bytes|tps)$/.exec(spaced);
    return unit === null ? spaced : `${unit[1]}, ${unit[2] === 'tps' ? 'tx/s' : unit[2]}`;
}
const number = (value) => Number.isInteger(value) ? String(value) : value.toFixed(value < 100 ? 1 : 0);
const mebibytes = (bytes) => (bytes / 2 ** 20).toFixed(0);
/** Longer lists than this are in the JSON alone. */
const MAX_LISTED = 12;
export function printRow(campaign, settings, row) {
    const figures = Object.entries(row.figures)
        .filter(([, value]) => typeof value === 'number' || value.length <= MAX_LISTED)
        .map(([name, value]) => [
        words(name),
        typeof value === 'number' ? number(value) : value.map(number).join(' '),
    ]);
    const rows = [
        ...figures,
        ['requests acknowledged', String(row.acknowledged)],
        ['  of unknown outcome', String(row.unknown)],
        ['  per second', row.throughputTps.toFixed(0)],
        ['  p50 / p99 / max, ms', `${number(row.p50Ms)} / ${number(row.p99Ms)} / ${number(row.maxMs)}`],
        ['votes audited', String(row.votesAudited)],
        ['views entered, of all processes', String(row.viewChanges)],
        ['event-loop lag p99, ms: median / p99', `${number(row.lagP99MedianMs)} / ${number(row.lagP99Ms)}`],
        ['  longest, ms', number(row.lagMaxMs)],
        ...(row.standstillSeconds > 0
            ? [['the machine stood still, s (not counted)', number(row.standstillSeconds)]]
            : []),
        ['heap / resident at most, MiB', `${mebibytes(row.heapMaxBytes)} / ${mebibytes(row.residentMaxBytes)}`],
    ];
    const verdict = row.failures.length === 0
        ? 'Nothing was lost, doubled or contradicted, and all states agree.'
        : ['FAILED:', ...row.failures.map((failure) => `  ${failure}`)].join('\n');
    const { validators, protocol, auth, durability, clients } = settings;
    return `${campaign.title}: ${validators} validators (${protocol}, ${auth}, durability ${durability}), ${clients} clients, ${row.seconds.toFixed(0)} s, seed ${row.seed}

${table(['', ''], rows)}

${verdict}`;
}
//# sourceMappingURL=print.js.map