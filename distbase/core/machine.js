/**
 * A protocol is a pure state machine: `step(event, now, out)` changes its own state and appends effects. It
 * touches no clock, socket, disk, worker, logger or randomness, so the same events give the same effects, bit
 * for bit, in production and in the simulator.
 */
export {};
//# sourceMappingURL=machine.js.map