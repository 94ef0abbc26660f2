/**
 * Two names for a validator: the transport knows it by its member number, which never changes hands, and an epoch's
 * machine by its place in the set. Whoever is connected without a place (about to join, or just removed) is a guest,
 * with an id beyond all places: it is served, and counts for nothing.
 */
import type { ReplicaId } from '../core/ids.ts';
import type { MemberId, ValidatorSet } from '../core/membership.ts';
export declare class Seats {
    private members;
    private readonly places;
    set(set: ValidatorSet): void;
    /** A place in the set, or a guest's id. */
    idOf(member: MemberId): ReplicaId;
    memberOf(id: ReplicaId): MemberId;
    isGuest(id: ReplicaId): boolean;
}
//# sourceMappingURL=seats.d.ts.map