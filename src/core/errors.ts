/**
 * Errors that a caller may act on carry a code; the message is for a person and says what to do.
 * Codes are stable: scripts and clients match on them.
 */
export type ErrorCode =
  // what a user gave us
  | 'bad-flag'
  | 'bad-config'
  | 'bad-genesis'
  | 'bad-key'
  | 'home-missing'
  | 'home-in-use'
  | 'home-not-empty'
  | 'wrong-chain'
  | 'too-new'
  | 'port-taken'
  // another process holds the same keys
  | 'key-in-use'
  // what a file holds
  | 'log-damaged'
  | 'snapshot-damaged'
  | 'store-damaged'
  // what this machine lacks
  | 'store-unavailable'
  // what execution did: its result is not that of the others
  | 'diverged'
  // what a disk did while we ran: nothing more can be promised
  | 'storage-failed'
  // the same for want of space: it goes on when there is some
  | 'disk-full'
  // what a client meets
  | 'bad-request'
  | 'timeout'
  | 'not-connected'
  | 'busy'
  | 'rejected'
  | 'no-agreement'
  | 'closed'
  // what a caller of the crypto entry meets
  | 'bad-length'
  | 'unknown-suite'
  | 'kernel-failed'
  // ours
  | 'internal';

/** An error with a stable code. */
export class LockstepError extends Error {
  override readonly name = 'LockstepError';
  readonly code: ErrorCode;

  constructor(code: ErrorCode, message: string, options?: { cause?: unknown }) {
    super(message, options);
    this.code = code;
  }
}

/**
 * Why something that a peer or a client sent was not taken. Never thrown across a layer: returned, counted
 * by code, and forgotten. `src/README.md` says which layer gives which.
 */
export type RejectionCode =
  // frames and codec
  | 'frame-too-large'
  | 'frame-truncated'
  | 'frame-version'
  | 'frame-kind'
  | 'frame-mac'
  | 'body-malformed'
  | 'body-unknown-type'
  | 'body-trailing'
  | 'batch-malformed'
  // authentication
  | 'handshake-malformed'
  | 'handshake-failed'
  | 'stranger'
  // one side asks for encryption, and the other one has no cipher
  | 'encryption-required'
  | 'signature-invalid'
  | 'signature-length'
  | 'unsigned'
  | 'sender-mismatch'
  // protocol
  | 'epoch-mismatch'
  | 'view-stale'
  | 'view-inactive'
  | 'not-primary'
  | 'outside-watermarks'
  | 'digest-mismatch'
  | 'duplicate'
  | 'conflicting'
  | 'bad-claim'
  | 'time-drift'
  | 'batch-invalid'
  | 'unrequested'
  // state transfer
  | 'bad-piece'
  // clients
  | 'transaction-malformed'
  | 'transaction-signature'
  | 'transaction-expired'
  | 'transaction-expiry-too-far'
  | 'transaction-nonce'
  | 'transaction-refused'
  | 'too-many-clients'
  | 'mempool-full'
  | 'overloaded'
  | 'rate-limited';
