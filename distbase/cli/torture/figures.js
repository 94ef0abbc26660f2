/** Times of a campaign's faults as figures with their unit in the name. */
export const quantileOf = (values, q) => {
    const sorted = [...values].sort((a, b) => a - b);
    return sorted[Math.min(sorted.length - 1, Math.floor(q * sorted.length))] ?? 0;
};
/** `{ restartMedianMs, restartP90Ms, restartWorstMs }` for the name `restart`. */
export function spread(name, ms) {
    return {
        [`${name}MedianMs`]: quantileOf(ms, 0.5),
        [`${name}P90Ms`]: quantileOf(ms, 0.9),
        [`${name}WorstMs`]: quantileOf(ms, 1),
    };
}
//# sourceMappingURL=figures.js.map