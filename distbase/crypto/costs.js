/**
 * What things cost in µs, for choosing between the calling thread and the pool: medians of `lockstep profile crypto` on
 * two cores of an AMD EPYC virtual machine, Node 20. Only their ratios matter, and those move little from one machine to
 * the next.
 */
export const COSTS_US = {
    noble: { ed25519: 900, 'ml-dsa-87': 2600 },
    /** `perByte` of message: SHA-512, and SHAKE256. */
    wasm: {
        ed25519: { prepared: 16, unprepared: 50, perByte: 0.006 },
        'ml-dsa-87': { prepared: 17, unprepared: 105, perByte: 0.004 },
    },
    /** Main thread: one task handed to the pool and its answer taken back, and one item written for it. */
    handOff: 40,
    handOffPerItem: 0.6,
};
//# sourceMappingURL=costs.js.map