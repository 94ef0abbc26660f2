/** Looking into a HotStuff machine, and making one by other rules. */
import { Hotstuff, rulesOf } from '../../protocols/hotstuff/hotstuff.js';
/** The state inside a machine that `hotstuff.create` made. */
export function stateOf(machine) {
    return machine.s;
}
/** The protocol by other rules, from the reading of its log on. */
export function ruled(protocol, change) {
    return {
        ...protocol,
        create: (config, log, nowMs, out) => new Hotstuff(config, log, nowMs, out, change(rulesOf(config))),
    };
}
//# sourceMappingURL=kit.js.map