/** Mistakes about when to leave a view, to ask, and to let go. Written without sight of the campaign's settings. */
import { askFor } from '../../protocols/pbft/leave.js';
import { further, planted } from '../bug-kit.js';
/** f are not f + 1: one liar that asks for the next view, again and again, ends every view. */
const followsFew = {
    after(_event, state, out, nowMs) {
        const others = state.peerAsked.filter((_, id) => id !== state.self).sort((a, b) => b - a);
        const vouched = others[Math.max(0, state.weakQuorum - 2)];
        if (vouched > state.asked && vouched > state.view)
            further(state, out, nowMs, () => askFor(state, vouched));
    },
};
/** A view that opens is not yet one that works: only a commit shows that the time-out is long enough. */
const openedIsGood = () => {
    let active = true;
    return {
        before(event, state) {
            active = state.active;
            return event;
        },
        after(_event, state) {
            if (!active && state.active)
                state.failedViews = 0;
        },
    };
};
/** What was passed on has been ordered; what comes later has to be passed on again. */
const relayedOnce = () => {
    let relayed = false;
    let view = 0;
    return {
        before(event, state) {
            ({ relayed, view } = state);
            return event;
        },
        after(_event, state) {
            if (relayed && state.view === view)
                state.relayed = true;
        },
    };
};
/** Votes of views to come are kept for later, and nothing says that the later will come. */
const unboundedAhead = {
    before(event, state) {
        if (event.kind !== 'message')
            return event;
        const { attested } = event;
        const { message } = attested;
        if (message.type !== 'pre-prepare' && message.type !== 'prepare' && message.type !== 'commit')
            return event;
        if (message.epoch !== state.config.epoch)
            return event;
        const later = message.view > state.view || (message.view === state.view && !state.active);
        const queue = state.ahead[attested.from];
        if (!later || queue.length < 3 * state.config.window)
            return event;
        queue.push(attested);
        return undefined;
    },
};
export const bugs = [
    planted('asking-follows-f', 'f replicas that ask for another view make a replica ask for it, too.', () => followsFew),
    planted('backoff-ended-by-new-view', 'The time-outs that grow from view to view fall back as soon as a view opens.', openedIsGood),
    planted('relayed-once', 'What a backup passes on to the primary it passes on once in a view.', relayedOnce),
    planted('ahead-unbounded', 'What is kept for views to come has no bound.', () => unboundedAhead),
];
//# sourceMappingURL=pacing.js.map