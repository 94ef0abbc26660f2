/** What a replica has promised, and leaves out of what it says. Written without sight of the campaign's settings. */
import { planted } from '../bug-kit.js';
/** Takes claims out of our own VIEW-CHANGE. */
function without(effect, prepared, preprepared) {
    if (effect.kind !== 'attest' || effect.message.type !== 'view-change')
        return effect;
    const { message } = effect;
    return {
        ...effect,
        message: {
            ...message,
            prepared: message.prepared.filter(prepared),
            preprepared: message.preprepared.filter(preprepared),
        },
    };
}
/**
 * What prepared in an older view and not in the last one: the new view's primary assigned it again, and nobody came so far
 * as to prepare it. It may have committed in the older view all the same.
 */
const leftViewAlone = () => {
    let left;
    const note = (state) => {
        if (state.active)
            left = state.view;
    };
    return {
        created: note,
        before(event, state) {
            note(state);
            return event;
        },
        effect: (effect) => [
            without(effect, ({ view }) => left === undefined || view === left, () => true),
        ],
    };
};
/** h is the last stable checkpoint, and the view may have begun above it: then the low watermark is not h (§4.5.2). */
const aboveLow = {
    effect(effect, state) {
        const above = ({ sequence }) => sequence > state.low;
        return [without(effect, above, above)];
    },
};
/** Slots above an installed state may hold votes: who was behind in executing may have voted all the same. */
const clearedByInstall = {
    before(event, state) {
        if (event.kind !== 'installed' || event.sequence <= state.stable)
            return event;
        state.slots.clear();
        state.held.clear();
        return event;
    },
};
/** A promise of an older view binds until its slot is stable; and between two views all of them are of older views. */
const presentViewAlone = {
    live: (records, state) => records.filter((r) => (r.type !== 'pre-prepare' && r.type !== 'prepared') || r.view >= state.view),
};
export const bugs = [
    planted('claims-of-left-view', 'A VIEW-CHANGE claims as prepared only what prepared in the view that it leaves.', leftViewAlone),
    planted('claims-above-low', 'A VIEW-CHANGE claims what lies above the low watermark of its view, not above its stable checkpoint.', () => aboveLow),
    planted('install-forgets-promises', 'Whoever installs a state forgets its slots above that state, too.', () => clearedByInstall),
    planted('compaction-present-view', 'A log that is written anew keeps the promises of the present view alone.', () => presentViewAlone),
];
//# sourceMappingURL=promises.js.map