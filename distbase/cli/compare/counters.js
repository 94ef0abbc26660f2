/** What validators count of their own work, before and after a stretch of load. */
export function readCounters(cluster) {
    return Promise.all(cluster.urls.map(async (_, id) => (await cluster.status(id)).counters));
}
/**
 * Per slot. Validators are not read at one instant, so each one's work is set against the slots that itself executed in
 * between.
 */
export function costsBetween(before, after) {
    const perSlot = (name) => {
        let sum = 0;
        for (const [id, counters] of after.entries()) {
            const slots = counters.finalizedSlots - before[id].finalizedSlots;
            if (slots > 0)
                sum += (counters[name] - before[id][name]) / slots;
        }
        return sum;
    };
    return {
        messagesPerCommit: perSlot('peerMessagesSent'),
        bytesPerCommit: perSlot('peerBytesSent'),
        signaturesMadePerCommit: perSlot('signaturesMade'),
        signaturesCheckedPerCommit: perSlot('signaturesChecked'),
    };
}
//# sourceMappingURL=counters.js.map