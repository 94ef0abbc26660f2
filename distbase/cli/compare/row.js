/** What a comparison reports: one row per contender, size and setting. Every unit is in a name. */
export function settingOf({ name, protocol, parameters }, auth, validators, common) {
    const label = `${validators} validators, ${auth}, ${name}`;
    return { protocol, protocolParameters: parameters, label, auth, validators, ...common };
}
export function median(values) {
    const sorted = [...values].sort((a, b) => a - b);
    const middle = sorted.length >> 1;
    if (sorted.length === 0)
        return 0;
    return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}
//# sourceMappingURL=row.js.map