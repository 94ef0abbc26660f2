/** Mistakes in counting votes: who cast them, for which slot, and in which view. */
import { onCommit, onPrepare } from '../../protocols/pbft/normal.js';
import { meddled, } from '../bug-kit.js';
function voteIn(event, state) {
    if (event.kind !== 'message')
        return undefined;
    const { message } = event.attested;
    if (message.type !== 'prepare' && message.type !== 'commit')
        return undefined;
    return message.view === state.view && state.active ? event.attested : undefined;
}
/** Whoever counts too much does not spare himself the check of what he counts. */
function alwaysRelevant(message) {
    return message.type === 'prepare' || message.type === 'commit' ? true : undefined;
}
function votesOf(state, { message }) {
    const slot = state.slots.get(message.sequence);
    if (slot === undefined)
        return [];
    return message.type === 'prepare' ? slot.prepares : slot.commits;
}
/** Who has not voted yet, and could. */
function free(state, { message, from }) {
    const votes = votesOf(state, { message, from });
    if (votes[from]?.message.digest !== message.digest)
        return undefined;
    for (let id = 0; id < state.n; id++) {
        const barred = id === state.self || (message.type === 'prepare' && id === state.primary);
        if (!barred && votes[id] === undefined)
            return id;
    }
    return undefined;
}
/**
 * Votes are kept as a list of messages, and the list's length is the count: a packet that the network doubles, or a
 * vote that is sent again for a replica that asked, counts once more. The paper's certificates are of "different
 * replicas" (TOCS 2002 §4.2). Here the second copy takes the place of somebody who has not voted.
 */
const duplicateVotes = {
    before(event, state) {
        const vote = voteIn(event, state);
        const from = vote === undefined ? undefined : free(state, vote);
        if (vote === undefined || from === undefined)
            return event;
        return { kind: 'message', attested: { ...vote, from } };
    },
    relevant: alwaysRelevant,
};
/**
 * What a vote signs names the batch and the view, and not the sequence: ⟨PREPARE, v, d⟩ for ⟨PREPARE, v, n, d⟩ (§4.2). So
 * it counts wherever the same digest stands: for a batch that a primary gave two sequences, and for the null batch,
 * which is the same everywhere. Kin of every replay for want of context under a signature.
 */
function digestWithoutSequence() {
    let view = -1;
    let heard = [];
    return {
        after(event, state) {
            if (state.view !== view || !state.active)
                heard = [];
            view = state.view;
            const vote = voteIn(event, state);
            if (vote !== undefined)
                heard.push(vote);
            heard = heard.filter(({ message }) => message.sequence > state.stable);
            for (const slot of [...state.slots.values()]) {
                for (const { message, from, envelope } of heard) {
                    if (message.sequence === slot.sequence || message.digest !== slot.accepted)
                        continue;
                    const moved = { from, envelope, message: { ...message, sequence: slot.sequence } };
                    if (votesOf(state, moved)[from] !== undefined)
                        continue;
                    if (moved.message.type === 'prepare')
                        onPrepare(state, moved);
                    else
                        onCommit(state, moved);
                }
            }
        },
        relevant: alwaysRelevant,
    };
}
/**
 * A second PRE-PREPARE for a sequence replaces the first as long as nothing prepared there, as if the primary had thought
 * better of it. The replica then sends PREPARE for both, and a lying primary gathers two quorums with its help. "It has
 * not accepted a pre-prepare for view v and sequence number n containing a different digest" (§4.2).
 */
const secondProposal = {
    before(event, state) {
        if (event.kind !== 'message' || event.attested.message.type !== 'pre-prepare')
            return event;
        const { from, message } = event.attested;
        const slot = state.slots.get(message.sequence);
        const timely = state.active && message.view === state.view && from === state.primary;
        if (!timely || slot?.accepted === undefined || slot.accepted === message.digest || slot.prepared)
            return event;
        slot.accepted = undefined;
        slot.acceptedFrom = undefined;
        slot.votedPrepare = false;
        return event;
    },
};
const planted = (make) => (parts) => ({ ...parts, protocol: meddled(parts.protocol, make) });
export const bugs = [
    {
        name: 'digest-without-sequence',
        doc: 'A vote for a digest counts at every sequence that has this digest.',
        plant: planted(digestWithoutSequence),
    },
    {
        name: 'duplicate-votes',
        doc: 'A second copy of one replica’s vote counts as another vote.',
        plant: planted(() => duplicateVotes),
    },
    {
        name: 'second-proposal',
        doc: 'A later proposal for a sequence takes the place of the first until something prepared.',
        plant: planted(() => secondProposal),
    },
];
//# sourceMappingURL=classic-votes.js.map