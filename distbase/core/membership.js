/**
 * Who the validators are, as the replicated state says it: the set of the present epoch, and at most one change on its
 * way. `replica/membership.md` argues the rules.
 */
/** The token of a home that never forgot anything: see `storage/forgetful.ts`. */
export const NO_TOKEN = '0'.repeat(32);
export function genesisMembership(genesis) {
    const members = genesis.validators.map(({ name, ed25519, mlDsa87 }, id) => ({
        name,
        ed25519,
        mlDsa87,
        id,
        url: '',
        incarnation: 0,
        token: NO_TOKEN,
        changedMs: -1,
    }));
    return { current: { epoch: 0, since: 0, members }, nextId: members.length, pending: undefined };
}
/**
 * Where a change takes effect that executes at `sequence`: the first checkpoint a whole window above it. A replica
 * votes at most a window above its stable checkpoint, so whoever votes past this one has executed the change.
 */
export function boundaryAfter(sequence, window, interval) {
    return Math.ceil((sequence + window) / interval) * interval;
}
/** The membership that rules the slot at `sequence`: the next set's from the slot after its boundary on. */
export function membershipAt(membership, sequence) {
    const { pending } = membership;
    if (pending === undefined || sequence <= pending.set.since)
        return membership;
    const { nextId, convicted = [] } = membership;
    const still = convicted.filter(({ member }) => pending.set.members.some(({ id }) => id === member));
    return { current: pending.set, nextId, pending: undefined, ...(still.length > 0 && { convicted: still }) };
}
/** The replica id of a member in this set, or −1. */
export function seatOf(set, member) {
    return set.members.findIndex(({ id }) => id === member);
}
//# sourceMappingURL=membership.js.map