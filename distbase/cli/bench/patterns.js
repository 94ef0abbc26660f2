/**
 * What each protocol sends for a slot with one transaction, when nothing goes wrong and nothing else waits: the floor is
 * made of it, and the theory beside measured figures follows from it.
 */
import { encodeClientReply, encodeClientRequest } from '../../codec/client-messages.js';
import { FRAME_HEADER_BYTES } from '../../codec/frame.js';
import { transactionOverheadBytes } from '../../codec/transaction.js';
import { encodeValue } from '../../codec/value.js';
import { NULL_DIGEST } from '../../core/ids.js';
import { maxCrashed, quorumSize, weakQuorumSize } from '../../core/quorum.js';
import { MAC_BYTES } from '../../crypto/session.js';
import { LENGTHS } from '../../crypto/suites/suite.js';
/** Bytes of a vote's signature under each setting. */
const VOTE_SIGNATURE_BYTES = {
    channel: 0,
    ed25519: LENGTHS.ed25519.signature,
    'ml-dsa-87': LENGTHS['ml-dsa-87'].signature,
    hybrid: LENGTHS.ed25519.signature + LENGTHS['ml-dsa-87'].signature,
};
/** What a kv command takes beside its value: its array, its op, its key. */
const COMMAND_BYTES = 12;
/** A sequence of the size that a run reaches. */
const SEQUENCE = 10_000;
/** A message's signature under a setting; of what is signed in any case where votes are not. */
export function signatureOf(auth) {
    const suites = [];
    if (auth === 'ed25519' || auth === 'hybrid')
        suites.push('ed25519');
    if (auth !== 'ed25519')
        suites.push('ml-dsa-87');
    return { suites, bytes: suites.reduce((sum, suite) => sum + LENGTHS[suite].signature, 0) };
}
export function transactionBytes({ txAuth, payloadBytes }) {
    return transactionOverheadBytes(txAuth) + COMMAND_BYTES + payloadBytes;
}
export function frameSizes(setting) {
    const { auth } = setting;
    const around = MAC_BYTES + FRAME_HEADER_BYTES;
    const transaction = new Uint8Array(transactionBytes(setting));
    const signature = new Uint8Array(VOTE_SIGNATURE_BYTES[auth]);
    // Tag, sender, epoch, view, sequence, digest: a vote's body.
    const body = encodeValue([1, 0, 0, 0, SEQUENCE, new Uint8Array(32)]);
    const vote = encodeValue([0, 0, body, signature]).length;
    const proposal = encodeValue([0, 0, body, signature, Date.now(), [transaction]]).length;
    // Tag, sender, epoch, term, match, last, last term, round, missing, stable.
    const answer = encodeValue([
        0,
        0,
        encodeValue([4, 0, 0, 0, SEQUENCE, SEQUENCE, 0, 0, false, SEQUENCE]),
        signature,
    ]).length;
    const request = encodeClientRequest({ kind: 'submit', transaction }).length;
    const result = Uint8Array.of(0x92, 0xc3, 0x00);
    const answered = { kind: 'reply', transaction: NULL_DIGEST, sequence: SEQUENCE, result, epoch: 0 };
    return {
        request: around + request,
        proposal: around + proposal,
        vote: around + vote,
        answer: around + answer,
        reply: around + encodeClientReply(answered).length,
        voteItem: vote,
    };
}
/**
 * The bare pattern. `fast`: that of PBFT's fast path, where all n prepare alike and nobody commits. Streamlet's has the
 * two blocks that one batch takes, led by two replicas, without the wait for the end of a round.
 */
export function floorPattern(setting, fast = false) {
    const { protocol, protocolParameters: parameters, validators: n } = setting;
    const sizes = frameSizes(setting);
    const quorum = fast && protocol === 'pbft' ? n : quorumSize(n);
    const common = { requestBytes: sizes.request, replyBytes: sizes.reply };
    const block = (by, bytes) => ({ kind: 'propose', by, bytes, votes: true });
    const votes = { kind: 'vote', bytes: sizes.vote };
    if (protocol === 'raft') {
        const steps = [
            { kind: 'propose', by: 0, bytes: sizes.proposal, votes: false },
            { kind: 'answer', by: 0, bytes: sizes.answer },
        ];
        return { ...common, steps, quorum: n - maxCrashed(n), replies: 1 };
    }
    const replies = weakQuorumSize(n);
    if (protocol === 'streamlet') {
        const echoed = { ...votes, echoBytes: (quorum - 1) * sizes.voteItem };
        // A block's leader votes for it in the same frame.
        const tail = block(1, sizes.vote + sizes.voteItem);
        return {
            ...common,
            steps: [block(0, sizes.proposal + sizes.voteItem), echoed, tail, echoed],
            quorum,
            replies,
        };
    }
    const phases = protocol === 'hotstuff' ? (parameters?.commit === 'three-chain' ? 3 : 2) : fast ? 1 : 2;
    return {
        ...common,
        steps: [block(0, sizes.proposal), ...new Array(phases).fill(votes)],
        quorum,
        replies,
    };
}
/** Messages between validators that a pattern takes. An echo passes on votes one by one. */
function messagesOf({ steps, quorum }, n) {
    let sum = 0;
    for (const [i, step] of steps.entries()) {
        const before = steps[i - 1];
        const spared = before?.kind === 'propose' && before.votes ? 1 : 0;
        if (step.kind === 'propose')
            sum += n - 1;
        else if (step.kind === 'answer')
            sum += n - 1;
        else if (step.echoBytes === undefined)
            sum += (n - spared) * (n - 1);
        // The leader's vote is a message of its own there.
        else
            sum += n * (n - 1) + n * (quorum - 1) * (n - 1);
    }
    return sum;
}
/** The theory of what `floorPattern` with `fast` sends. */
export function theoryOf(setting) {
    const { protocol, protocolParameters: parameters, validators: n } = setting;
    const pattern = floorPattern(setting, true);
    const delays = pattern.steps.length + 2;
    const messages = messagesOf(pattern, n);
    switch (protocol) {
        case 'pbft':
            return {
                delays,
                waits: '',
                messages,
                growth: 'O(n²)',
                paper: 'fast path: all n prepared alike; without it 5 delays and 2n(n − 1) messages',
            };
        case 'hotstuff': {
            const three = parameters?.commit === 'three-chain';
            return {
                delays,
                waits: '',
                messages,
                growth: 'O(n²)',
                paper: `votes go to all here; in the paper to the leader: ${three ? '9' : '7'} delays, O(n) messages`,
            };
        }
        case 'streamlet':
            return {
                delays,
                waits: 'and the rest of a round after its block is notarised',
                messages,
                growth: 'O(n³)',
                paper: 'at most: echoes are spared where f + 1 others have shown that they know; the paper echoes all',
            };
        default:
            return { delays, waits: '', messages, growth: 'O(n)', paper: 'tolerates crashes only' };
    }
}
//# sourceMappingURL=patterns.js.map