/** Mistakes about what a checkpoint's certificate says. Written without sight of the campaign's settings. */
import { planted } from '../bug-kit.js';
const checkpointIn = (event) => event.kind === 'message' && event.attested.message.type === 'checkpoint'
    ? { from: event.attested.from, message: event.attested.message, attested: event.attested }
    : undefined;
/** Counted rightly, collected wrongly: a liar's vote for another digest stands among the first q. */
const firstVotes = () => {
    let votes = [];
    const wrong = (certificate, sequence) => certificate?.sequence === sequence ? { ...certificate, votes } : certificate;
    return {
        before(event, state) {
            const vote = checkpointIn(event);
            if (vote === undefined)
                return event;
            const all = [
                ...(state.checkpointVotes.get(vote.message.sequence) ?? new Array(state.n).fill(undefined)),
            ];
            all[vote.from] = vote.attested;
            votes = all.filter((v) => v !== undefined).slice(0, state.quorum);
            return event;
        },
        after(event, state, out) {
            const at = checkpointIn(event)?.message.sequence;
            if (at === undefined || votes.length < state.quorum)
                return;
            if (state.stable < at && state.pendingCertificate?.sequence !== at)
                return;
            state.certificate = wrong(state.certificate, at);
            state.pendingCertificate = wrong(state.pendingCertificate, at);
            for (const [i, effect] of out.entries()) {
                if (effect.kind === 'stable' && effect.sequence === at)
                    out[i] = { ...effect, certificate: votes };
                if (effect.kind === 'persist' && effect.record.type === 'stable' && effect.record.sequence === at)
                    out[i] = { ...effect, record: { ...effect.record, certificate: votes } };
            }
        },
    };
};
/** "We executed so far": but q others came to something else. */
const executedIsSame = {
    before(event, state) {
        const vote = checkpointIn(event);
        if (vote === undefined)
            return event;
        const { sequence, digest } = vote.message;
        const own = state.ownCheckpoints.get(sequence);
        if (own === undefined || own === digest)
            return event;
        const others = state.checkpointVotes.get(sequence) ?? [];
        const matching = others.filter((v) => v?.message.digest === digest && v.from !== vote.from).length + 1;
        if (matching >= state.quorum)
            state.ownCheckpoints.set(sequence, digest);
        return event;
    },
};
export const bugs = [
    planted('certificate-of-any', 'The certificate of a checkpoint is the first q votes for its sequence, whatever they name.', firstVotes),
    planted('own-checkpoint-unchecked', 'A certified checkpoint is stable for whoever executed so far, whatever it came to.', () => executedIsSame),
];
//# sourceMappingURL=checkpoints.js.map