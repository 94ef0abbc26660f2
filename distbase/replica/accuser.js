/**
 * Has evidence ordered that this validator holds: once somebody is convicted, nobody has to say more, so that validators take
 * turns, by their places. Where nothing is ordered (no quorum, a restart amid it), it says so again, ever more rarely, until
 * the case is closed; what an earlier life of the process found and left open is in the store and taken up again.
 */
import { encodeAccusation } from '../codec/accusation-codec.js';
import { encodeTransaction } from '../codec/transaction.js';
import { MAX_EXPIRY_SPAN } from '../core/limits.js';
/** Between the turns of two validators, ms: a commit, and some. */
const TURN_MS = 300;
/** Between two attempts, ms: at first, and at most, as the pause doubles. */
const AGAIN_MS = 5_000;
const AGAIN_MOST_MS = 300_000;
/** Pieces of evidence per member that are tried in turn: one may be of keys that it has no more, which convicts nobody. */
const PIECES = 4;
export class Accuser {
    #o;
    /** Those that are under way; at most one per member. */
    #cases = new Map();
    constructor(options) {
        this.#o = options;
    }
    /** Evidence that others would believe: one piece of it is enough, and the rest are for where it does not do. */
    take(member, { first, second }) {
        const portable = first.signature.length > 0 && second.signature.length > 0;
        if (!portable || !this.#o.open(member))
            return;
        const payload = encodeAccusation({
            member,
            first: { body: first.body, signature: first.signature },
            second: { body: second.body, signature: second.signature },
        });
        const { maxTransactionBytes } = this.#o.chain.genesis.parameters;
        // What is too long for a transaction stays a file.
        if (payload.length + 256 > maxTransactionBytes)
            return;
        const known = this.#cases.get(member);
        if (known === undefined) {
            const fresh = { payloads: [payload], cancel: () => { } };
            this.#cases.set(member, fresh);
            this.#wait(member, fresh, TURN_MS * (1 + this.#o.turn()), 0);
        }
        else if (known.payloads.length < PIECES)
            known.payloads.push(payload);
    }
    stop() {
        for (const { cancel } of this.#cases.values())
            cancel();
        this.#cases.clear();
    }
    #wait(member, one, delayMs, attempt) {
        const { clock, open, submit } = this.#o;
        one.cancel = clock.after(delayMs, () => {
            if (!open(member))
                return void this.#cases.delete(member);
            submit(this.#sign(one.payloads[attempt % one.payloads.length]));
            this.#wait(member, one, Math.min(AGAIN_MOST_MS, AGAIN_MS * 2 ** attempt), attempt + 1);
        });
    }
    #sign(payload) {
        const { chain, signer, nonce, sequence } = this.#o;
        const { publicKey } = signer;
        const expiry = sequence() + MAX_EXPIRY_SPAN / 2;
        return encodeTransaction({ suite: 'ed25519', kind: 'evidence', nonce: nonce(), expiry, publicKey, payload }, (input) => signer.sign(input), chain.id);
    }
}
//# sourceMappingURL=accuser.js.map