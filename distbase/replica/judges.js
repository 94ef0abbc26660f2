/** Each epoch's validators, and how their messages are read: for who judges signed messages with the genesis alone. */
import { createMessageCodec } from '../codec/message-codec.js';
import { fromHex } from '../core/bytes.js';
import { certifiersOf, EpochChain } from '../proofs/epochs.js';
import { protocolByName } from '../protocols/registry.js';
import { createBatchDigests } from './batch-digest.js';
export class Judges {
    chain;
    hasher;
    verifier;
    epochs;
    /** What is judged comes mostly in the order of its epochs. */
    last;
    /** Whether a signature holds. */
    verify = (item) => this.verifier.verifySync(item);
    /** `proofs`: of the epochs after the genesis, oldest first, as `EpochChain` takes them; each is checked. */
    constructor(chain, hasher, verifier, proofs) {
        this.chain = chain;
        this.hasher = hasher;
        this.verifier = verifier;
        const protocol = protocolByName(chain.genesis.protocol);
        this.epochs = new EpochChain({
            chain,
            hasher,
            store: { save: () => { }, load: () => [] },
            verify: this.verify,
            needed: (n) => certifiersOf(protocol, chain.genesis, n),
        });
        this.learn(proofs);
    }
    /** Takes proofs of epochs; false where one of them does not hold. */
    learn(proofs) {
        return proofs.every((proof) => this.epochs.add(proof) !== 'bad');
    }
    /** Undefined where nothing proves who the validators of that epoch were. */
    of(epoch) {
        if (this.last?.set.epoch === epoch)
            return this.last;
        const set = this.epochs.setOf(epoch);
        if (set === undefined)
            return undefined;
        const { genesis } = this.chain;
        const protocol = protocolByName(genesis.protocol);
        const n = set.members.length;
        const { batchDigest } = createBatchDigests(this.hasher);
        for (const { ed25519, mlDsa87 } of set.members) {
            if (genesis.auth !== 'ed25519')
                this.verifier.prepare('ml-dsa-87', fromHex(mlDsa87));
            if (genesis.auth === 'ed25519' || genesis.auth === 'hybrid') {
                this.verifier.prepare('ed25519', fromHex(ed25519));
            }
        }
        this.last = {
            set,
            codec: createMessageCodec(protocol.messages, { n, epoch, batchDigest, limits: genesis.parameters }),
            quorum: certifiersOf(protocol, genesis, n),
        };
        return this.last;
    }
}
//# sourceMappingURL=judges.js.map