/**
 * Two names for a validator: the transport knows it by its member number, which never changes hands, and an epoch's
 * machine by its place in the set. Whoever is connected without a place (about to join, or just removed) is a guest,
 * with an id beyond all places: it is served, and counts for nothing.
 */
const GUEST = 1 << 20;
export class Seats {
    members = [];
    places = new Map();
    set(set) {
        this.members = set.members.map(({ id }) => id);
        this.places.clear();
        for (const [place, id] of this.members.entries())
            this.places.set(id, place);
    }
    /** A place in the set, or a guest's id. */
    idOf(member) {
        return this.places.get(member) ?? GUEST + member;
    }
    memberOf(id) {
        return id >= GUEST ? id - GUEST : this.members[id];
    }
    isGuest(id) {
        return id >= GUEST;
    }
}
//# sourceMappingURL=seats.js.map