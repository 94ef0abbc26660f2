/**
 * Validator sets that change while a simulated chain runs. Which set rules which slot, and from which checkpoint on a
 * change is in effect, is the production code's arithmetic (`core/membership.ts`); what a change asks for is a number here
 * and needs nobody's approval.
 */
import { boundaryAfter, genesisMembership, membershipAt, } from '../core/membership.js';
import { MIN_VALIDATORS } from '../core/quorum.js';
export const SET_CHANGES = ['join', 'leave', 'rotate'];
/** The first `n` nodes are the validators of the genesis. */
export function firstSets(n, rules) {
    const validators = Array.from({ length: n }, (_, id) => infoOf(id));
    return { membership: genesisMembership({ validators }), rules };
}
const infoOf = (id) => ({ name: `v${id}`, ed25519: `${id}`, mlDsa87: `${id}` });
/** The slot at `sequence` begins. */
export function setsAt(sets, sequence) {
    const membership = membershipAt(sets.membership, sequence);
    return membership === sets.membership ? sets : { ...sets, membership };
}
/** The sets once transaction `id` is executed at `sequence`: the same where it asks for nothing, or is refused. */
export function setsAfter(sets, id, sequence) {
    const { membership, rules } = sets;
    const change = rules.changes.get(id);
    if (change === undefined || membership.pending !== undefined)
        return sets;
    const members = changed(membership.current.members, change);
    if (members === undefined)
        return sets;
    const since = boundaryAfter(sequence, rules.window, rules.checkpointInterval);
    const set = { epoch: membership.current.epoch + 1, since, members };
    const what = `${change.kind} ${change.member}`;
    return { rules, membership: { ...membership, pending: { set, what } } };
}
function changed(members, { kind, member }) {
    const own = members.find(({ id }) => id === member);
    switch (kind) {
        case 'join': {
            if (own !== undefined)
                return undefined;
            const genesis = genesisMembership({ validators: [infoOf(member)] }).current.members[0];
            return [...members, { ...genesis, id: member }];
        }
        case 'leave':
            if (own === undefined || members.length <= MIN_VALIDATORS)
                return undefined;
            return members.filter((one) => one !== own);
        case 'rotate':
            if (own === undefined)
                return undefined;
            return members.map((one) => (one === own ? { ...own, incarnation: own.incarnation + 1 } : one));
    }
}
//# sourceMappingURL=sets.js.map