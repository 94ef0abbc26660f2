/** What a peer can make a machine keep is bounded, in every run and not only where somebody thought of it. */
import { Violation } from './observer.js';
/** Entries of all maps, sets and arrays that an object holds, at any depth; bytes count as nothing. */
export function entriesHeld(root) {
    const seen = new Set([root]);
    const open = [root];
    let total = 0;
    const visit = (value) => {
        if (typeof value !== 'object' || value === null || ArrayBuffer.isView(value) || seen.has(value))
            return;
        seen.add(value);
        open.push(value);
    };
    for (let at = open.pop(); at !== undefined; at = open.pop()) {
        if (at instanceof Map) {
            total += at.size;
            for (const value of at.values())
                visit(value);
        }
        else if (at instanceof Set) {
            total += at.size;
            for (const value of at)
                visit(value);
        }
        else if (Array.isArray(at)) {
            total += at.length;
            for (const value of at)
                visit(value);
        }
        else {
            for (const value of Object.values(at))
                visit(value);
        }
    }
    return total;
}
/** Looks at a machine after every so many of its steps, since looking costs as much as a hundred of them. */
const STEPS_BETWEEN = 200;
/** No honest machine ever holds more than `limit` entries. */
export class SizeChecker {
    /** The most that any machine was seen to hold. */
    largest = 0;
    #limit;
    #steps = 0;
    constructor(limit) {
        this.#limit = limit;
    }
    stepped(replica, machine) {
        if (++this.#steps % STEPS_BETWEEN !== 0)
            return;
        const held = entriesHeld(machine);
        this.largest = Math.max(this.largest, held);
        if (held > this.#limit) {
            throw new Violation('size', `replica ${replica} holds ${held} entries, more than ${this.#limit}`);
        }
    }
}
//# sourceMappingURL=size-checker.js.map