/**
 * What things cost in µs, for choosing between the calling thread and the pool. Medians of `lockstep profile crypto`
 * on two cores of a 2.x GHz virtual machine, Node 20; only their ratios matter.
 */
export const COSTS_US = {
  noble: { ed25519: 900, 'ml-dsa-87': 2600 },
  wasm: {
    ed25519: { prepared: 22, unprepared: 45, perByte: 0.005 },
    'ml-dsa-87': { prepared: 17, unprepared: 105, perByte: 0.005 },
  },
  /** Main thread: one task handed to the pool and its answer taken back, and one item written for it. */
  handOff: 40,
  handOffPerItem: 0.5,
} as const;
