/** Mistakes in who prepared, and on the fast path. Written without sight of the campaign's settings. */
import { preparedByAll } from '../../protocols/pbft/fast-path.js';
import { commit, proceed } from '../../protocols/pbft/normal.js';
import { countVotes } from '../../protocols/pbft/slot.js';
import { further, planted } from '../bug-kit.js';
/** The slot of a vote or proposal of the present view. */
function slotOf(event, state) {
    if (event.kind !== 'message' || !state.active)
        return undefined;
    const { message } = event.attested;
    if (message.type !== 'pre-prepare' && message.type !== 'prepare')
        return undefined;
    if (message.view !== state.view || message.epoch !== state.config.epoch)
        return undefined;
    return state.slots.get(message.sequence);
}
/** Whoever is cut off is in the next quorum, and may be the one honest replica in it that should have known. */
const amongConnected = {
    after(event, state, out, nowMs) {
        const slot = slotOf(event, state);
        const digest = slot?.accepted;
        if (slot === undefined || digest === undefined || !state.config.fastPath)
            return;
        if (!slot.prepared || slot.committedDigest !== undefined)
            return;
        const votes = 1 + (state.isPrimary ? 0 : 1) + countVotes(slot.prepares, digest, state.self);
        if (votes < state.connected.filter((open) => open).length)
            return;
        further(state, out, nowMs, () => {
            preparedByAll(state, slot);
            commit(state, slot, digest);
        });
    },
};
/** Its PRE-PREPARE stands for it: with both, one replica counts as two. */
const proposerTwice = () => {
    let sequence;
    return {
        before(event, state) {
            sequence = undefined;
            if (event.kind !== 'message')
                return event;
            const { attested } = event;
            const { message, from } = attested;
            if (message.type !== 'prepare' || from !== state.primary || from === state.self)
                return event;
            if (message.view !== state.view || !state.active || message.epoch !== state.config.epoch)
                return event;
            if (!state.inWindow(message.sequence))
                return event;
            const slot = state.slot(message.sequence);
            slot.prepares[from] ??= { ...attested, message };
            sequence = message.sequence;
            return undefined;
        },
        after(_event, state, out, nowMs) {
            const slot = sequence === undefined ? undefined : state.slots.get(sequence);
            if (slot !== undefined)
                further(state, out, nowMs, () => proceed(state, slot));
        },
    };
};
/** What prepared in the view that ends, and waits for the last PREPAREs, has not prepared in the next one. */
const heldOn = () => {
    let view = 0;
    let active = false;
    let held = [];
    return {
        before(event, state) {
            ({ view, active } = state);
            held = [...state.held];
            return event;
        },
        after(_event, state) {
            if (state.view === view && state.active === active)
                return;
            for (const sequence of held)
                if (state.slots.has(sequence))
                    state.held.add(sequence);
        },
    };
};
export const bugs = [
    planted('fast-path-connected', 'The fast path waits for all that are connected, not for all n.', () => amongConnected),
    planted('primary-prepare-counted', "A primary's PREPARE counts beside its PRE-PREPARE.", proposerTwice),
    planted('held-across-views', 'A COMMIT that is held for the fast path is still held in the next view.', heldOn),
];
//# sourceMappingURL=fast-path.js.map