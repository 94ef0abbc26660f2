/** A seeded network: what happens to a packet follows from the generator and the rule of its link alone. */
/** A quiet local network. */
export const CALM = {
    loss: 0,
    duplicate: 0,
    delayMs: 0.2,
    jitterMs: 0.6,
    slow: 0,
    slowMs: 0,
    ordered: false,
    flapMs: 0,
};
export class Network {
    stats = { sent: 0, lost: 0, duplicated: 0 };
    #links;
    #ports = [];
    #n;
    #scheduler;
    #random;
    #distanceMs;
    #base;
    /** `distanceMs`: what a packet takes longer on each way, whatever the rule of its link. */
    constructor(n, scheduler, random, rule = CALM, distanceMs) {
        this.#distanceMs = distanceMs;
        this.#n = n;
        this.#scheduler = scheduler;
        this.#random = random;
        this.#base = rule;
        this.#links = Array.from({ length: n * n }, () => ({ rule, cut: false, lastMs: 0 }));
    }
    /** Who takes the packets that are sent to `id`. */
    attach(id, port) {
        this.#ports[id] = port;
    }
    /**
     * Sends a packet, or loses it. The payload is passed as it is and must never change again. `waitMs`: it leaves only
     * then.
     */
    send(from, to, tag, payload, waitMs = 0) {
        const link = this.#links[from * this.#n + to];
        const rule = link.rule;
        this.stats.sent++;
        if (link.cut || this.#flapped(rule) || (rule.loss > 0 && this.#random.chance(rule.loss))) {
            this.stats.lost++;
            return;
        }
        const lateMs = this.#distanceMs === undefined ? waitMs : waitMs + this.#distanceMs(from, to);
        this.#carry(link, to, tag, payload, lateMs);
        if (rule.duplicate > 0 && this.#random.chance(rule.duplicate)) {
            this.stats.duplicated++;
            this.#carry(link, to, tag, payload, lateMs);
        }
    }
    /** Sets the rule of one direction of one link; without `to`, of all links. */
    setRule(rule, from, to) {
        if (from === undefined && to === undefined)
            this.#base = rule;
        for (let a = 0; a < this.#n; a++) {
            if (from !== undefined && a !== from)
                continue;
            for (let b = 0; b < this.#n; b++) {
                if (to === undefined || b === to)
                    this.#link(a, b).rule = rule;
            }
        }
    }
    /** Cuts the direction from → to; packets on their way still arrive. */
    cut(from, to) {
        this.#link(from, to).cut = true;
    }
    /** Cuts every link between different groups, both ways. A replica in no group is on its own. */
    partition(...groups) {
        const side = new Array(this.#n).fill(-1);
        groups.forEach((group, index) => {
            for (const id of group)
                side[id] = index;
        });
        for (let a = 0; a < this.#n; a++) {
            for (let b = 0; b < this.#n; b++) {
                this.#link(a, b).cut = a !== b && (side[a] !== side[b] || side[a] === -1);
            }
        }
    }
    /** Cuts every link between the addresses whose bit in `side` is set and the others, and no other link. */
    divide(side) {
        for (let a = 0; a < this.#n; a++) {
            for (let b = 0; b < this.#n; b++)
                this.#link(a, b).cut = ((side >>> a) & 1) !== ((side >>> b) & 1);
        }
    }
    /** Cuts whatever the replicas of `deaf` would hear from those of `unheard`, and nothing else. */
    partitionOneWay(unheard, deaf) {
        for (const a of unheard)
            for (const b of deaf)
                if (a !== b)
                    this.cut(a, b);
    }
    /** Cuts a replica off, both ways. */
    isolate(id) {
        for (let other = 0; other < this.#n; other++) {
            if (other === id)
                continue;
            this.cut(id, other);
            this.cut(other, id);
        }
    }
    /** Mends all links; with a rule, all of them follow it from now on, else the one given for the whole network. */
    mend(rule = this.#base) {
        this.#base = rule;
        for (const link of this.#links) {
            link.cut = false;
            link.rule = rule;
        }
    }
    #link(from, to) {
        return this.#links[from * this.#n + to];
    }
    #flapped(rule) {
        return rule.flapMs > 0 && Math.floor(this.#scheduler.nowMs / rule.flapMs) % 2 === 1;
    }
    #carry(link, to, tag, payload, waitMs) {
        const rule = link.rule;
        let delayMs = waitMs + rule.delayMs + this.#random.float() * rule.jitterMs;
        if (rule.slow > 0 && this.#random.chance(rule.slow))
            delayMs += this.#random.float() * rule.slowMs;
        if (rule.ordered) {
            const atMs = Math.max(link.lastMs, this.#scheduler.nowMs + delayMs);
            link.lastMs = atMs;
            delayMs = atMs - this.#scheduler.nowMs;
        }
        this.#scheduler.schedule(delayMs, this.#ports[to], tag, payload);
    }
}
//# sourceMappingURL=network.js.map