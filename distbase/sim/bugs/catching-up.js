/** Mistakes in taking from others what one lacks. Written without sight of the campaign's settings. */
import { weakQuorumSize } from '../../core/quorum.js';
import { commit } from '../../protocols/pbft/normal.js';
import { further, planted } from '../bug-kit.js';
/** Others keep the states of a few checkpoints: whoever stays away for longer asks for one that is gone. */
const firstKept = () => {
    let pending;
    let transferring = -1;
    let askedMs = 0;
    return {
        before(event, state) {
            pending = state.pendingCertificate;
            transferring = state.transferring;
            askedMs = state.transferAskedMs;
            return event;
        },
        after(_event, state, out) {
            const later = state.pendingCertificate;
            if (pending === undefined || later === undefined || later.sequence <= pending.sequence)
                return;
            if (pending.sequence <= state.stable)
                return;
            state.pendingCertificate = pending;
            if (state.transferring !== later.sequence)
                return;
            state.transferring = transferring;
            state.transferAskedMs = askedMs;
            const kept = out.filter((effect) => effect.kind !== 'transfer');
            out.splice(0, out.length, ...kept);
        },
    };
};
/** A question, or its answer, may be lost. */
const askedOnce = () => {
    let wanted = new Set();
    return {
        before(event, state) {
            wanted = new Set(state.wanted.keys());
            return event;
        },
        effect: (effect) => effect.kind === 'send' &&
            effect.message.type === 'fetch' &&
            wanted.has(`${effect.message.sequence}:${effect.message.digest}`)
            ? []
            : [effect],
    };
};
/** One honest replica that says d and one liar that says d' are f + 1 for neither. */
const anyClaim = {
    after(event, state, out, nowMs) {
        if (event.kind !== 'message' || event.attested.message.type !== 'committed')
            return;
        const { sequence, digest, epoch } = event.attested.message;
        const slot = state.slots.get(sequence);
        if (epoch !== state.config.epoch || slot === undefined || slot.committedDigest !== undefined)
            return;
        if (slot.claims[event.attested.from] !== digest)
            return;
        const claims = slot.claims.filter((claim) => claim !== undefined);
        if (claims.length >= weakQuorumSize(state.n))
            further(state, out, nowMs, () => commit(state, slot, digest));
    },
};
export const bugs = [
    planted('first-certificate-kept', 'A certified checkpoint that is not executed yet gives way to no later one.', firstKept),
    planted('fetch-asked-once', 'A batch is asked for once.', askedOnce),
    planted('claims-of-any-digest', 'f + 1 claims that a slot committed count together, whatever they name.', () => anyClaim),
];
//# sourceMappingURL=catching-up.js.map