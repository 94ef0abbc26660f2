/** Checkpoints, garbage collection and the watermarks (TOCS 2002 §4.3), and the step over a gap (§5.3). */
import type { Digest, Sequence } from '../../core/ids.ts';
import type { Attested } from '../../core/machine.ts';
import type { Checkpoint, CheckpointClaim, PbftMessage } from './messages.ts';
import type { State } from './state.ts';
/** Execution reached a checkpoint: say so, signed. */
export declare function onExecutedCheckpoint(s: State, { sequence, digest }: CheckpointClaim): void;
export declare function onCheckpoint(s: State, attested: Attested<Checkpoint>): void;
/**
 * The slots up to a certified checkpoint cannot be learned one by one any more, so that the certified state has to be
 * taken. It is further away than a window; or fewer than f + 1 others keep the slot that we lack: whoever made a much later
 * checkpoint stable let it go, answers no COMMIT for it and claims no commit, and less than f + 1 claims prove none. (One
 * that restarted, or whose batches were large, keeps less than we count on; then a time-out tells us.)
 * To wait for a time-out then would gain nothing and, with our own time-outs longer than theirs, cost a primary its view.
 * Who understates its checkpoint makes us wait as before; who overstates it, f of them at most, makes us transfer a
 * state that at least one honest replica keeps: q signed it.
 */
export declare function slotsGone(s: State): boolean;
/**
 * Execution stands at the last stable checkpoint again, because it had come to another state than the others. Our votes
 * were for an order of batches and stay good. So does our wrong checkpoint, as our one signature for its sequence: what
 * we come to now is compared with the certificate, and not signed.
 */
export declare function onRolledBack(s: State): void;
/** Moves the low watermark and forgets what lies below. */
export declare function settle(s: State, sequence: Sequence, digest: Digest): void;
/** Asks the driver for the state of the pending certificate; again only after a timeout. */
export declare function askTransfer(s: State): void;
/** The driver installed a certified state. */
export declare function onInstalled(s: State, { sequence, digest }: CheckpointClaim, votes: readonly Attested<PbftMessage>[] | undefined): void;
/**
 * This validator set ends with the checkpoint at `boundary`. A slot past it can only have our vote where a new view began
 * above our own state; what was promised there dies with the epoch, since nobody delivers it.
 */
export declare function onBoundary(s: State, boundary: Sequence): void;
//# sourceMappingURL=checkpoints.d.ts.map