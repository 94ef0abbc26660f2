/** One-way delays between regions, and which replica is where: for simulated networks and for links slowed on purpose. */
export function regionOf({ regions }, replica) {
    return regions[replica % regions.length];
}
/** How long a message between two replicas is on its way beyond what the machine itself takes, ms. */
export function delayMs(delays, from, to) {
    return delays.oneWayMs[regionOf(delays, from)]?.[regionOf(delays, to)] ?? 0;
}
/** The longest delay, ms. */
export function longestDelayMs({ oneWayMs }) {
    return Math.max(0, ...Object.values(oneWayMs).flatMap((row) => Object.values(row)));
}
//# sourceMappingURL=delays.js.map