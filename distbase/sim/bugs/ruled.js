import { Pbft } from '../../protocols/pbft/pbft.js';
/** The protocol by other rules, from the reading of its log on. */
export function ruled(protocol, rules) {
    return { ...protocol, create: (config, log, nowMs, out) => new Pbft(config, log, nowMs, out, rules) };
}
//# sourceMappingURL=ruled.js.map