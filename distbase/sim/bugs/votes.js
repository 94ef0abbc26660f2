/** Mistakes in how votes are counted and kept. */
import { meddled } from '../bug-kit.js';
/** Only these can end a view. */
function mayEndView(event) {
    if (event.kind === 'timer')
        return true;
    if (event.kind !== 'message')
        return false;
    const { type } = event.attested.message;
    return type === 'view-change' || type === 'new-view';
}
const commitAcrossViews = {
    name: 'commit-across-views',
    doc: 'COMMITs of different views for one digest are counted together.',
    plant: (parts) => ({
        ...parts,
        protocol: meddled(parts.protocol, () => {
            let kept = [];
            return {
                before(event, state) {
                    kept = [];
                    if (mayEndView(event)) {
                        for (const slot of state.slots.values()) {
                            const commits = slot.commits.slice();
                            kept.push(() => {
                                for (const [i, vote] of commits.entries())
                                    slot.commits[i] ??= vote;
                            });
                        }
                    }
                    if (event.kind !== 'message')
                        return event;
                    const { message } = event.attested;
                    if (message.type !== 'commit' || message.view >= state.view || !state.active)
                        return event;
                    return {
                        kind: 'message',
                        attested: { ...event.attested, message: { ...message, view: state.view } },
                    };
                },
                after() {
                    for (const restore of kept)
                        restore();
                },
                relevant: (message, _from, state) => message.type === 'commit' && message.sequence > state.delivered ? true : undefined,
            };
        }),
    }),
};
/** What a promise is written by, and what reveals it. */
const promises = (effect) => effect.kind === 'persist' && (effect.record.type === 'pre-prepare' || effect.record.type === 'prepared');
const voteBeforeLog = {
    name: 'vote-before-log',
    doc: 'The record of a vote is written after the vote was sent.',
    plant: (parts) => ({
        ...parts,
        protocol: meddled(parts.protocol, () => ({
            after(_event, _state, out) {
                const late = out.filter(promises);
                const rest = out.filter((effect) => !promises(effect));
                out.length = 0;
                for (const effect of rest)
                    out.push(effect.kind === 'send' ? { ...effect, afterPersist: false } : effect);
                for (const effect of late)
                    out.push(effect);
            },
        })),
    }),
};
export const bugs = [commitAcrossViews, voteBeforeLog];
//# sourceMappingURL=votes.js.map