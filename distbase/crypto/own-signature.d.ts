/** What only the holder of a validator's keys can have said, to itself: both suites must hold, whatever the chain's setting. */
import type { Verifier } from './interface.ts';
import type { Identity } from './keys.ts';
export interface OwnSignature {
    /** Ed25519 ‖ ML-DSA-87, 4,691 bytes. The input carries a label of its own. */
    sign(input: Uint8Array): Uint8Array;
    verify(input: Uint8Array, signature: Uint8Array): boolean;
}
export declare function createOwnSignature(identity: Identity, verifier: Verifier): Promise<OwnSignature>;
//# sourceMappingURL=own-signature.d.ts.map