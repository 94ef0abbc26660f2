/**
 * Errors that a caller may act on carry a code; the message is for a person and says what to do.
 * Codes are stable: scripts and clients match on them.
 */
export type ErrorCode = 'bad-flag' | 'bad-config' | 'bad-genesis' | 'bad-key' | 'home-missing' | 'home-in-use' | 'home-not-empty' | 'wrong-chain' | 'too-new' | 'port-taken' | 'key-in-use' | 'log-damaged' | 'snapshot-damaged' | 'store-damaged' | 'store-unavailable' | 'diverged' | 'storage-failed' | 'disk-full' | 'bad-request' | 'timeout' | 'not-connected' | 'busy' | 'rejected' | 'no-agreement' | 'closed' | 'bad-length' | 'unknown-suite' | 'kernel-failed' | 'internal';
/** An error with a stable code. */
export declare class LockstepError extends Error {
    readonly name = "LockstepError";
    readonly code: ErrorCode;
    constructor(code: ErrorCode, message: string, options?: {
        cause?: unknown;
    });
}
/**
 * Why something that a peer or a client sent was not taken. Never thrown across a layer: returned, counted
 * by code, and forgotten. `src/README.md` says which layer gives which.
 */
export type RejectionCode = 'frame-too-large' | 'frame-truncated' | 'frame-version' | 'frame-kind' | 'frame-mac' | 'body-malformed' | 'body-unknown-type' | 'body-trailing' | 'batch-malformed' | 'handshake-malformed' | 'handshake-failed' | 'stranger' | 'signature-invalid' | 'signature-length' | 'unsigned' | 'sender-mismatch' | 'epoch-mismatch' | 'view-stale' | 'view-inactive' | 'not-primary' | 'outside-watermarks' | 'digest-mismatch' | 'duplicate' | 'conflicting' | 'bad-claim' | 'time-drift' | 'batch-invalid' | 'unrequested' | 'bad-piece' | 'transaction-malformed' | 'transaction-signature' | 'transaction-expired' | 'transaction-expiry-too-far' | 'transaction-nonce' | 'transaction-refused' | 'too-many-clients' | 'mempool-full' | 'overloaded' | 'rate-limited';
//# sourceMappingURL=errors.d.ts.map