/** Tools to plant a mistake in PBFT from outside: between its events and its effects, and in its state. */
import { arm } from '../protocols/pbft/pacemaker.js';
/** Does something of the machine's own in a step, after all that the step did; called by `after`. */
export function further(state, out, nowMs, act) {
    state.out = out;
    state.nowMs = nowMs;
    act();
    arm(state);
}
/** A mistake that a meddler makes. */
export function planted(name, doc, make) {
    return { name, doc, plant: (parts) => ({ ...parts, protocol: meddled(parts.protocol, make) }) };
}
/** The state inside a machine that `pbft.create` made. */
export function stateOf(machine) {
    return machine.s;
}
/** The protocol with a meddler at each of its machines. */
export function meddled(protocol, make) {
    return {
        ...protocol,
        create(config, records, nowMs, out) {
            const meddler = make(config);
            const read = meddler.records?.([...records], config) ?? records;
            const own = [];
            const machine = protocol.create(config, read, nowMs, own);
            meddler.created?.(stateOf(machine), own);
            pass(own, out, meddler, stateOf(machine));
            return new MeddledMachine(machine, meddler);
        },
    };
}
class MeddledMachine {
    /** So that one bug can be planted over another: `stateOf` works on this, too. */
    s;
    #inner;
    #meddler;
    constructor(inner, meddler) {
        this.#inner = inner;
        this.#meddler = meddler;
        this.s = stateOf(inner);
    }
    step(event, nowMs, out) {
        const meddler = this.#meddler;
        const taken = meddler.before === undefined ? event : meddler.before(event, this.s, nowMs);
        const own = [];
        if (taken !== undefined)
            this.#inner.step(taken, nowMs, own);
        meddler.after?.(taken ?? event, this.s, own, nowMs);
        pass(own, out, meddler, this.s);
    }
    relevant(message, from) {
        return this.#meddler.relevant?.(message, from, this.s) ?? this.#inner.relevant(message, from);
    }
    proposable() {
        return this.#inner.proposable();
    }
    status() {
        return this.#inner.status();
    }
    liveRecords() {
        const records = this.#inner.liveRecords();
        return this.#meddler.live?.(records, this.s) ?? records;
    }
}
function pass(own, out, meddler, state) {
    for (const effect of own) {
        if (meddler.effect === undefined)
            out.push(effect);
        else
            for (const instead of meddler.effect(effect, state))
                out.push(instead);
    }
}
//# sourceMappingURL=bug-kit.js.map