/**
 * The Ed25519 verification kernel for JavaScript: one instance of wasm/build/ed25519.wasm with its memory. Runs in Node
 * and in a browser; `load.ts` finds the module.
 *
 * Verdicts follow ZIP 215: S < L, encodings of A and R taken whether canonical or not, and the cofactored equation
 * [8][S]B = [8]R + [8][k]A. Single, prepared and batched checks agree on every input (wasm/assembly/ed25519.ts says
 * why). Wrong lengths are `false` and never reach the kernel. Verification reads public data only and is not
 * constant-time; there is nothing in here to sign with. An instance is not re-entrant and belongs to one thread.
 */
export declare const PUBLIC_KEY_BYTES = 32;
export declare const SIGNATURE_BYTES = 64;
/** Memory of one prepared key: 51 windows of 16 points of 160 bytes. */
export declare const SLOT_BYTES = 130560;
/** Most slots of an instance, which keeps them in half a GiB. */
export declare const SLOTS_MAX = 4096;
/**
 * - `self-test`: the module does not compute what it must, or is not the kernel; it must not be used.
 * - `slots`: no free slot for another prepared key, or a number of slots that is not 0 to 4,096 or does not fit in memory.
 * - `handle`: a handle that was released, or never given out.
 */
export type Ed25519ErrorCode = 'self-test' | 'slots' | 'handle';
export declare class Ed25519Error extends Error {
    readonly code: Ed25519ErrorCode;
    constructor(code: Ed25519ErrorCode, message: string, options?: ErrorOptions);
}
/** A prepared key. Stays valid until `release`; a handle is never given out twice. */
export type Ed25519Handle = number & {
    readonly __key: 'ed25519';
};
/** One signature of a batch, under a prepared key or under 32 bytes. */
export type Ed25519Item = {
    readonly handle: Ed25519Handle;
    readonly message: Uint8Array;
    readonly signature: Uint8Array;
} | {
    readonly handle?: undefined;
    readonly publicKey: Uint8Array;
    readonly message: Uint8Array;
    readonly signature: Uint8Array;
};
export interface Ed25519Options {
    /** Most keys prepared at a time, 130,560 bytes each; 0 to 4,096. */
    readonly slots: number;
}
export interface Ed25519Kernel {
    verify(publicKey: Uint8Array, message: Uint8Array, signature: Uint8Array): boolean;
    /** Expands a key into a free slot; `undefined` if the bytes are no point's encoding. Throws `slots`. */
    prepare(publicKey: Uint8Array): Ed25519Handle | undefined;
    /** Throws `handle`. */
    verifyPrepared(handle: Ed25519Handle, message: Uint8Array, signature: Uint8Array): boolean;
    /** Frees a slot. Throws `handle`. */
    release(handle: Ed25519Handle): void;
    /**
     * One verdict per item (1 holds, 0 does not). Signatures under one key share most of their work, prepared or not, and a
     * bad item costs its neighbours time but no verdict. Throws `handle`, before anything is judged.
     */
    verifyBatch(items: readonly Ed25519Item[]): Uint8Array;
    /** Slots in use. */
    readonly keys: number;
}
/**
 * Makes an instance with room for so many prepared keys and checks known answers. Takes a few milliseconds. Throws
 * `slots`; `self-test` if the module is not this kernel or computes something else.
 */
export declare function instantiateEd25519(module: WebAssembly.Module, options: Ed25519Options): Ed25519Kernel;
//# sourceMappingURL=ed25519.d.ts.map