/** How large the frames of a slot with one transaction are, so that the floor moves as many bytes as the protocol. */
import { encodeClientReply, encodeClientRequest } from '../../codec/client-messages.js';
import { FRAME_HEADER_BYTES } from '../../codec/frame.js';
import { transactionOverheadBytes } from '../../codec/transaction.js';
import { encodeValue } from '../../codec/value.js';
import { NULL_DIGEST } from '../../core/ids.js';
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
export function frameSizes(auth, txAuth, payloadBytes) {
    const around = MAC_BYTES + FRAME_HEADER_BYTES;
    const transaction = new Uint8Array(transactionOverheadBytes(txAuth) + COMMAND_BYTES + payloadBytes);
    const signature = new Uint8Array(VOTE_SIGNATURE_BYTES[auth]);
    // Tag, sender, epoch, view, sequence, digest: a vote's body.
    const body = encodeValue([1, 0, 0, 0, SEQUENCE, new Uint8Array(32)]);
    const vote = encodeValue([0, body, signature]).length;
    const proposal = encodeValue([0, body, signature, Date.now(), [transaction]]).length;
    const request = encodeClientRequest({ kind: 'submit', transaction }).length;
    const result = Uint8Array.of(0x92, 0xc3, 0x00);
    const reply = encodeClientReply({
        kind: 'reply',
        transaction: NULL_DIGEST,
        sequence: SEQUENCE,
        result,
    }).length;
    return {
        requestBytes: around + request,
        prePrepareBytes: around + proposal,
        prepareBytes: around + vote,
        commitBytes: around + vote,
        replyBytes: around + reply,
    };
}
//# sourceMappingURL=frame-sizes.js.map