/** Whom the transport is to be connected with: the present set, the one that is coming, and for a while those who left. */
/** How long a removed validator stays connected, to be told, ms. */
const FAREWELL_MS = 10_000;
export class Neighbours {
    o;
    /** Members that have left lately: still told what they missed. */
    leaving = new Map();
    /** Timers by which they are let go. */
    farewells = new Set();
    peers = [];
    set;
    pending;
    /** The number by which the others know us, if they do. */
    own;
    constructor(options) {
        this.o = options;
        this.own = options.self;
    }
    /** Tells the transport. */
    are(set, pending) {
        const { self, seatIn, transport, urlOf } = this.o;
        this.set = set;
        this.pending = pending;
        const coming = pending !== undefined && pending.set.epoch > set.epoch ? pending.set.members : [];
        // The genesis set is what the transport starts with.
        if (set.epoch === 0 && coming.length === 0 && self !== undefined && !this.o.moved())
            return;
        const wanted = new Map();
        for (const member of [...set.members, ...coming]) {
            const { id, ed25519, mlDsa87 } = member;
            wanted.set(id, { id, ed25519, mlDsa87, url: urlOf?.(member) ?? member.url });
        }
        for (const peer of this.peers) {
            if (!wanted.has(peer.id) && !this.leaving.has(peer.id))
                this.bid(peer);
        }
        this.peers = [...wanted.values()];
        for (const [id, peer] of this.leaving)
            if (!wanted.has(id))
                wanted.set(id, peer);
        const own = set.members[seatIn(set)] ?? coming[seatIn({ ...set, members: coming })];
        this.own = own?.id ?? this.own;
        transport.setPeers(this.own, [...wanted.values()]);
    }
    stop() {
        for (const cancel of this.farewells)
            cancel();
        this.farewells.clear();
    }
    bid(peer) {
        this.leaving.set(peer.id, peer);
        const cancel = this.o.clock.after(FAREWELL_MS, () => {
            this.farewells.delete(cancel);
            this.leaving.delete(peer.id);
            this.o.forget(peer.id);
            this.are(this.set, this.pending);
        });
        this.farewells.add(cancel);
    }
}
//# sourceMappingURL=neighbours.js.map