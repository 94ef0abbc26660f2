/**
 * No honest Streamlet replica contradicts itself, crashes or not: one vote and one proposal a round, never back to an
 * earlier round or to a shorter chain, and nothing that its log does not hold.
 */
import { NULL_DIGEST } from '../core/ids.js';
import { Violation } from './observer.js';
const batchKey = ({ sequence, digest }) => `${sequence}:${digest}`;
export class StreamletChecker {
    #voices = new Map();
    persisted(replica, record) {
        note(this.#voice(replica), record);
    }
    restarted(replica, _machine, records) {
        const voice = this.#voice(replica);
        voice.notarised = new Set([0]);
        voice.batches = new Set();
        for (const record of records)
            note(voice, record);
    }
    attested(replica, { message }) {
        const voice = this.#voice(replica);
        switch (message.type) {
            case 'vote':
                return votes(replica, voice, message);
            case 'proposal':
            case 'tail':
                if (message.round <= voice.proposedRound)
                    fail(replica, `proposed in round ${message.round} after round ${voice.proposedRound}`);
                voice.proposedRound = message.round;
                return;
            case 'checkpoint': {
                const before = voice.checkpoints.get(message.sequence);
                if (before !== undefined && before !== message.digest)
                    fail(replica, `signed two checkpoints at ${message.sequence}`);
                voice.checkpoints.set(message.sequence, message.digest);
                return;
            }
            default:
                return;
        }
    }
    #voice(replica) {
        let voice = this.#voices.get(replica);
        if (voice === undefined) {
            voice = {
                votedRound: 0,
                votedOn: 0,
                proposedRound: 0,
                checkpoints: new Map(),
                notarised: new Set([0]),
                batches: new Set(),
            };
            this.#voices.set(replica, voice);
        }
        return voice;
    }
}
function note(voice, record) {
    if (record.type === 'batch')
        voice.batches.add(batchKey(record));
    else if (record.type === 'notarised')
        voice.notarised.add(record.votes[0].message.round);
}
function votes(replica, voice, vote) {
    const { round, parent, height, digest } = vote;
    if (round <= voice.votedRound)
        fail(replica, `voted in round ${round} after round ${voice.votedRound}`);
    if (height - 1 < voice.votedOn)
        fail(replica, `voted for a child of height ${height - 1} after one of ${voice.votedOn}`);
    if (!voice.notarised.has(parent))
        fail(replica, `voted in round ${round} on ${parent}, which its log does not know to be notarised`);
    if (digest !== NULL_DIGEST && !voice.batches.has(batchKey(vote)))
        fail(replica, `voted in round ${round} for a batch that its log does not hold`);
    voice.votedRound = round;
    voice.votedOn = Math.max(voice.votedOn, height - 1);
}
function fail(replica, what) {
    throw new Violation('promise', `replica ${replica} ${what}`);
}
//# sourceMappingURL=streamlet-checker.js.map