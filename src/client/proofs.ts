/** Checks a proof that somebody handed over, with the genesis and nothing else: no connection, and nobody to believe. */

import { verifyProof } from '../apps/map-proof.ts';
import { LockstepError } from '../core/errors.ts';
import type { Genesis } from '../core/genesis.ts';
import { chainOf } from '../crypto/chain.ts';
import { createHasher } from '../crypto/hash.ts';
import { createInlineVerifier } from '../crypto/inline.ts';
import { Certified } from '../proofs/certified.ts';
import { ProofChecker, type ProvenFact } from '../proofs/proof-check.ts';

/**
 * What a document of `lockstep prove`, or of a validator's `/proof`, proves: that a transaction stands in the ledger with its result, or
 * that the state holds an entry or none. Runs in a browser. Throws `rejected` where it proves nothing, and says why; `bad-genesis`.
 */
export async function checkProof(genesis: Genesis, document: unknown): Promise<ProvenFact> {
  const hasher = await createHasher(genesis.hash);
  const chain = chainOf(genesis, hasher);
  const verifier = await createInlineVerifier();
  try {
    const certified = new Certified(chain, hasher, (item) => verifier.verifySync(item));
    const fact = new ProofChecker(chain, hasher, certified, verifyProof).check(document);
    if (typeof fact === 'string') throw new LockstepError('rejected', `it proves nothing: ${fact}`);
    return fact;
  } finally {
    await verifier.close();
  }
}
