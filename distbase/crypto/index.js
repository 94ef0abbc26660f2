/**
 * `lockstep/crypto`: signatures and digests on their own. Nothing here imports Node's modules at its top; the pool
 * is loaded when threads are asked for.
 */
export { createDigests } from './digests.js';
export { CryptoError } from './errors.js';
export { createHasher, HASH_KINDS } from './hash.js';
export { merkleProof, merkleRoot, verifyMerkleProof } from './merkle.js';
export { createSigner, generateKeyPair } from './signing.js';
export { LENGTHS, MAX_CONTEXT_BYTES } from './suites/suite.js';
export { createVerifier } from './verifier.js';
//# sourceMappingURL=index.js.map