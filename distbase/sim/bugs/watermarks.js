/** Mistakes about what lies behind a replica for good. */
import { RULES } from '../../protocols/pbft/rules.js';
import { meddled } from '../bug-kit.js';
import { ruled } from './ruled.js';
const checkpointWithoutQuorum = {
    name: 'checkpoint-without-quorum',
    doc: 'A checkpoint is stable once f + 1 replicas signed it.',
    plant: (parts) => ({
        ...parts,
        protocol: meddled(parts.protocol, () => {
            let quorum = 0;
            return {
                before(event, state) {
                    quorum = state.quorum;
                    const votes = event.kind === 'message' && event.attested.message.type === 'checkpoint';
                    if (votes)
                        state.quorum = state.weakQuorum;
                    return event;
                },
                after(_event, state) {
                    state.quorum = quorum;
                },
            };
        }),
    }),
};
/** Starts the new view from the latest checkpoint that anybody names. */
export function fromLatest(decide) {
    return (viewChanges, n) => {
        let latest = { sequence: -1, digest: '' };
        for (const { checkpoints } of viewChanges)
            for (const claim of checkpoints)
                if (claim.sequence > latest.sequence)
                    latest = claim;
        const above = (claim) => claim.sequence > latest.sequence;
        const cut = viewChanges.map((m) => ({
            ...m,
            stable: latest.sequence,
            checkpoints: [latest],
            prepared: m.prepared.filter(above),
            preprepared: m.preprepared.filter(above),
        }));
        return decide(cut, n);
    };
}
const watermarkOfOne = {
    name: 'watermark-of-one',
    doc: 'A new view takes its low watermark from whichever VIEW-CHANGE has the highest.',
    plant: (parts) => ({
        ...parts,
        protocol: ruled(parts.protocol, { ...RULES, decide: fromLatest(RULES.decide) }),
    }),
};
export const bugs = [checkpointWithoutQuorum, watermarkOfOne];
//# sourceMappingURL=watermarks.js.map