/**
 * What all validators of a chain agree on before its first slot. A change of any byte makes another chain: every
 * signature covers the digest of the genesis.
 */
export {};
//# sourceMappingURL=genesis.js.map