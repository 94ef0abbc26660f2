/** Whether enough validators of its epoch signed a checkpoint, for who has the genesis and what proves the sets since. */
import { certificateClaims } from '../crypto/certificate-claims.js';
import { checkpointDigest, parseMeta } from '../proofs/ledger-header.js';
import { Judges } from './judges.js';
export class CertificateChecker {
    chain;
    hasher;
    judges;
    constructor(chain, hasher, verifier, proofs = []) {
        this.chain = chain;
        this.hasher = hasher;
        this.judges = new Judges(chain, hasher, verifier, proofs);
    }
    /** Takes proofs of epochs; false where one of them does not hold. */
    learn(proofs) {
        return this.judges.learn(proofs);
    }
    /** Whether a signature holds. */
    get verify() {
        return this.judges.verify;
    }
    /**
     * What the checkpoint binds, if its digest is that of its fields and enough validators of its epoch signed it; or why
     * not.
     */
    check(checkpoint) {
        const { sequence, epoch, digest, certificate } = checkpoint;
        const meta = parseMeta(checkpoint.meta);
        if (meta === undefined || meta.header.sequence !== sequence)
            return 'its fields are none';
        if (meta.epoch !== epoch)
            return `it is of epoch ${meta.epoch}, and not of ${epoch}`;
        if (checkpointDigest(this.hasher, this.chain.id, meta) !== digest) {
            return 'its digest is not that of its fields';
        }
        const judge = this.judges.of(epoch);
        if (judge === undefined)
            return `nothing here proves who the validators of epoch ${epoch} were`;
        const signers = new Set();
        for (const one of certificate) {
            const why = this.vote(one, checkpoint, judge);
            if (why !== undefined)
                return why;
            signers.add(one.from);
        }
        if (signers.size < judge.quorum)
            return `${signers.size} validators signed it, and ${judge.quorum} must`;
        return meta;
    }
    vote({ from, body, signature }, { sequence, digest, epoch }, { set, codec }) {
        const validator = set.members[from];
        const decoded = codec.decodeBody(body);
        if (validator === undefined || typeof decoded === 'string' || decoded.from !== from) {
            return `what validator ${from} signed is no message of its own`;
        }
        const { message } = decoded;
        const said = message;
        const always = codec.schemaOf(message).signed === 'always';
        // Nothing else that is signed in every setting names this digest: it is the hash of a checkpoint.
        if (!always || said.sequence !== sequence || said.digest !== digest) {
            return `validator ${validator.name} signed something else`;
        }
        const claims = certificateClaims(this.chain, epoch, validator, body, signature);
        if (claims === undefined || !claims.every(this.verify)) {
            return `the signature of validator ${validator.name} does not hold`;
        }
        return undefined;
    }
}
//# sourceMappingURL=certificates.js.map