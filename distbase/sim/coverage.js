/** How much of a protocol's state space a campaign has seen: combinations of what is under way in a replica. */
import { DEFAULT_SUBJECT } from './protocols/registry.js';
const BITS = 14;
export class Coverage {
    /** Combinations seen so far. */
    seen = 0;
    #known = new Uint8Array(1 << BITS);
    #subject;
    constructor(subject = DEFAULT_SUBJECT) {
        this.#subject = subject;
    }
    stepped(_replica, machine) {
        const key = this.#subject.situation(machine);
        if (this.#known[key] !== 0)
            return;
        this.#known[key] = 1;
        this.seen++;
    }
}
//# sourceMappingURL=coverage.js.map