/** What each process did per transaction, on the path of a commit or beside it. */
import { PARTS } from '../../core/stopwatch.js';
function rowOf(before, after) {
    const [from, to] = [before.profile, after.profile];
    if (from === undefined || to === undefined)
        return undefined;
    const grown = (counter) => (after.counters[counter] ?? 0) - (before.counters[counter] ?? 0);
    const transactions = grown('finalizedTransactions');
    const elapsedUs = to.atUs - from.atUs;
    if (transactions <= 0 || elapsedUs <= 0)
        return undefined;
    const us = (part) => Math.max(0, to.parts[part].us - from.parts[part].us);
    return {
        name: after.self.name,
        isPrimary: after.isPrimary,
        transactions,
        slots: grown('finalizedSlots'),
        observedMs: elapsedUs / 1000,
        partsUsPerTransaction: Object.fromEntries(PARTS.map((part) => [part, us(part) / transactions])),
        busyPercent: 100 * (1 - us('waiting') / elapsedUs),
        cores: (to.cpuUs - from.cpuUs) / elapsedUs,
        preemptedPerTransaction: (to.preempted - from.preempted) / transactions,
    };
}
/** One row for each process that executed something between the two looks. */
export function processRows(before, after) {
    return before.flatMap((status, id) => rowOf(status, after[id]) ?? []);
}
//# sourceMappingURL=processes.js.map