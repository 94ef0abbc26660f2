/** Mistakes around the change of views. */
import { primaryOf } from '../../core/quorum.js';
import { newViewDecision } from '../../protocols/pbft/view-change.js';
import { meddled } from '../bug-kit.js';
/**
 * A NEW-VIEW is judged by its proofs alone, and not by whether its view lies ahead: a late copy takes a replica back into
 * a view that it has left, or makes it enter its present view again with its votes forgotten. Leaving a view is final
 * (TOCS 2002 §4.5.1: after VIEW-CHANGE for v + 1 nothing of v is accepted any more).
 */
const oldNewView = {
    before(event, state) {
        if (event.kind !== 'message')
            return event;
        const { from, message } = event.attested;
        if (message.type !== 'new-view' || message.view > state.view)
            return event;
        if (from !== primaryOf(message.view, state.n) || newViewDecision(state, message) === undefined)
            return event;
        state.view = message.view;
        state.active = false;
        return event;
    },
    relevant: (message) => (message.type === 'new-view' ? true : undefined),
};
/**
 * A VIEW-CHANGE leaves out what its sender delivered: "executed is executed". Those who did not get that far then find
 * nothing at the slot, and the new view fills it with something else. P and Q reach down to the stable checkpoint
 * (§4.5.2), since until then nobody else is known to have the slot.
 */
const claimsAboveDelivered = {
    effect(effect, state) {
        if (effect.kind !== 'attest' || effect.message.type !== 'view-change')
            return [effect];
        const open = ({ sequence }) => sequence > state.delivered;
        const { prepared, preprepared } = effect.message;
        const message = {
            ...effect.message,
            prepared: prepared.filter(open),
            preprepared: preprepared.filter(open),
        };
        return [{ ...effect, message }];
    },
};
export const bugs = [
    {
        name: 'old-new-view',
        doc: 'A NEW-VIEW of a view that is not ahead is entered all the same.',
        plant: (parts) => ({ ...parts, protocol: meddled(parts.protocol, () => oldNewView) }),
    },
    {
        name: 'claims-above-delivered',
        doc: 'A VIEW-CHANGE claims nothing at slots that its sender delivered.',
        plant: (parts) => ({ ...parts, protocol: meddled(parts.protocol, () => claimsAboveDelivered) }),
    },
];
//# sourceMappingURL=classic-views.js.map