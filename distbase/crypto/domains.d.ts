/**
 * What is signed: a label that says what it is, the chain's identity, then the bytes. A signature made for one
 * kind or one chain is worth nothing to another.
 */
/** The signature input of a protocol message: `lockstep/msg/1\0` ‖ chain id ‖ body. */
export declare function messageInput(chainId: Uint8Array, body: Uint8Array): Uint8Array;
/** The signature input of a transaction: `lockstep/tx/1\0` ‖ chain id ‖ its bytes without the signature. */
export declare function transactionInput(chainId: Uint8Array, unsigned: Uint8Array): Uint8Array;
//# sourceMappingURL=domains.d.ts.map