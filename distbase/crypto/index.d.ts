/**
 * `lockstep/crypto`: signatures and digests on their own. Nothing here imports Node's modules at its top; the pool
 * is loaded when threads are asked for.
 */
export { createDigests, type DigestName, type Digests } from './digests.ts';
export { CryptoError, type CryptoErrorCode } from './errors.ts';
export { createHasher, HASH_KINDS, type Hasher, type HashKind } from './hash.ts';
export type { KeyPair, Priority, Signer, SignOptions, SuiteName, Verifier, VerifierOptions, VerifierStats, VerifyItem, } from './interface.ts';
export { type MerkleProof, merkleProof, merkleRoot, verifyMerkleProof } from './merkle.ts';
export { createSigner, generateKeyPair } from './signing.ts';
export { LENGTHS, MAX_CONTEXT_BYTES, type SuiteLengths } from './suites/suite.ts';
export { createVerifier } from './verifier.ts';
//# sourceMappingURL=index.d.ts.map