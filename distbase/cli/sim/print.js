/** The report of a campaign, for people. */
import { table } from '../output.js';
export function printReport(report) {
    const rows = report.profiles.map((row) => [
        row.profile,
        String(row.scenarios),
        row.scenariosPerSecond.toFixed(0),
        mean(row.events, row.scenarios),
        mean(row.commits, row.scenarios),
        mean(row.faults, row.scenarios),
        mean(row.views, row.scenarios),
    ]);
    const head = [
        'profile',
        'scenarios',
        'per second',
        'events each',
        'commits each',
        'faults each',
        'view changes each',
    ];
    const { scenarios, seconds, scenariosPerSecond, commits, faults, states, virtualSeconds, failures } = report;
    return `${table(head, rows)}

${scenarios} scenarios in ${seconds.toFixed(1)} s (${scenariosPerSecond.toFixed(0)}/s), ${virtualSeconds.toFixed(0)} s of virtual time, ${commits} commits, ${faults} faults, ${states} protocol states; ${failures.length === 0 ? 'no failure' : `${failures.length} failed`}`;
}
function mean(sum, count) {
    return (sum / count).toFixed(1);
}
//# sourceMappingURL=print.js.map