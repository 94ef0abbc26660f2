/** What a caller of the ML-DSA-87 kernel sees: sizes, errors, handles and the interface itself. */
export declare const PUBLIC_KEY_BYTES = 2592;
export declare const SECRET_KEY_BYTES = 4896;
export declare const SIGNATURE_BYTES = 4627;
export declare const SEED_BYTES = 32;
export declare const CONTEXT_BYTES_MAX = 255;
/**
 * - `self-test`: the module does not compute what it must, or is not the kernel; it must not be used.
 * - `length`: an input of the wrong length.
 * - `secret-key`: an encoding whose s1 or s2 has coefficients beyond η: not a key.
 * - `slots`: no free slot for another prepared key.
 * - `handle`: a handle that was released, or never given out.
 */
export type MlDsa87ErrorCode = 'self-test' | 'length' | 'secret-key' | 'slots' | 'handle';
export declare class MlDsa87Error extends Error {
    readonly code: MlDsa87ErrorCode;
    constructor(code: MlDsa87ErrorCode, message: string);
}
/** A prepared public key. Stays valid until `release`; a handle is never given out twice. */
export type PublicHandle = number & {
    readonly __key: 'public';
};
/** A prepared secret key. */
export type SecretHandle = number & {
    readonly __key: 'secret';
};
export interface MlDsa87Options {
    /** Most public keys prepared at a time, 65,664 bytes each. Default 16, at most 4,096. */
    readonly publicSlots?: number;
    /** Most secret keys prepared at a time, 85,376 bytes each. Default 1, at most 4,096. */
    readonly secretSlots?: number;
}
export interface MlDsa87Kernel {
    /** ML-DSA.KeyGen_internal (Algorithm 6) of a 32-byte seed. */
    keyGen(seed: Uint8Array): {
        publicKey: Uint8Array;
        secretKey: Uint8Array;
    };
    /**
     * ML-DSA.Sign (Algorithm 2) with the 4,896-byte secret key. `rnd` is 32 random bytes, or zeros for the deterministic
     * variant. Everything secret is wiped from the kernel's memory before it returns.
     */
    sign(secretKey: Uint8Array, message: Uint8Array, context: Uint8Array, rnd: Uint8Array): Uint8Array;
    /** ML-DSA.Verify (Algorithm 3), expanding the key for this call only. */
    verify(publicKey: Uint8Array, message: Uint8Array, signature: Uint8Array, context: Uint8Array): boolean;
    /** Expands a public key into a free slot. Throws `length`, `slots`. */
    prepare(publicKey: Uint8Array): PublicHandle;
    verifyPrepared(handle: PublicHandle, message: Uint8Array, signature: Uint8Array, context: Uint8Array): boolean;
    /** Expands a secret key into a free slot, where it stays until released. Throws `length`, `slots`, `secret-key`. */
    prepareSecret(secretKey: Uint8Array): SecretHandle;
    signPrepared(handle: SecretHandle, message: Uint8Array, context: Uint8Array, rnd: Uint8Array): Uint8Array;
    /** Frees a slot and overwrites it with zeros. Throws `handle`. */
    release(handle: PublicHandle | SecretHandle): void;
    /**
     * The kernel's memory, for a caller that brings its input there itself, for example from shared memory: the signature at
     * `signatureOffset`, the message at `messageOffset(context.length)`, the context right before it.
     */
    readonly memory: Uint8Array;
    readonly signatureOffset: number;
    messageOffset(contextLength: number): number;
    /** Longest message that `verifyStaged` takes with this context. */
    stagedMessageMax(contextLength: number): number;
    /** `verifyPrepared` on what stands in `memory`; `false` for lengths that do not fit. The input may be overwritten. */
    verifyStaged(handle: PublicHandle, messageLength: number, contextLength: number): boolean;
    /**
     * Verifies `verifications` times and signs `signatures` times with a key of its own, so that the engine has compiled the hot
     * functions by the time they are needed: some 400 verifications, 100 signatures. Takes 20 to 100 ms.
     */
    warmUp(verifications: number, signatures: number): void;
    /** Slots in use. */
    readonly publicKeys: number;
    readonly secretKeys: number;
}
//# sourceMappingURL=mldsa87-api.d.ts.map