/** Stands before a replica's port and loses, delays or spoils messages by their type and author. */
import { TAG } from '../node.js';
export class Sieve {
    #port;
    #behind;
    #scheduler;
    #filters;
    /** `filters` is shared by all ports of a run, and changes. */
    constructor(port, behind, scheduler, filters) {
        this.#port = port;
        this.#behind = behind;
        this.#scheduler = scheduler;
        this.#filters = filters;
    }
    fire(tag, payload) {
        if (tag !== TAG.message)
            return this.#behind.fire(tag, payload);
        const attested = payload;
        const filter = this.#filters.find((candidate) => this.#meets(candidate, attested));
        if (filter === undefined)
            return this.#behind.fire(tag, payload);
        filter.left--;
        if (filter.act.kind === 'drop')
            return;
        if (filter.act.kind === 'delay')
            return this.#scheduler.schedule(filter.act.ms, this.#behind, tag, payload);
        // Bits that changed on the way: the same author and proof, another content.
        return this.#behind.fire(tag, { ...attested, message: spoilt(attested.message) });
    }
    #meets({ type, from, to, left }, attested) {
        if (left <= 0 || (type !== undefined && type !== attested.message.type))
            return false;
        if (from !== undefined && !from.includes(attested.from))
            return false;
        return to === undefined || to.includes(this.#port);
    }
}
function spoilt(message) {
    return 'digest' in message ? { ...message, digest: 'b'.repeat(64) } : { ...message };
}
//# sourceMappingURL=sieve.js.map