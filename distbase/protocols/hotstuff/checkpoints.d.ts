/** Checkpoints, garbage collection, and the step over a gap by a certified state. */
import type { Digest, Sequence } from '../../core/ids.ts';
import type { Attested } from '../../core/machine.ts';
import type { Checkpoint, CheckpointClaim } from './messages.ts';
import type { State } from './state.ts';
/** Execution reached a checkpoint: say so, signed; once, whatever happens. */
export declare function onExecutedCheckpoint(s: State, { sequence, digest }: CheckpointClaim): void;
export declare function onCheckpoint(s: State, attested: Attested<Checkpoint>): void;
/**
 * Execution stands at the last stable checkpoint again, because it had come to another state than the others. Our votes
 * were for an order of batches and stay good; our wrong checkpoint stays our one signature for its sequence.
 */
export declare function onRolledBack(s: State): void;
/** Moves the low watermark and forgets what lies below. */
export declare function settle(s: State, sequence: Sequence, digest: Digest): void;
/** Asks the driver for the state of the pending certificate; again only after a timeout. */
export declare function askTransfer(s: State): void;
/** The driver installed a certified state. */
export declare function onInstalled(s: State, { sequence, digest }: CheckpointClaim): void;
/** This validator set ends with the checkpoint at `boundary`: what was promised past it dies with the epoch. */
export declare function onBoundary(s: State, boundary: Sequence): void;
//# sourceMappingURL=checkpoints.d.ts.map