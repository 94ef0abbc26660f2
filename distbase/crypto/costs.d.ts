/**
 * What things cost in µs, for choosing between the calling thread and the pool: medians of `lockstep profile crypto` on
 * two cores of an AMD EPYC virtual machine, Node 20. Only their ratios matter, and those move little from one machine to
 * the next.
 */
export declare const COSTS_US: {
    readonly noble: {
        readonly ed25519: 900;
        readonly 'ml-dsa-87': 2600;
    };
    /** `perByte` of message: SHA-512, and SHAKE256. */
    readonly wasm: {
        readonly ed25519: {
            readonly prepared: 16;
            readonly unprepared: 50;
            readonly perByte: 0.006;
        };
        readonly 'ml-dsa-87': {
            readonly prepared: 17;
            readonly unprepared: 105;
            readonly perByte: 0.004;
        };
    };
    /** Main thread: one task handed to the pool and its answer taken back, and one item written for it. */
    readonly handOff: 40;
    readonly handOffPerItem: 0.6;
};
//# sourceMappingURL=costs.d.ts.map