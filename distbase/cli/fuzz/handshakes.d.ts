/** Handshake messages with something wrong in them, for both sides. */
import type { SeededRandom } from '../../core/random.ts';
import { type HandshakeContext, type HandshakeSelf } from '../../crypto/handshake.ts';
export interface HandshakeParties {
    readonly context: HandshakeContext;
    readonly responder: HandshakeSelf;
    readonly initiator: HandshakeSelf;
}
/** Gives the outcome of one message: a code, or what it led to. */
export declare function handshakeTarget({ context, responder, initiator }: HandshakeParties, random: SeededRandom): () => string;
//# sourceMappingURL=handshakes.d.ts.map