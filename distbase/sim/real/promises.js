/**
 * What the honest have said, over all their lives: no two votes of one replica for one place may differ, and no answer
 * that a client got may ever be given differently. Looks at what leaves, since what was lost before that binds nobody.
 */
import { decodeClientReply } from '../../codec/client-messages.js';
import { createFrameDecoder, encodeFrame, PEER_FRAME_LIMITS } from '../../codec/frame.js';
import { createMessageCodec } from '../../codec/message-codec.js';
import { toHex } from '../../core/bytes.js';
import { protocolByName } from '../../protocols/registry.js';
import { createBatchDigests } from '../../replica/batch-digest.js';
import { Violation } from '../observer.js';
const decodeFrame = createFrameDecoder(PEER_FRAME_LIMITS);
/** Messages that say where their sender stands, and may be said differently later. */
const PASSING = ['status', 'fetch', 'fetched'];
export class Promises {
    violation;
    /** Answers that clients got. */
    acknowledged = 0;
    #codec;
    #said = new Map();
    #answers = new Map();
    constructor({ chain, hasher }) {
        const { parameters: limits, validators, protocol } = chain.genesis;
        const { batchDigest } = createBatchDigests(hasher);
        const { messages } = protocolByName(protocol);
        this.#codec = createMessageCodec(messages, { n: validators.length, batchDigest, limits });
    }
    /** Items of a frame that an honest replica sends. */
    said(self, items) {
        for (const item of decodeFrame(encodeFrame(items))) {
            const attested = this.#codec.decodeItem(item);
            if (typeof attested === 'string' || attested.from !== self)
                continue;
            const { type, view, sequence, digest } = attested.message;
            if (PASSING.includes(type))
                continue;
            const word = typeof digest === 'string' ? digest : toHex(attested.envelope.body);
            this.#once(this.#said, `replica ${self}: ${type} of view ${view}, sequence ${sequence}`, word);
        }
    }
    /** An item that an honest replica answers a client with. */
    answered(self, item) {
        const reply = decodeClientReply(item);
        if (typeof reply === 'string' || reply.kind !== 'reply')
            return;
        this.acknowledged++;
        this.#once(this.#answers, reply.transaction, `sequence ${reply.sequence}: ${toHex(reply.result)}`, self);
    }
    #once(known, key, word, self) {
        const first = known.get(key);
        if (first === undefined)
            known.set(key, word);
        else if (first !== word) {
            const who = self === undefined ? '' : `replica ${self} answers for transaction `;
            const what = `${who}${key} with ${word.slice(0, 80)}, and ${first.slice(0, 80)} was said before`;
            this.violation ??= new Violation('contradiction', what);
        }
    }
}
//# sourceMappingURL=promises.js.map